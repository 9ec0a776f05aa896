{{ config(alias='v_勾稽核对', materialized='view') }}
-- The verdict on every identity of the current reports.
with labels as (
    select 'row' as member_axis, table_code, row_code as member, max_by(label_zh, form) as label_zh
    from {{ ref('rows') }}
    group by table_code, row_code
    union all
    select 'column' as member_axis, table_code, column_code as member, max_by(label_zh, form) as label_zh
    from {{ ref('columns') }}
    group by table_code, column_code
)

select
    agencies.agency_name as 机关名称,
    checks.year as 年度,
    agencies.region_name as 地区,
    checks.name_zh as 勾稽关系,
    coalesce(labels.label_zh, checks.member) as 核对对象,
    verdicts.name_zh as 判定,
    checks.left_side as 左侧,
    checks.right_side as 右侧,
    checks.difference as 差额,
    checks.missing_cells as 缺失单元格,
    {{ code_name_zh('checks.severity', 'severity') }} as 严重程度,
    checks.citation as 依据,
    checks.report_id as 报告编号
from {{ ref('fct_identity_check') }} as checks
inner join {{ ref('verdicts') }} as verdicts on checks.verdict = verdicts.verdict
inner join {{ ref('dim_identity') }} as identities on checks.identity = identities.identity
left join labels
    on identities.member_axis = labels.member_axis
    and identities.table_code = labels.table_code
    and checks.member = labels.member
inner join {{ ref('dim_agency') }} as agencies on checks.agency_id = agencies.agency_id
where checks.is_current
