{# The counts of the table of disclosure, item by item: the measures of 2021 first, then those that only 2019 has. #}
{% macro disclosure_counts() %}
    {% set documents = ['issued', 'repealed', 'in_force', 'created', 'published', 'published_total'] %}
    {% set items = ['decisions', 'previous_items', 'change'] %}
    {{ return([
        ['rules', documents],
        ['normative_documents', documents],
        ['licences', items],
        ['other_services', items],
        ['penalties', items],
        ['coercive_measures', items],
        ['fees', ['previous_items', 'change']],
        ['procurement', ['items']],
    ]) }}
{% endmacro %}

{# The items of which a sum of money is told. #}
{% macro disclosure_amounts() %}
    {{ return(['fees', 'procurement']) }}
{% endmacro %}
