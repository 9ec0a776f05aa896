-- Who reported in time: every agency that the roster expects, and every other one that reported. The earliest version
-- counts, as a correction does not make a report late. What was due after the last file came in is not missing yet.
with known_until as (
    select cast(max(received_at) as date) as known_on from {{ ref('dim_report') }}
),

expected as (
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
),

dated as (
    select
        *,
        if(due_rule = 'governments', due_governments, due_departments) as due_on
    from compared
)

select
    dated.agency_id,
    dated.year,
    dated.is_expected,
    dated.due_rule,
    dated.due_on,
    dated.report_id,
    cast(dated.versions as integer) as versions,
    dated.first_published_on,
    cast(dated.first_published_on - dated.due_on as integer) as days_after_due,
    case
        when dated.versions = 0 then if(dated.due_on < known_until.known_on, 'missing', 'not_due')
        when dated.first_published_on <= dated.due_on then 'on_time'
        when dated.every_date_known then 'late'
        else 'unknown_date'
    end as timeliness,
    known_until.known_on
from dated
cross join known_until
