select
    report_id,
    other_report_id,
    cell,
    value,
    other_value,
    corrected
from {{ source('lake', 'report_differences') }}
