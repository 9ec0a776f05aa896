select
    applicants.column_code as applicant,
    applicants.ordinal,
    applicants.label_zh as name_zh,
    applicants.label_en as name_en,
    applicants.group_code,
    form_groups.label_zh as group_name_zh,
    form_groups.label_en as group_name_en,
    applicants.column_code = 'total' as is_total
from {{ ref('int_form_columns') }} as applicants
left join {{ ref('groups') }} as form_groups
    on applicants.table_code = form_groups.table_code and applicants.group_code = form_groups.group_code
where applicants.table_code = 'requests'
