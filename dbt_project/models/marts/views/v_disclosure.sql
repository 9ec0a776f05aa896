{{ config(alias='v_主动公开', materialized='view') }}
-- Proactive disclosure of the current reports, one row per item and measure.
select
    agencies.agency_name as 机关名称,
    disclosure.year as 年度,
    agencies.region_name as 地区,
    items.name_zh as 信息内容,
    measures.name_zh as 指标,
    disclosure.value as 数值,
    disclosure.unit as 单位,
    {{ name_zh('disclosure.status', 'statuses', 'status') }} as 状态,
    {{ name_zh('disclosure.doubt', 'problems', 'code') }} as 存疑,
    disclosure.form as 表式,
    disclosure.line as 原文行号,
    {{ code_name_zh('disclosure.layer', 'layer') }} as 数据层,
    disclosure.cell as 单元格,
    disclosure.report_id as 报告编号
from {{ ref('fct_disclosure') }} as disclosure
inner join {{ ref('dim_disclosure_item') }} as items on disclosure.item = items.item
inner join {{ ref('dim_disclosure_measure') }} as measures on disclosure.measure = measures.measure
inner join {{ ref('dim_agency') }} as agencies on disclosure.agency_id = agencies.agency_id
where disclosure.is_current
