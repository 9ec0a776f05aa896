select
    differing.report_id,
    differing.other_report_id,
    reports.agency_id,
    reports.year,
    differing.cell,
    differing.value,
    differing.other_value,
    differing.corrected,
    'reported' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_report_differences') }} as differing
left join {{ ref('dim_report') }} as reports on differing.report_id = reports.report_id
