-- For a person to settle, by a row of agency_aliases or by the manifest; pairs that were reviewed are gone from here.
select
    pairs.agency_id,
    pairs.other_agency_id,
    pairs.likeness,
    agencies.agency_name,
    others.agency_name as other_agency_name,
    agencies.region_name,
    others.region_name as other_region_name,
    agencies.first_year,
    agencies.last_year,
    others.first_year as other_first_year,
    others.last_year as other_last_year
from {{ ref('int_agency_pairs') }} as pairs
inner join {{ ref('dim_agency') }} as agencies on pairs.agency_id = agencies.agency_id
inner join {{ ref('dim_agency') }} as others on pairs.other_agency_id = others.agency_id
where
    not exists (
        select 1
        from {{ ref('int_agency_aliases') }} as reviewed
        where
            reviewed.change in ('distinct', 'merged')
            and least(reviewed.alias_id, reviewed.canonical_id) = least(pairs.agency_id, pairs.other_agency_id)
            and greatest(reviewed.alias_id, reviewed.canonical_id) = greatest(pairs.agency_id, pairs.other_agency_id)
    )
