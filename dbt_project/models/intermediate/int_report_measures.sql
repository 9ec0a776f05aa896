{{ config(materialized='table') }}
-- The numbers of each current report in one row, with what its agency received the year before: all that metrics are
-- made of. The year before is that of the current report then, in whichever form.
with reports as (
    select
        reports.report_id,
        reports.agency_id,
        reports.year,
        agencies.region_code,
        coalesce(agencies.level, 'unknown') as level,
        coalesce(agencies.organ_type, 'unknown') as organ_type
    from {{ ref('dim_report') }} as reports
    inner join {{ ref('dim_agency') }} as agencies on reports.agency_id = agencies.agency_id
    where reports.is_current
),

numbered as (
    select
        reports.*,
        requests.* exclude (report_id),  -- noqa: RF02
        disputes.* exclude (report_id),  -- noqa: RF02
        disclosure.* exclude (report_id)  -- noqa: RF02
    from reports
    left join {{ ref('int_request_numbers') }} as requests on reports.report_id = requests.report_id
    left join {{ ref('int_dispute_numbers') }} as disputes on reports.report_id = disputes.report_id
    left join {{ ref('int_disclosure_numbers') }} as disclosure on reports.report_id = disclosure.report_id
)

select
    this_year.*,
    last_year.received as received_last_year,
    -- one table that is not all zero decides; without one, all three must be known
    this_year.requests_all_zero and this_year.disputes_all_zero and this_year.disclosure_all_zero as report_all_zero
from numbered as this_year
left join numbered as last_year
    on this_year.agency_id = last_year.agency_id and this_year.year = last_year.year + 1
