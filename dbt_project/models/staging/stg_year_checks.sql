select
    report_id,
    previous_report_id,
    identity,
    member,
    "left" as left_side,
    "right" as right_side,
    difference,
    verdict,
    nullif(array_to_string(missing, ', '), '') as missing_cells,
    nullif(array_to_string(missing_previous, ', '), '') as missing_cells_previous
from {{ source('lake', 'year_checks') }}
