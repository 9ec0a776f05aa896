-- How many reports hold nothing but zeros, of those of which that can be told.
select
    year,
    level,
    organ_type,
    'reported' as layer,
    {% for metric in group_metrics() -%}
        {{ metric_of_group(metric) }},
    {% endfor -%}
    cast(count(*) as integer) as reports
from {{ ref('int_report_measures') }}
group by year, level, organ_type
