select
    report_id,
    table_code || '/' || row_code || '/' || column_code as cell,
    table_code,
    row_code,
    column_code,
    value,
    low,
    high,
    conditional,
    proof
from {{ source('lake', 'derived_cells') }}
