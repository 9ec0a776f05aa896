{{ config(meta={'dagster': {'ref': {'name': 'fct_identity_check'}}}) }}
-- The verdicts of the pipeline against those recomputed here, in both directions, with their sides and missing terms.
with recomputed as (
    select report_id, identity, member, left_side, right_side, difference, verdict, missing_cells
    from {{ ref('int_linear_verdicts') }}
    union all by name
    select report_id, identity, member, left_side, verdict from {{ ref('int_domain_verdicts') }}
),

judged as (
    select
        checks.report_id,
        checks.identity,
        checks.member,
        checks.left_side,
        checks.right_side,
        checks.difference,
        checks.verdict,
        array_to_string(list_sort(string_split(checks.missing_cells, ', ')), ', ') as missing_cells
    from {{ ref('fct_identity_check') }} as checks
    left join {{ ref('dim_identity') }} as identities on checks.identity = identities.identity
    where identities.scope is distinct from 'years'
)

select
    coalesce(judged.report_id, recomputed.report_id) as report_id,
    coalesce(judged.identity, recomputed.identity) as identity,
    coalesce(judged.member, recomputed.member) as member,
    judged.verdict,
    recomputed.verdict as verdict_recomputed,
    judged.left_side,
    recomputed.left_side as left_side_recomputed,
    judged.right_side,
    recomputed.right_side as right_side_recomputed,
    judged.missing_cells,
    recomputed.missing_cells as missing_cells_recomputed
from judged
full outer join recomputed
    on judged.report_id = recomputed.report_id
    and judged.identity = recomputed.identity
    and judged.member = recomputed.member
where judged is distinct from recomputed  -- noqa: RF02
