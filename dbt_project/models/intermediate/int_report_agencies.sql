{{ config(materialized='table') }}
-- Which agency a report is of, and by which rule. A name alone stands for an agency only where it is one of a kind;
-- where the region is open, and no site of publication holds the reports together, each report stands apart.
with named as (
    select
        headings.report_id,
        headings.year,
        headings.region_code,
        names.settled_code,
        names.core,
        names.agency_key,
        coalesce(
            nullif(regexp_extract(lower(headings.url), '^[a-z]+://([^/:?#]+)', 1), ''), headings.publisher
        ) as site,
        headings.level = 'nation'
        or (headings.organ_type in ('vertical', 'zone_committee') and headings.region_candidates is null)
            as is_one_of_a_kind
    from {{ ref('stg_report_headings') }} as headings
    inner join {{ ref('int_agency_names') }} as names
        on headings.agency_name = names.agency_name and headings.region_code is not distinct from names.region_code
),

ruled as (
    select
        named.* exclude (agency_key),  -- noqa: RF02
        aliases.reason,
        aliases.citation,
        if(aliases.change = 'variant', aliases.canonical_name, null) as right_name,
        case
            when aliases.canonical_key is not null then 'alias'
            when named.settled_code is not null
                then if(named.settled_code = named.region_code, 'region_and_name', 'succession')
            when named.is_one_of_a_kind then 'name'
            when named.site is not null then 'name_and_site'
            else 'apart'
        end as agency_rule,
        case agency_rule
            when 'alias' then aliases.canonical_key
            when 'name_and_site' then named.agency_key || '/' || named.site
            when 'apart' then named.agency_key || '/' || named.report_id
            else named.agency_key
        end as agency_key
    from named
    left join {{ ref('int_agency_aliases') }} as aliases
        on named.agency_key = aliases.alias_key
        and aliases.change in ('variant', 'renamed')
        and (aliases.valid_from is null or named.year >= aliases.valid_from)
        and (aliases.valid_to is null or named.year <= aliases.valid_to)
)

select
    report_id,
    {{ agency_id('agency_key') }} as agency_id,
    agency_key,
    agency_rule,
    core,
    settled_code,
    right_name,
    reason,
    citation
from ruled
