{# The Chinese name of a code, from the seed that defines it; a code that it lacks is `otherwise`, or stands for itself.
   The code is given with its table's name: alone it would be taken for the seed's own column. #}
{% macro name_zh(code, seed, key, otherwise=none) -%}
coalesce(
    (select named.name_zh from {{ ref(seed) }} as named where named.{{ key }} = {{ code }}), {{ otherwise or code }}
)
{%- endmacro %}

{# The same for the codes that have no seed of their own. #}
{% macro code_name_zh(code, kind) -%}
coalesce(
    (
        select named.name_zh
        from {{ ref('code_names') }} as named
        where named.kind = '{{ kind }}' and named.code = {{ code }}
    ),
    {{ code }}
)
{%- endmacro %}

{# The Chinese name of a kind of organ, or that it is not known. #}
{% macro organ_type_zh(code) -%}
{{ name_zh(code, 'organ_types', 'organ_type', code_name_zh(code, 'organ_type')) }}
{%- endmacro %}
