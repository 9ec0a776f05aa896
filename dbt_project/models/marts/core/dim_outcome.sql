select
    outcomes.row_code as outcome,
    outcomes.ordinal,
    outcomes.label_zh as name_zh,
    outcomes.label_en as name_en,
    outcomes.group_code,
    form_groups.ordinal as group_ordinal,
    form_groups.label_zh as group_name_zh,
    form_groups.label_en as group_name_en,
    form_groups.disclosed,
    outcomes.citation,
    outcomes.forms,
    outcomes.first_year,
    outcomes.last_year
from {{ ref('int_form_rows') }} as outcomes
left join {{ ref('groups') }} as form_groups
    on outcomes.table_code = form_groups.table_code and outcomes.group_code = form_groups.group_code
where outcomes.table_code = 'requests' and outcomes.kind = 'outcome'
