select
    run_id,
    checked_at,
    suite,
    expectation,
    identity,
    severity,
    success,
    evaluated,
    unexpected,
    error,
    citation
from {{ ref('stg_check_history') }}
