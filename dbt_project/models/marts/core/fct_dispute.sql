select
    cells.report_id,
    cells.agency_id,
    cells.year,
    cells.form,
    cells.row_code as channel,
    cells.column_code as result,
    {{ subject_fact('cells') }}
from {{ ref('fct_cell') }} as cells
where cells.table_code = 'disputes'
