select
    row_code as flow,
    ordinal,
    label_zh as name_zh,
    label_en as name_en,
    kind
from {{ ref('int_form_rows') }}
where table_code = 'requests' and kind != 'outcome'
