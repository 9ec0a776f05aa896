-- The text and the layout stay in the lake: nobody queries them with SQL, and they are most of the bytes.
select
    report_id,
    path,
    container,
    encoding,
    bytes,
    make_timestamp(epoch_us(received_at)) as received_at,
    set_aside,
    reason as set_aside_reason
from {{ source('lake', 'raw_reports') }}
