-- How the agency called itself, and where it stood, from year to year: a new version wherever one of these changes.
with reports as (
    select
        reports.agency_id,
        reports.year,
        reports.agency_name,
        reports.region_code,
        reports.region_name,
        reports.level,
        reports.organ_type,
        reports.agency_rule,
        agencies.reason,
        agencies.citation
    from {{ ref('dim_report') }} as reports
    inner join {{ ref('int_report_agencies') }} as agencies on reports.report_id = agencies.report_id
    where reports.is_current
),

compared as (
    select
        *,
        concat_ws('/', agency_name, region_code, region_name, level, organ_type) as told
    from reports
),

changes as (
    select
        *,
        coalesce(lag(told) over (partition by agency_id order by year) != told, true) as is_new
    from compared
),

versions as (
    select
        *,
        count_if(is_new) over (partition by agency_id order by year) as version
    from changes
),

spans as (
    select
        *,
        min(year) over same_version as valid_from,
        count(*) over same_version as reports
    from versions
    window same_version as (partition by agency_id, version)
    qualify row_number() over (partition by agency_id, version order by year desc) = 1
)

select
    agency_id,
    cast(version as integer) as version,
    agency_name,
    region_code,
    region_name,
    level,
    organ_type,
    valid_from,
    cast(lead(valid_from) over later - 1 as integer) as valid_to,
    year as last_reported,
    cast(reports as integer) as reports,
    lead(version) over later is null as is_latest,
    agency_rule,
    reason,
    citation
from spans
window later as (partition by agency_id order by version)
