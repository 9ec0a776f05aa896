-- What the identities say of missing cells. None of it stands in fct_cell.
select
    derived.report_id,
    derived.cell,
    reports.agency_id,
    reports.year,
    derived.table_code,
    derived.row_code,
    derived.column_code,
    derived.value,
    derived.low,
    derived.high,
    derived.conditional,
    derived.proof,
    {{ decision_on_value() }},
    'derived' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_derived_cells') }} as derived
left join {{ ref('dim_report') }} as reports on derived.report_id = reports.report_id
left join {{ ref('stg_review_notes') }} as notes
    on derived.report_id = notes.report_id
    and derived.cell = notes.cell
    and derived.value is not distinct from notes.value
