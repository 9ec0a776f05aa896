{{ config(materialized='table') }}
-- Every name that a heading, the roster or an alias gives, cut down to what tells agencies of a region apart: without
-- the region at its head (of a local organ of the state: wherever it stands), then by agency_name_rules in their order.
with recursive given as (
    select agency_name, region_code from {{ ref('stg_report_headings') }}
    where agency_name is not null
    union
    select agency_name, region_code from {{ ref('roster') }}
    union
    select alias_name as agency_name, region_code from {{ ref('agency_aliases') }}
    union
    select canonical_name as agency_name, coalesce(canonical_region_code, region_code) as region_code
    from {{ ref('agency_aliases') }}
),

rules as (
    select
        row_number() over (order by ordinal) as step,
        pattern,
        coalesce(replacement, '') as replacement
    from {{ ref('agency_name_rules') }}
),

without_region as (
    select
        given.agency_name,
        given.region_code,
        regions.settled_code,
        regions.full_name as region_full_name,
        case
            when patterns.pattern is null then given.agency_name
            when regexp_matches(given.agency_name, '^(?:国家|中国|中华人民共和国)')
                then regexp_replace(given.agency_name, patterns.pattern, '')
            else regexp_replace(given.agency_name, '^' || patterns.pattern, '')
        end as organ
    from given
    left join {{ ref('int_regions') }} as regions on given.region_code = regions.region_code
    left join {{ ref('int_region_patterns') }} as patterns on given.region_code = patterns.region_code
),

folded as (
    select *, organ as core, 0 as step from without_region
    union all
    select
        folded.* exclude (core, step),  -- noqa: RF02
        regexp_replace(folded.core, rules.pattern, rules.replacement) as core,
        rules.step
    from folded
    inner join rules on folded.step + 1 = rules.step
)

select
    agency_name,
    region_code,
    settled_code,
    core,
    coalesce(settled_code, '') || '/' || core as agency_key,
    concat(region_full_name, core) as full_name
from folded
where step = (select max(rules.step) from rules)
