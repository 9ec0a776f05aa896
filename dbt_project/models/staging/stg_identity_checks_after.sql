select
    report_id,
    identity,
    member,
    left_after,
    right_after,
    verdict_after
from {{ source('lake', 'identity_checks_after') }}
