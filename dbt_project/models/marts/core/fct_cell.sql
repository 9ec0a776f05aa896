select
    cells.report_id,
    reports.agency_id,
    reports.year,
    cells.form,
    cells.table_code,
    cells.row_code,
    cells.column_code,
    cells.cell,
    cells.value,
    coalesce(cells.unit, form_cells.unit) as unit,
    case when cells.unit is not null then 'stated' when form_cells.unit is not null then 'form' end as unit_source,
    cells.status,
    cells.raw,
    cells.line,
    cells.place,
    cells.evidence,
    cells.doubt,
    'reported' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_report_cells') }} as cells
left join {{ ref('dim_report') }} as reports on cells.report_id = reports.report_id
left join {{ ref('cells') }} as form_cells
    on cells.form = form_cells.form
    and cells.table_code = form_cells.table_code
    and cells.row_code = form_cells.row_code
    and cells.column_code = form_cells.column_code
