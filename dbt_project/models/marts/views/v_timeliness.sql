{{ config(alias='v_报送时效', materialized='view') }}
select
    agencies.agency_name as 机关名称,
    timeliness.year as 年度,
    agencies.region_name as 地区,
    timeliness.is_expected as 在册应报,
    timeliness.due_on as 截止日期,
    timeliness.first_published_on as 首次发布日期,
    timeliness.days_after_due as 逾期天数,
    {{ code_name_zh('timeliness.timeliness', 'timeliness') }} as 报送情况,
    timeliness.versions as 版本数,
    timeliness.report_id as 报告编号
from {{ ref('mart_timeliness') }} as timeliness
inner join {{ ref('dim_agency') }} as agencies on timeliness.agency_id = agencies.agency_id
