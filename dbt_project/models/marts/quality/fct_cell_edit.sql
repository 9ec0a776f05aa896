-- Suggestions, never applied: one row for each cell of each smallest correction.
select
    edits.report_id,
    cast(row_number() over (
        partition by edits.report_id
        order by edits.component, edits.solution_rank, edits.cell
    ) as integer) as edit_number,
    reports.agency_id,
    reports.year,
    edits.component,
    edits.certainty,
    edits.identities,
    edits.solutions,
    edits.all_listed,
    edits.solution_rank,
    edits.changes,
    edits.events,
    edits.penalty,
    edits.cell,
    edits.table_code,
    edits.row_code,
    edits.column_code,
    edits.value_from,
    edits.value_to,
    edits.only_value,
    edits.neighbour_year,
    {{ decision_on_value() }},
    'suggested' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_cell_edits') }} as edits
left join {{ ref('dim_report') }} as reports on edits.report_id = reports.report_id
left join {{ ref('stg_review_notes') }} as notes
    on edits.report_id = notes.report_id
    and edits.cell = notes.cell
    and edits.value_to = notes.value
