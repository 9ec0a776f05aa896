select
    column_code as result,
    ordinal,
    label_zh as name_zh,
    label_en as name_en,
    column_code = 'total' as is_total
from {{ ref('int_form_columns') }}
where table_code = 'disputes'
