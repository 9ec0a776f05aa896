-- What the latest report that says anything about it tells of the agency; reports that are not current come last.
with reports as (
    select
        *,
        row_number() over (
            partition by agency_id
            order by is_current desc, year desc nulls last, received_at desc, report_id desc
        ) as place
    from {{ ref('dim_report') }}
    where agency_id is not null
)

select
    agency_id,
    any_value(agency_name) as agency_name,
    arg_min(region_code, place) as region_code,
    arg_min(region_name, place) filter (where region_code is not null) as region_name,
    arg_min(level, place) as level,
    arg_min(organ_type, place) as organ_type,
    min(year) as first_year,
    max(year) as last_year,
    cast(count(*) as integer) as reports
from reports
group by agency_id
