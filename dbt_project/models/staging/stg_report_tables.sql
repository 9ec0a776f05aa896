select
    report_id,
    cast(year as integer) as year,
    table_code,
    form,
    first_line,
    last_line,
    reader_version
from {{ source('lake', 'report_tables') }}
