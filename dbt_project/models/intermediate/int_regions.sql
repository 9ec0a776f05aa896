{{ config(materialized='table') }}
-- Each code of GB/T 2260 once, under its latest name, with the regions above it and the code that it lives on under:
-- a new code takes over where the name without 县, 市, 区, 旗 stays, the code is new, and no other code went into it.
with codes as (
    select
        region_code,
        arg_max(name_zh, coalesce(valid_to, date '9999-12-31')) as name_zh,
        any_value(level) as level,
        any_value(parent_code) as parent_code,
        if(bool_or(valid_from is null), null, min(valid_from)) as valid_from,
        if(bool_or(valid_to is null), null, max(valid_to)) as valid_to,
        max(successor_code) filter (where successor_code != region_code) as successor_code,
        regexp_replace(arg_max(name_zh, coalesce(valid_to, date '9999-12-31')), '(县|市|区|旗|地区)$', '') as stem
    from {{ ref('regions') }}
    group by region_code
),

successions as (
    select
        older.region_code,
        newer.region_code as lives_on_as
    from codes as older
    inner join codes as newer on older.successor_code = newer.region_code
    where newer.valid_from is not null
    qualify older.stem = newer.stem and count(*) over (partition by newer.region_code) = 1
),

placed as (
    select
        codes.*,
        coalesce(later.lives_on_as, next.lives_on_as, codes.region_code) as settled_code,
        case codes.level
            when 'county' then if(parents.level = 'prefecture', parents.region_code, null)
            when 'prefecture' then codes.region_code
        end as prefecture_code,
        case
            when codes.level = 'province' then codes.region_code
            when parents.level = 'province' then parents.region_code
            else parents.parent_code
        end as province_code
    from codes
    left join codes as parents on codes.parent_code = parents.region_code
    left join successions as next on codes.region_code = next.region_code
    left join successions as later on next.lives_on_as = later.region_code
)

select
    placed.* exclude (stem),  -- noqa: RF02
    provinces.name_zh as province_name,
    prefectures.name_zh as prefecture_name,
    if(placed.level = 'county', placed.region_code, null) as county_code,
    list_distinct([placed.region_code, placed.prefecture_code, placed.province_code]) as with_regions_above,
    concat(provinces.name_zh, prefectures.name_zh, if(placed.level = 'county', placed.name_zh, null)) as full_name
from placed
left join codes as provinces on placed.province_code = provinces.region_code
left join codes as prefectures on placed.prefecture_code = prefectures.region_code
