{{ config(meta={'dagster': {'ref': {'name': 'int_agency_aliases'}}}) }}
-- A canonical name is no other name itself, a name is an alias of one agency at a time, and no alias is its own.
with names as (
    select
        *,
        row_number() over (order by alias_key, canonical_key, valid_from) as place
    from {{ ref('int_agency_aliases') }}
    where change in ('variant', 'renamed')
)

select 'canonical name is an alias' as finding, first.alias_name, first.canonical_name
from names as first
inner join names as second on first.canonical_key = second.alias_key
union all
select 'two canonical names' as finding, first.alias_name, second.canonical_name
from names as first
inner join names as second on first.alias_key = second.alias_key and first.place < second.place
where
    coalesce(first.valid_from, 0) <= coalesce(second.valid_to, 9999)
    and coalesce(second.valid_from, 0) <= coalesce(first.valid_to, 9999)
