select
    run_id,
    make_timestamp(epoch_us(checked_at)) as checked_at,
    suite,
    expectation,
    identity,
    severity,
    success,
    cast(evaluated as bigint) as evaluated,
    cast(unexpected as bigint) as unexpected,
    error,
    citation
from {{ source('lake', 'check_history') }}
