-- One row per agency, under whatever names it reported; what is told of it comes from the best of its sources.
with latest as (
    select
        agency_id,
        arg_min(agency_name, place) as agency_name,
        arg_min(region_code, place) as region_code,
        arg_min(level, place) as level,
        arg_min(organ_type, place) as organ_type,
        bool_or(is_report and agency_rule in ('name_and_site', 'apart')) as is_uncertain,
        min(year) as first_year,
        max(year) as last_year,
        count(distinct told_name) as names,
        count(*) filter (where is_report) as reports
    from {{ ref('int_agency_sources') }}
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
left join {{ ref('int_agency_aliases') }} as mergers
    on latest.agency_id = mergers.alias_id and mergers.change = 'merged'
