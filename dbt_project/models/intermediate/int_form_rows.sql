-- A row of the forms once, in its newest wording, with the forms that have it.
select
    form_rows.table_code,
    form_rows.row_code,
    first(form_rows.ordinal order by form_rows.form desc) as ordinal,
    first(form_rows.kind order by form_rows.form desc) as kind,
    first(form_rows.group_code order by form_rows.form desc) as group_code,
    first(form_rows.label_zh order by form_rows.form desc) as label_zh,
    first(form_rows.label_en order by form_rows.form desc) as label_en,
    first(form_rows.citation order by form_rows.form desc) as citation,
    string_agg(form_rows.form, ', ' order by form_rows.form) as forms,
    min(forms.first_year) as first_year,
    first(forms.last_year order by form_rows.form desc) as last_year
from {{ ref('rows') }} as form_rows
inner join {{ ref('forms') }} as forms
    on form_rows.form = forms.form and form_rows.table_code = forms.table_code
group by form_rows.table_code, form_rows.row_code
