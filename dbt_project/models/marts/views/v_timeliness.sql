{{ config(alias='v_报送时效', materialized='view') }}
select
    agencies.agency_name as 机关名称,
    timeliness.year as 年度,
    agencies.region_name as 地区,
    timeliness.is_expected as 在册应报,
    timeliness.due_on as 截止日期,
    timeliness.first_published_on as 首次发布日期,
    timeliness.days_after_due as 逾期天数,
    case timeliness.timeliness
        when 'on_time' then '按时'
        when 'late' then '逾期'
        when 'missing' then '未报'
        when 'not_due' then '未到期'
        else '日期不明'
    end as 报送情况,
    timeliness.versions as 版本数,
    timeliness.report_id as 报告编号
from {{ ref('mart_timeliness') }} as timeliness
inner join {{ ref('dim_agency') }} as agencies on timeliness.agency_id = agencies.agency_id
