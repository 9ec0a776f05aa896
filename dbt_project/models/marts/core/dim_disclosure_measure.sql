select
    measures.column_code as measure,
    measures.ordinal,
    measures.label_zh as name_zh,
    measures.label_en as name_en,
    (
        select max(cells.kind)
        from {{ ref('cells') }} as cells
        where cells.table_code = measures.table_code and cells.column_code = measures.column_code
    ) as kind,
    measures.forms,
    measures.first_year,
    measures.last_year
from {{ ref('int_form_columns') }} as measures
where measures.table_code = 'disclosure'
