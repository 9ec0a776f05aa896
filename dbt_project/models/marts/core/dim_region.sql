select
    regions.region_code,
    regions.name_zh as region_name,
    regions.full_name,
    regions.level,
    regions.parent_code,
    regions.province_code,
    regions.province_name,
    regions.prefecture_code,
    regions.prefecture_name,
    regions.county_code,
    regions.valid_from,
    regions.valid_to,
    regions.valid_to is null as is_in_force,
    regions.successor_code,
    nullif(regions.settled_code, regions.region_code) as lives_on_as,
    (
        select string_agg(names.name_zh, ', ' order by names.valid_to)
        from {{ ref('regions') }} as names
        where names.region_code = regions.region_code and names.name_zh != regions.name_zh
    ) as former_names
from {{ ref('int_regions') }} as regions
