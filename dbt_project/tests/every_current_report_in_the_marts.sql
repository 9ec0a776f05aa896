{{ config(meta={'dagster': {'ref': {'name': 'mart_agency_year'}}}) }}
-- Each current report has its row in mart_agency_year and in mart_timeliness, and no other report has one.
select
    reports.report_id,
    reports.is_current,
    marts.report_id is not null as is_in_agency_year,
    timeliness.report_id is not null as is_in_timeliness
from {{ ref('dim_report') }} as reports
left join {{ ref('mart_agency_year') }} as marts on reports.report_id = marts.report_id
left join {{ ref('mart_timeliness') }} as timeliness on reports.report_id = timeliness.report_id
where
    reports.is_current != (marts.report_id is not null)
    or reports.is_current != (timeliness.report_id is not null)
