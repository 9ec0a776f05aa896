-- Names of the leaves and of the groups of outcomes.
select
    'leaf' as grain,
    outcome as code,
    name_zh,
    name_en,
    disclosed,
    forms
from {{ ref('dim_outcome') }}
union all
select
    'group' as grain,
    group_code as code,
    any_value(group_name_zh) as name_zh,
    any_value(group_name_en) as name_en,
    bool_and(disclosed) as disclosed,
    array_to_string(list_sort(list_distinct(flatten(list(string_split(forms, ', '))))), ', ') as forms
from {{ ref('dim_outcome') }}
group by group_code
