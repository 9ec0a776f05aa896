-- How the agency called itself, and where it stood, from year to year: a new version wherever one of these changes.
with told as (
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

changes as (
    select
        *,
        lag((agency_name, region_code, region_name, level, organ_type)) over years
        is distinct from (agency_name, region_code, region_name, level, organ_type) as is_new
    from told
    window years as (partition by agency_id order by year)
),

versions as (
    select
        *,
        count_if(is_new) over (partition by agency_id order by year) as version
    from changes
),

spans as (
    select
        agency_id,
        cast(version as integer) as version,
        arg_max(columns(* exclude (agency_id, version, year, is_new)), year),
        min(year) as valid_from,
        max(year) as last_reported,
        cast(count(*) as integer) as reports
    from versions
    group by agency_id, version
)

select
    agency_id,
    version,
    agency_name,
    region_code,
    region_name,
    level,
    organ_type,
    valid_from,
    lead(valid_from) over (partition by agency_id order by version) - 1 as valid_to,
    last_reported,
    reports,
    lead(version) over (partition by agency_id order by version) is null as is_latest,
    agency_rule,
    reason,
    citation
from spans
