{{ config(meta={'dagster': {'ref': {'name': 'metrics'}}}) }}
-- What the macros compute is what the seed tells people of, metric by metric and term by term.
with computed as (
    {% for metric, terms in metrics().items() -%}
        select '{{ metric }}' as metric, 'report' as grain, '{{ terms[0] }}' as numerator, '{{ terms[1] }}' as denominator
        union all
    {% endfor -%}
    {% for metric, terms in group_metrics().items() -%}
        select '{{ metric }}' as metric, 'group' as grain, '{{ terms[0] }}' as numerator, '{{ terms[1] }}' as denominator
        union all
    {% endfor -%}
    select null as metric, null as grain, null as numerator, null as denominator where false
),

told as (
    select metric, grain, numerator, denominator from {{ ref('metrics') }}
)

(select 'not told' as finding, * from computed except select 'not told' as finding, * from told)
union all
(select 'not computed' as finding, * from told except select 'not computed' as finding, * from computed)
