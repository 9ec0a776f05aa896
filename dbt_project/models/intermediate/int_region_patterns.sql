{{ config(materialized='table') }}
-- For each region the regular expression for what a name of one of its organs may begin with: 河南省平顶山市新华区.
-- A region above may lack its suffix (平顶山新华区), the region itself may not.
with written as (
    select region_code, name_zh as text, false as is_stem from {{ ref('regions') }}
    union
    select region_code, alias_zh as text, false as is_stem from {{ ref('region_aliases') }}
    union
    select region_code, stem as text, true as is_stem
    from (
        select
            region_code,
            regexp_replace(name_zh, '(维吾尔自治区|壮族自治区|回族自治区|自治区|地区|省|市|盟)$', '') as stem
        from {{ ref('regions') }}
        where level != 'county'
    )
    where len(stem) > 1
),

alternatives as (
    select
        region_code,
        string_agg(text, '|' order by len(text) desc, text) as any_form,
        string_agg(text, '|' order by len(text) desc, text) filter (where not is_stem) as full_form
    from written
    group by region_code
),

own as (
    select
        regions.region_code,
        string_agg(alternatives.full_form, '|' order by len(alternatives.full_form) desc) as names
    from {{ ref('int_regions') }} as regions
    inner join {{ ref('int_regions') }} as same on regions.settled_code = same.settled_code
    inner join alternatives on same.region_code = alternatives.region_code
    group by regions.region_code
)

select
    regions.region_code,
    concat(
        if(regions.level = 'province', '', '(?:' || provinces.any_form || ')?'),
        if(regions.level = 'county', '(?:' || prefectures.any_form || ')?', ''),
        '(?:' || own.names || ')'
    ) as pattern
from {{ ref('int_regions') }} as regions
inner join own on regions.region_code = own.region_code
inner join alternatives as provinces on regions.province_code = provinces.region_code
left join alternatives as prefectures on regions.prefecture_code = prefectures.region_code
