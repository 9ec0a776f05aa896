{# The number of one cell of a report among its `cells`. #}
{% macro number_of(row, column) -%}
max(cells.number) filter (where cells.row_code = '{{ row }}' and cells.column_code = '{{ column }}')
{%- endmacro %}

{# The sum of a group of outcomes over all applicants: null where one of its leaves has no number. #}
{% macro number_of_group(group) -%}
{%- set leaves = "where cells.group_code = '" ~ group ~ "' and cells.column_code = 'total'" -%}
case
        when bool_and(cells.number is not null) filter ({{ leaves }}) then sum(cells.number) filter ({{ leaves }})
    end
{%- endmacro %}

{# True where every cell was reported as zero, false where one was not zero, null where that stays open. #}
{% macro all_zero(cells) -%}
case
        when bool_or({{ cells }}.value != 0) then false
        when bool_and({{ cells }}.value is not null) then true
    end
{%- endmacro %}

{# The key under which agencies count as the same, in words: region and name without the region, or what stands for it. #}
{% macro agency_id(key) -%}
md5({{ key }})
{%- endmacro %}

{# The counts of a report that are added up over groups of reports. #}
{% macro summed_columns() %}
    {{ return([
        'received', 'carried_in', 'processed_total', 'carried_out', 'received_natural_person',
        'granted', 'partially_granted', 'denied', 'unable', 'not_processed', 'closed',
        'reconsideration_total', 'reconsideration_corrected', 'litigation_total', 'litigation_corrected',
    ]) }}
{% endmacro %}
