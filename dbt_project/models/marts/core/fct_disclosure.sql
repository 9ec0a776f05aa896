select
    cells.report_id,
    cells.agency_id,
    cells.year,
    cells.form,
    cells.row_code as item,
    cells.column_code as measure,
    {{ subject_fact('cells') }}
from {{ ref('fct_cell') }} as cells
where cells.table_code = 'disclosure'
