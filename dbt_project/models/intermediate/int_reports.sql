-- One row per report of the inventory, whether it could be read or not.
with copies as (
    select
        sightings.report_id,
        string_agg(sightings.path, '; ' order by sightings.path) as copies
    from {{ ref('stg_file_sightings') }} as sightings
    inner join {{ ref('stg_raw_reports') }} as inventory on sightings.report_id = inventory.report_id
    where sightings.path != inventory.path
    group by sightings.report_id
)

select
    inventory.report_id,
    agencies.agency_id,
    agencies.agency_rule,
    headings.* exclude (report_id, set_aside, set_aside_reason),  -- noqa: RF02
    coalesce(inventory.set_aside, headings.set_aside) as set_aside,
    coalesce(inventory.set_aside_reason, headings.set_aside_reason) as set_aside_reason,
    inventory.path,
    copies.copies,
    inventory.container,
    inventory.encoding,
    inventory.bytes,
    inventory.received_at
from {{ ref('stg_raw_reports') }} as inventory
left join {{ ref('stg_report_headings') }} as headings on inventory.report_id = headings.report_id
left join {{ ref('int_report_agencies') }} as agencies on inventory.report_id = agencies.report_id
left join copies on inventory.report_id = copies.report_id
