select
    report_id,
    cast(component as integer) as component,
    certainty,
    nullif(array_to_string(identities, ', '), '') as identities,
    solutions,
    all_listed,
    rank as solution_rank,
    cast(changes as integer) as changes,
    nullif(array_to_string(events, ', '), '') as events,
    penalty,
    table_code || '/' || row_code || '/' || column_code as cell,
    table_code,
    row_code,
    column_code,
    value_from,
    value_to,
    only_value
from {{ source('lake', 'cell_edits') }}
