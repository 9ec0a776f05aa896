select
    reports.report_id,
    reports.path,
    reports.copies,
    reports.url,
    reports.agency_name,
    reports.year,
    reports.container,
    reports.bytes,
    reports.received_at,
    reports.set_aside as code,
    codes.name_zh,
    codes.name_en,
    reports.set_aside_reason as reason,
    codes.remedy_zh,
    codes.remedy_en
from {{ ref('dim_report') }} as reports
left join {{ ref('problems') }} as codes on reports.set_aside = codes.code
where reports.set_aside is not null
