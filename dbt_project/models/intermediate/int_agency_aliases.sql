-- The reviewed aliases with the keys of both names.
select
    aliases.change,
    aliases.alias_name,
    aliases.canonical_name,
    aliases.valid_from,
    aliases.valid_to,
    aliases.reason,
    aliases.citation,
    alias_names.agency_key as alias_key,
    canonical_names.agency_key as canonical_key,
    {{ agency_id('alias_names.agency_key') }} as alias_id,
    {{ agency_id('canonical_names.agency_key') }} as canonical_id
from {{ ref('agency_aliases') }} as aliases
inner join {{ ref('int_agency_names') }} as alias_names
    on aliases.alias_name = alias_names.agency_name
    and aliases.region_code is not distinct from alias_names.region_code
inner join {{ ref('int_agency_names') }} as canonical_names
    on aliases.canonical_name = canonical_names.agency_name
    and coalesce(aliases.canonical_region_code, aliases.region_code) is not distinct from canonical_names.region_code
