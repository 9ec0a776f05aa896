{{ config(alias='v_办理结果趋势', materialized='view') }}
select
    trends.year as 年度,
    {{ code_name_zh('trends.level', 'level') }} as 机关层级,
    {{ organ_type_zh('trends.organ_type') }} as 机关类别,
    case trends.grain when 'group' then '类别' else '明细' end as 粒度,
    trends.name_zh as 办理结果,
    trends.forms as 适用表式,
    trends.reports as 报告数,
    trends.reports_reporting as 填报数,
    trends.requests as 件数,
    trends.processed_total as 办理总计,
    trends.share_of_processed as 占比,
    {{ code_name_zh('trends.layer', 'layer') }} as 数据层
from {{ ref('mart_outcome_trend') }} as trends
