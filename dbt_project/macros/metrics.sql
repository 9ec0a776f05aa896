{# Every rate once: numerator and denominator in columns of int_report_measures. The seed `metrics` tells people of them. #}
{% macro metrics() %}
    {% set granted = 'granted + partially_granted' %}
    {% set reconsidered = 'reconsideration_upheld + reconsideration_corrected + reconsideration_other' %}
    {% set litigated = 'litigation_upheld + litigation_corrected + litigation_other' %}
    {{ return({
        'disclosure_rate': [granted, 'processed_total'],
        'denial_rate': ['denied', 'processed_total'],
        'unable_rate': ['unable', 'processed_total'],
        'not_processed_rate': ['not_processed', 'processed_total'],
        'closed_rate': ['closed', 'processed_total'],
        'carry_over_rate': ['carried_out', 'received + carried_in'],
        'natural_person_share': ['received_natural_person', 'received'],
        'received_growth': ['received - received_last_year', 'received_last_year'],
        'reconsideration_correction_rate': ['reconsideration_corrected', 'reconsideration_total'],
        'reconsideration_correction_rate_concluded': ['reconsideration_corrected', reconsidered],
        'litigation_loss_rate': ['litigation_corrected', 'litigation_total'],
        'litigation_loss_rate_concluded': ['litigation_corrected', litigated],
    }) }}
{% endmacro %}

{# What is told of groups of reports only: shares of reports, by terms that are 1 or 0 for a report. #}
{% macro group_metrics() %}
    {{ return({
        'zero_requests_share': [
            'case when requests_all_zero then 1 else 0 end', 'case when requests_all_zero is not null then 1 else 0 end'
        ],
        'zero_report_share': [
            'case when report_all_zero then 1 else 0 end', 'case when report_all_zero is not null then 1 else 0 end'
        ],
    }) }}
{% endmacro %}

{# The rate of one numerator and base: undefined, never 0, where one is missing or the base is not above zero. #}
{% macro rate(numerator, base) -%}
case when {{ base }} > 0 then cast({{ numerator }} as double) / cast({{ base }} as double) end
{%- endmacro %}

{# A metric of one report: its value and its base. #}
{% macro metric_of_report(metric) -%}
{%- set terms = metrics()[metric] -%}
{{ rate('(' ~ terms[0] ~ ')', '(' ~ terms[1] ~ ')') }} as {{ metric }},
    {{ terms[1] }} as {{ metric }}_base
{%- endmacro %}

{# A metric of a group: only the reports that tell numerator and base count, and how many these are is told. #}
{% macro metric_of_group(metric) -%}
{%- set terms = metrics()[metric] or group_metrics()[metric] -%}
{%- set both = 'where (' ~ terms[0] ~ ') is not null and (' ~ terms[1] ~ ') is not null' -%}
{{ rate('sum(' ~ terms[0] ~ ') filter (' ~ both ~ ')', 'sum(' ~ terms[1] ~ ') filter (' ~ both ~ ')') }} as {{ metric }},
    cast(sum({{ terms[0] }}) filter ({{ both }}) as bigint) as {{ metric }}_numerator,
    cast(sum({{ terms[1] }}) filter ({{ both }}) as bigint) as {{ metric }}_base,
    cast(count(*) filter ({{ both }}) as integer) as {{ metric }}_reports
{%- endmacro %}

{# A sum over what was reported, and over how many reports. #}
{% macro reported_sum(column) -%}
cast(sum({{ column }}) as bigint) as {{ column }},
    cast(count({{ column }}) as integer) as {{ column }}_reports
{%- endmacro %}

{# The share of one count in another; null where there is nothing to share. #}
{% macro share(part, whole) -%}
case when {{ whole }} > 0 then cast({{ part }} as double) / {{ whole }} end
{%- endmacro %}
