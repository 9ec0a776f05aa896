{{ config(meta={'dagster': {'ref': {'name': 'mart_agency_year'}}}) }}
-- Where every outcome of a report has a number, its groups add up to all of its leaves, whichever form they are of.
with leaves as (
    select
        report_id,
        sum(value) as leaves
    from {{ ref('fct_request_outcome') }}
    where is_current and applicant = 'total'
    group by report_id
    having bool_and(coalesce(value = trunc(value), false))
)

select
    marts.report_id,
    marts.requests_form,
    leaves.leaves,
    marts.granted + marts.partially_granted + marts.denied + marts.unable + marts.not_processed + marts.closed as groups
from {{ ref('mart_agency_year') }} as marts
inner join leaves on marts.report_id = leaves.report_id
where
    leaves.leaves is distinct from
    marts.granted + marts.partially_granted + marts.denied + marts.unable + marts.not_processed + marts.closed
