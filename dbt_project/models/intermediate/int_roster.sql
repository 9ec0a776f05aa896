-- The expected filers with their agency_id, by the same rules as the reports.
select
    coalesce(aliases.canonical_id, {{ agency_id('names.agency_key') }}) as agency_id,
    coalesce(aliases.canonical_name, roster.agency_name) as agency_name,
    names.settled_code as region_code,
    roster.level,
    roster.organ_type,
    roster.due_rule,
    roster.valid_from,
    roster.valid_to
from {{ ref('roster') }} as roster
inner join {{ ref('int_agency_names') }} as names
    on roster.agency_name = names.agency_name and roster.region_code is not distinct from names.region_code
left join {{ ref('int_agency_aliases') }} as aliases
    on names.agency_key = aliases.alias_key and aliases.change in ('variant', 'renamed')
