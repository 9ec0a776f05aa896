select
    report_id,
    rule,
    member,
    value,
    "limit" as limit_value,
    line,
    sentence,
    verdict
from {{ source('lake', 'plausibility_checks') }}
