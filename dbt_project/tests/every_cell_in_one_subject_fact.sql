{{ config(meta={'dagster': {'ref': {'name': 'fct_cell'}}}) }}
-- The four subject facts share the cells out among them: each stands in exactly one.
with shared as (
    select report_id, cell from {{ ref('fct_request_flow') }}
    union all
    select report_id, cell from {{ ref('fct_request_outcome') }}
    union all
    select report_id, cell from {{ ref('fct_disclosure') }}
    union all
    select report_id, cell from {{ ref('fct_dispute') }}
)

select
    cells.report_id,
    cells.cell,
    count(shared.cell) as times
from {{ ref('fct_cell') }} as cells
left join shared on cells.report_id = shared.report_id and cells.cell = shared.cell
group by cells.report_id, cells.cell
having count(shared.cell) != 1
