select
    region_code,
    name_zh as region_name,
    level,
    valid_from,
    valid_to,
    valid_to is null as is_in_force,
    source
from {{ ref('regions') }}
