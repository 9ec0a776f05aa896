-- Every agency and year that the roster expects or a report tells of, with its due dates and the versions that came.
with expected as (
    select
        roster.agency_id,
        years.year,
        any_value(roster.due_rule) as due_rule
    from {{ ref('int_roster') }} as roster
    inner join {{ ref('dim_year') }} as years
        on years.year between roster.valid_from and coalesce(roster.valid_to, years.year)
    group by roster.agency_id, years.year
),

received as (
    select
        agency_id,
        year,
        max(report_id) filter (where is_current) as report_id,
        count(*) as versions,
        min(published_on) as first_published_on,
        bool_and(published_on is not null) as every_date_known
    from {{ ref('dim_report') }}
    where agency_id is not null and year is not null and set_aside is null
    group by agency_id, year
),

paired as (
    select
        coalesce(expected.agency_id, received.agency_id) as agency_id,
        coalesce(expected.year, received.year) as year,
        expected.agency_id is not null as is_expected,
        expected.due_rule,
        received.* exclude (agency_id, year)  -- noqa: RF02
    from expected
    full outer join received on expected.agency_id = received.agency_id and expected.year = received.year
),

compared as (
    select
        paired.* exclude (versions, due_rule),  -- noqa: RF02
        coalesce(paired.versions, 0) as versions,
        coalesce(
            paired.due_rule, if(agencies.organ_type = 'government', 'governments', 'departments')
        ) as due_rule,
        years.due_departments,
        years.due_governments
    from paired
    inner join {{ ref('dim_agency') }} as agencies on paired.agency_id = agencies.agency_id
    inner join {{ ref('dim_year') }} as years on paired.year = years.year
)

select * from compared
