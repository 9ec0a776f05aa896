-- Who reported in time: every agency that the roster expects, and every other one that reported. The earliest version
-- counts, as a correction does not make a report late. What was due after the last file came in is not missing yet.
with known_until as (
    select cast(max(received_at) as date) as known_on from {{ ref('dim_report') }}
),

dated as (
    select
        *,
        if(due_rule = 'governments', due_governments, due_departments) as due_on
    from {{ ref('int_expected_reports') }}
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
