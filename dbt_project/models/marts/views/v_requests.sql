{{ config(alias='v_申请办理', materialized='view') }}
-- Flows and outcomes of requests of the current reports, one row per item and applicant.
with items as (
    select report_id, agency_id, year, form, flow as code, applicant, value, status, doubt, line, cell, layer
    from {{ ref('fct_request_flow') }}
    where is_current
    union all
    select report_id, agency_id, year, form, outcome as code, applicant, value, status, doubt, line, cell, layer
    from {{ ref('fct_request_outcome') }}
    where is_current
),

names as (
    select flow as code, name_zh, null as group_name_zh from {{ ref('dim_request_flow') }}
    union all
    select outcome as code, name_zh, group_name_zh from {{ ref('dim_outcome') }}
)

select
    agencies.agency_name as 机关名称,
    items.year as 年度,
    agencies.region_name as 地区,
    names.group_name_zh as 办理结果类别,
    names.name_zh as 项目,
    applicants.name_zh as 申请人类别,
    applicants.is_total as 是否总计,
    items.value as 数量,
    {{ name_zh('items.status', 'statuses', 'status') }} as 状态,
    {{ name_zh('items.doubt', 'problems', 'code') }} as 存疑,
    items.form as 表式,
    items.line as 原文行号,
    {{ code_name_zh('items.layer', 'layer') }} as 数据层,
    items.cell as 单元格,
    items.report_id as 报告编号
from items
inner join names on items.code = names.code
inner join {{ ref('dim_applicant') }} as applicants on items.applicant = applicants.applicant
inner join {{ ref('dim_agency') }} as agencies on items.agency_id = agencies.agency_id
