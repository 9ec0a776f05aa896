select
    report_id,
    identity,
    member,
    cell,
    value,
    exception_id,
    decision_id,
    decision,
    decided_value,
    decided_by,
    decided_on,
    why,
    citation as decision_citation
from {{ source('lake', 'review_notes') }}
