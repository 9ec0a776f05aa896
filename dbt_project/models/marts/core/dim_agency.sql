-- One row per agency, under whatever names it reported. What is told of it comes from its latest report; an agency
-- that only the roster knows has no report, and neither has one that another was merged into before any came.
with reports as (
    select
        reports.agency_id,
        reports.agency_name,
        agencies.settled_code as region_code,
        reports.level,
        reports.organ_type,
        reports.agency_rule,
        reports.year,
        true as is_report,
        row_number() over (
            partition by reports.agency_id
            order by
                reports.is_current desc, reports.year desc nulls last, reports.received_at desc, reports.report_id desc
        ) as place
    from {{ ref('dim_report') }} as reports
    inner join {{ ref('int_report_agencies') }} as agencies on reports.report_id = agencies.report_id
    where reports.agency_id is not null
),

known as (
    select * from reports
    union all by name
    select
        agency_id,
        agency_name,
        region_code,
        level,
        organ_type,
        false as is_report,
        1000000000 - valid_from as place
    from {{ ref('int_roster') }}
),

mergers as (
    select alias_id, canonical_id, canonical_name, valid_to
    from {{ ref('int_agency_aliases') }}
    where change = 'merged' and alias_id in (select known.agency_id from known)
),

agencies as (
    select * from known
    union all by name
    select canonical_id as agency_id, canonical_name as agency_name, false as is_report, 2000000000 as place
    from mergers
),

latest as (
    select
        agency_id,
        arg_min(agency_name, place) as agency_name,
        arg_min(region_code, place) as region_code,
        arg_min(level, place) as level,
        arg_min(organ_type, place) as organ_type,
        bool_or(is_report and agency_rule in ('name_and_site', 'apart')) as is_uncertain,
        min(year) as first_year,
        max(year) as last_year,
        count(distinct agency_name) filter (where is_report) as names,
        count(*) filter (where is_report) as reports
    from agencies
    group by agency_id
)

select
    latest.agency_id,
    latest.agency_name,
    latest.region_code,
    regions.name_zh as region_name,
    regions.province_code,
    regions.province_name,
    regions.prefecture_code,
    regions.prefecture_name,
    latest.level,
    latest.organ_type,
    latest.is_uncertain,
    latest.first_year,
    latest.last_year,
    cast(latest.names as integer) as names,
    cast(latest.reports as integer) as reports,
    mergers.canonical_id as merged_into,
    mergers.valid_to as merged_after
from latest
left join {{ ref('int_regions') }} as regions on latest.region_code = regions.region_code
left join mergers on latest.agency_id = mergers.alias_id
