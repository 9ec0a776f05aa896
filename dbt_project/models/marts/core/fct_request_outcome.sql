select
    cells.report_id,
    cells.agency_id,
    cells.year,
    cells.form,
    cells.row_code as outcome,
    cells.column_code as applicant,
    {{ subject_fact('cells') }}
from {{ ref('fct_cell') }} as cells
inner join {{ ref('rows') }} as form_rows
    on cells.form = form_rows.form
    and cells.table_code = form_rows.table_code
    and cells.row_code = form_rows.row_code
where cells.table_code = 'requests' and form_rows.kind = 'outcome'
