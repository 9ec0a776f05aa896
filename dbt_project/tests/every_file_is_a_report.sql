{{ config(meta={'dagster': {'ref': {'name': 'dim_report'}}}) }}
-- Each file of the inventory has its row in dim_report, and whatever was not set aside has a heading.
select
    inventory.report_id,
    inventory.path
from {{ ref('stg_raw_reports') }} as inventory
left join {{ ref('dim_report') }} as reports on inventory.report_id = reports.report_id
left join {{ ref('stg_report_headings') }} as headings on inventory.report_id = headings.report_id
where
    reports.report_id is null
    or (inventory.set_aside is null and headings.report_id is null)
