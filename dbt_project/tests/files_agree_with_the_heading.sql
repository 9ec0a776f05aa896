{{ config(meta={'dagster': {'ref': {'name': 'dim_report'}}}) }}
-- Each file of the lake gives a report the year of its heading: a row left behind in an old partition shows here.
with written as (
    select distinct 'report_tables' as file, report_id, year from {{ ref('stg_report_tables') }}
    union all
    select distinct 'report_cells' as file, report_id, year from {{ ref('stg_report_cells') }}
    union all
    select distinct 'reading_problems' as file, report_id, year from {{ ref('stg_reading_problems') }}
    union all
    select distinct 'identity_checks' as file, report_id, year from {{ ref('stg_identity_checks') }}
)

select
    written.file,
    written.report_id,
    written.year,
    reports.year as year_of_heading
from written
inner join {{ ref('dim_report') }} as reports on written.report_id = reports.report_id
where written.year is distinct from reports.year
