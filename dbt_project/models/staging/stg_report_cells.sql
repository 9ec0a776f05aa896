select
    report_id,
    cast(year as integer) as year,
    form,
    table_code,
    row_code,
    column_code,
    table_code || '/' || row_code || '/' || column_code as cell,
    value,
    unit,
    status,
    raw,
    line,
    place,
    evidence,
    doubt
from {{ source('lake', 'report_cells') }}
