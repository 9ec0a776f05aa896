{{ config(meta={'dagster': {'ref': {'name': 'fct_cell'}}}) }}
-- A value stands exactly where a number was reported; a blank is never a zero.
select
    report_id,
    cell,
    status,
    value,
    raw,
    evidence
from {{ ref('fct_cell') }}
where
    (status = 'reported') != (value is not null)
    or (status = 'absent' and raw is not null)
    or (status = 'reported' and (raw is null or line is null or evidence is null))
