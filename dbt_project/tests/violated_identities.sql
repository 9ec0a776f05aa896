{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'fct_identity_check'}}}) }}
-- depends_on: {{ ref('fct_identity_check') }}, where the check is shown
-- Shown, never blocking: the identities that the reports themselves break, as recomputed from the cells.
with recomputed as (
    select report_id, identity, member, left_side, right_side, difference, verdict
    from {{ ref('int_linear_verdicts') }}
    union all by name
    select report_id, identity, member, left_side, verdict from {{ ref('int_domain_verdicts') }}
)

select
    reports.agency_name,
    reports.year,
    recomputed.*
from recomputed
left join {{ ref('dim_report') }} as reports on recomputed.report_id = reports.report_id
where recomputed.verdict in ('violated', 'violated_by_bounds')
