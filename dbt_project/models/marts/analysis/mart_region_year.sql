-- Sums over what was reported, and over how many reports. A government's report takes in those of its departments, and
-- a higher one may take in lower ones: so what is added up is always of one level and one kind of organ.
with measures as (
    select
        measures.* exclude (region_code),  -- noqa: RF02
        unnest(regions.with_regions_above) as region_code
    from {{ ref('int_report_measures') }} as measures
    inner join {{ ref('int_regions') }} as regions on measures.region_code = regions.region_code
),

expected as (
    select
        unnest(regions.with_regions_above) as region_code,
        timeliness.year,
        coalesce(agencies.level, 'unknown') as level,
        coalesce(agencies.organ_type, 'unknown') as organ_type,
        timeliness.report_id
    from {{ ref('mart_timeliness') }} as timeliness
    inner join {{ ref('dim_agency') }} as agencies on timeliness.agency_id = agencies.agency_id
    inner join {{ ref('int_regions') }} as regions on agencies.region_code = regions.region_code
    where timeliness.is_expected
),

rosters as (
    select
        region_code,
        year,
        level,
        organ_type,
        cast(count(*) as integer) as agencies_expected,
        cast(count(report_id) as integer) as agencies_received
    from expected
    group by region_code, year, level, organ_type
),

summed as (
    select
        region_code,
        year,
        level,
        organ_type,
        {% for column in summed_columns() -%}
            {{ reported_sum(column) }},
        {% endfor -%}
        {% for metric in metrics().keys() | list + group_metrics().keys() | list -%}
            {{ metric_of_group(metric) }},
        {% endfor -%}
        cast(count(*) as integer) as reports
    from measures
    group by region_code, year, level, organ_type
)

select
    dim_region.region_code,
    coalesce(summed.year, rosters.year) as year,
    coalesce(summed.level, rosters.level) as level,
    coalesce(summed.organ_type, rosters.organ_type) as organ_type,
    dim_region.region_name,
    dim_region.level as region_level,
    'reported' as layer,
    coalesce(summed.reports, 0) as reports,
    rosters.agencies_expected,
    rosters.agencies_received,
    {{ share('rosters.agencies_received', 'rosters.agencies_expected') }} as agencies_received_share,
    summed.* exclude (region_code, year, level, organ_type, reports)  -- noqa: RF02
from summed
full outer join rosters
    on summed.region_code = rosters.region_code
    and summed.year = rosters.year
    and summed.level = rosters.level
    and summed.organ_type = rosters.organ_type
inner join {{ ref('dim_region') }} as dim_region
    on coalesce(summed.region_code, rosters.region_code) = dim_region.region_code
