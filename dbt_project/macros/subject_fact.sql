{# What every subject fact takes over from fct_cell, after its two keys. #}
{% macro subject_fact(cells) -%}
{{ cells }}.value,
    {{ cells }}.unit,
    {{ cells }}.unit_source,
    {{ cells }}.status,
    {{ cells }}.doubt,
    {{ cells }}.evidence,
    {{ cells }}.line,
    {{ cells }}.cell,
    {{ cells }}.layer,
    {{ cells }}.is_current
{%- endmacro %}
