-- Which report speaks for its agency and year. A report that another one corrects gives way to it; of those left the
-- latest published wins (an unknown date last), then the latest received, then the greatest report_id.
with identified as (
    select report_id, agency_id, year, published_on, received_at, corrects
    from {{ ref('int_reports') }}
    where agency_id is not null and year is not null and set_aside is null
),

corrections as (
    -- Two reports that correct each other are a mistake in the manifest: neither gives way for it.
    select
        older.report_id,
        max(newer.report_id) as corrected_by
    from identified as older
    inner join identified as newer on older.report_id = newer.corrects
    where older.report_id != newer.report_id and older.corrects is distinct from newer.report_id
    group by older.report_id
),

ranked as (
    select
        identified.report_id,
        row_number() over (
            partition by identified.agency_id, identified.year
            order by
                identified.published_on desc nulls last, identified.received_at desc, identified.report_id desc
        ) as place
    from identified
    where identified.report_id not in (select corrections.report_id from corrections)
)

select
    reports.report_id,
    corrections.corrected_by,
    coalesce(ranked.place = 1, false) as is_current
from {{ ref('int_reports') }} as reports
left join corrections on reports.report_id = corrections.report_id
left join ranked on reports.report_id = ranked.report_id
