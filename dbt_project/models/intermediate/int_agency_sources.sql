{{ config(materialized='table') }}
-- Everything that tells of an agency, best first: its reports, the roster, and an alias that says what it was merged
-- into.
with reports as (
    select
        reports.agency_id,
        coalesce(agencies.right_name, reports.agency_name) as agency_name,
        reports.agency_name as told_name,
        agencies.settled_code as region_code,
        reports.level,
        reports.organ_type,
        reports.agency_rule,
        reports.year,
        true as is_report,
        row_number() over (
            partition by reports.agency_id
            order by
                reports.is_current desc, reports.year desc nulls last, reports.received_at desc, reports.report_id desc
        ) as place
    from {{ ref('dim_report') }} as reports
    inner join {{ ref('int_report_agencies') }} as agencies on reports.report_id = agencies.report_id
    where reports.agency_id is not null
),

known as (
    select * from reports
    union all
    select
        agency_id,
        agency_name,
        null as told_name,
        region_code,
        level,
        organ_type,
        null as agency_rule,
        null as year,
        false as is_report,
        1000000000 - valid_from as place
    from {{ ref('int_roster') }}
),

merged as (
    select
        canonical_id as agency_id,
        canonical_name as agency_name,
        null as told_name,
        null as region_code,
        null as level,
        null as organ_type,
        null as agency_rule,
        null as year,
        false as is_report,
        2000000000 as place
    from {{ ref('int_agency_aliases') }}
    where change = 'merged' and alias_id in (select known.agency_id from known)
)

select * from known
union all
select * from merged
