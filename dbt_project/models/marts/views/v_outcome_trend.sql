{{ config(alias='v_办理结果趋势', materialized='view') }}
select
    year as 年度,
    level as 机关层级,
    organ_type as 机关类别,
    case grain when 'group' then '类别' else '明细' end as 粒度,
    name_zh as 办理结果,
    forms as 适用表式,
    reports as 报告数,
    reports_reporting as 填报数,
    requests as 件数,
    processed_total as 办理总计,
    share_of_processed as 占比,
    layer as 数据层
from {{ ref('mart_outcome_trend') }}
