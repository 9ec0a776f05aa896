select
    report_id,
    cast(year as integer) as year,
    identity,
    member,
    "left" as left_side,
    "right" as right_side,
    difference,
    verdict,
    nullif(array_to_string(missing, ', '), '') as missing_cells,
    coalesce(len(missing), 0) as missing_count
from {{ source('lake', 'identity_checks') }}
