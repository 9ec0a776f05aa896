{{ config(alias='v_复议诉讼', materialized='view') }}
-- Disputes of the current reports, one row per channel and result.
select
    agencies.agency_name as 机关名称,
    disputes.year as 年度,
    agencies.region_name as 地区,
    coalesce(channels.group_name_zh, channels.name_zh) as 救济类别,
    channels.name_zh as 救济渠道,
    results.name_zh as 审理结果,
    results.is_total as 是否总计,
    disputes.value as 数量,
    {{ name_zh('disputes.status', 'statuses', 'status') }} as 状态,
    {{ name_zh('disputes.doubt', 'problems', 'code') }} as 存疑,
    disputes.form as 表式,
    disputes.line as 原文行号,
    {{ code_name_zh('disputes.layer', 'layer') }} as 数据层,
    disputes.cell as 单元格,
    disputes.report_id as 报告编号
from {{ ref('fct_dispute') }} as disputes
inner join {{ ref('dim_dispute_channel') }} as channels on disputes.channel = channels.channel
inner join {{ ref('dim_dispute_result') }} as results on disputes.result = results.result
inner join {{ ref('dim_agency') }} as agencies on disputes.agency_id = agencies.agency_id
where disputes.is_current
