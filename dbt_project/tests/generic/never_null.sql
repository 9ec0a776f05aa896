{% test never_null(model, columns) %}

-- Fails for every row in which one of the columns is null: one test where a table has many such columns.
select *
from {{ model }}
where {% for column in columns %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}

{% endtest %}
