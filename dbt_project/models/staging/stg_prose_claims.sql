select
    report_id,
    sentence,
    line,
    value,
    nullif(array_to_string(cells, ', '), '') as cells,
    expected,
    layer,
    verdict,
    reason,
    scope,
    phrase
from {{ source('lake', 'prose_claims') }}
