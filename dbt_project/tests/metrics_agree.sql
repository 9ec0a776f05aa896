{{ config(meta={'dagster': {'ref': {'name': 'metrics'}}}) }}
-- What the macros compute is what the seed tells people of, metric by metric and term by term.
with computed as (
    {% for grain, defined in [('report', metrics()), ('group', group_metrics())] -%}
        {% for metric, terms in defined.items() -%}
            select
                '{{ metric }}' as metric,
                '{{ grain }}' as grain,
                '{{ terms[0] }}' as numerator,
                '{{ terms[1] }}' as denominator
            {{ 'union all' if not loop.last }}
        {% endfor -%}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    coalesce(computed.metric, told.metric) as metric,
    computed.numerator,
    told.numerator as numerator_told,
    computed.denominator,
    told.denominator as denominator_told
from computed
full outer join {{ ref('metrics') }} as told on computed.metric = told.metric
where
    computed.grain is distinct from told.grain
    or computed.numerator is distinct from told.numerator
    or computed.denominator is distinct from told.denominator
