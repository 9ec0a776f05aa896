select
    channels.row_code as channel,
    channels.ordinal,
    channels.label_zh as name_zh,
    channels.label_en as name_en,
    channels.group_code,
    form_groups.label_zh as group_name_zh,
    form_groups.label_en as group_name_en
from {{ ref('int_form_rows') }} as channels
left join {{ ref('groups') }} as form_groups
    on channels.table_code = form_groups.table_code and channels.group_code = form_groups.group_code
where channels.table_code = 'disputes'
