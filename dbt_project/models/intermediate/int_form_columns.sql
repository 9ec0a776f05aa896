-- A column of the forms once, in its newest wording, with the forms that have it.
select
    form_columns.table_code,
    form_columns.column_code,
    first(form_columns.ordinal order by form_columns.form desc) as ordinal,
    first(form_columns.group_code order by form_columns.form desc) as group_code,
    first(form_columns.label_zh order by form_columns.form desc) as label_zh,
    first(form_columns.label_en order by form_columns.form desc) as label_en,
    string_agg(form_columns.form, ', ' order by form_columns.form) as forms,
    min(forms.first_year) as first_year,
    first(forms.last_year order by form_columns.form desc) as last_year
from {{ ref('columns') }} as form_columns
inner join {{ ref('forms') }} as forms
    on form_columns.form = forms.form and form_columns.table_code = forms.table_code
group by form_columns.table_code, form_columns.column_code
