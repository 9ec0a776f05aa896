select
    report_id,
    cast(year as integer) as year,
    code,
    message,
    line
from {{ source('lake', 'reading_problems') }}
