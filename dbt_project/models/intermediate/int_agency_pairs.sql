-- Pairs of agencies that are alike enough to be one and yet kept apart, before the review is heard.
with organs as (
    select
        agencies.agency_id,
        agencies.settled_code as region_code,
        regions.name_zh as region_name,
        regions.successor_code,
        any_value(agencies.core) as core,
        any_value(string_split(reports.region_candidates, ', ')) as candidates,
        bool_or(reports.level = 'township') as is_township,
        list_distinct(string_split(any_value(agencies.core), '')) as characters,
        list(distinct reports.year) as years
    from {{ ref('int_report_agencies') }} as agencies
    inner join {{ ref('int_reports') }} as reports on agencies.report_id = reports.report_id
    left join {{ ref('int_regions') }} as regions on agencies.settled_code = regions.region_code
    group by agencies.agency_id, agencies.settled_code, regions.name_zh, regions.successor_code
),

open_regions as (
    select *, min(agency_id) over (partition by core) as first_of_name
    from organs
    where region_code is null
),

pairs as (
    -- One name, both regions open: each is put beside the first of that name.
    select agency_id, first_of_name as other_agency_id, 'same_name_open_region' as likeness
    from open_regions
    where agency_id != first_of_name
    union
    -- The region is open, and an agency of that name stands in one of the candidates.
    select open_regions.agency_id, organs.agency_id as other_agency_id, 'region_is_a_candidate' as likeness
    from open_regions
    inner join organs on open_regions.core = organs.region_name || organs.core
    where list_contains(open_regions.candidates, organs.region_code)
    union
    -- A township without its county, and one of that name with it.
    select open_regions.agency_id, organs.agency_id as other_agency_id, 'same_township_name' as likeness
    from open_regions
    inner join organs on open_regions.core = organs.core
    where organs.region_code is not null and open_regions.is_township and organs.is_township
    union
    -- Nearly one name in one region; two that reported for the same year are two.
    select older.agency_id, newer.agency_id as other_agency_id, 'similar_name' as likeness
    from organs as older
    inner join organs as newer
        on older.region_code = newer.region_code and left(older.core, 2) = left(newer.core, 2)
    where
        list_min(older.years) < list_min(newer.years)
        and greatest(len(older.core), len(newer.core)) >= 5
        and older.core != newer.core
        -- two characters apart at most
        and len(older.characters) + len(newer.characters)
        - 2 * len(list_intersect(older.characters, newer.characters)) <= 2
        and not list_has_any(older.years, newer.years)
    union
    -- One name in a region and in the one that took over most of it.
    select older.agency_id, newer.agency_id as other_agency_id, 'region_succession' as likeness
    from organs as older
    inner join organs as newer on older.successor_code = newer.region_code and older.core = newer.core
    where older.agency_id != newer.agency_id and not list_has_any(older.years, newer.years)
)

select * from pairs
