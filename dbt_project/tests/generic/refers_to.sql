{% test refers_to(model, columns, to, to_columns=none) %}

-- A foreign key of several columns: fails for every row without its row in `to`. A row with a null refers to nothing.
with referring as (
    select * from {{ model }}
)

select *
from referring
where
    not exists (
        select 1
        from {{ to }} as referred
        where
            {% for column in columns -%}
                {{ 'and ' if not loop.first }}referring.{{ column }} = referred.{{ (to_columns or columns)[loop.index0] }}
            {% endfor %}
    )
    {% for column in columns -%}
        and referring.{{ column }} is not null
    {% endfor %}
{% endtest %}
