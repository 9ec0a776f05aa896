with by_form as (
    select
        row_code,
        form,
        form || ': ' || string_agg(column_code, ', ' order by ordinal) as measures
    from {{ ref('cells') }}
    where table_code = 'disclosure'
    group by row_code, form
)

select
    items.row_code as item,
    items.ordinal,
    items.label_zh as name_zh,
    items.label_en as name_en,
    items.citation,
    items.forms,
    items.first_year,
    items.last_year,
    (
        select string_agg(by_form.measures, '; ' order by by_form.form)
        from by_form
        where by_form.row_code = items.row_code
    ) as measures
from {{ ref('int_form_rows') }} as items
where items.table_code = 'disclosure'
