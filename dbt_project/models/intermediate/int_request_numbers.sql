{{ config(materialized='table') }}
-- The totals of the table of requests of each current report, one row per report; outcomes by the groups that both
-- forms share.
with cells as (
    select
        cells.report_id,
        cells.row_code,
        cells.column_code,
        cells.value,
        form_rows.group_code,
        -- a count that is no whole number is none: the domain identity tells of it
        if(cells.value = trunc(cells.value), try_cast(cells.value as bigint), null) as number
    from {{ ref('fct_cell') }} as cells
    inner join {{ ref('rows') }} as form_rows
        on cells.form = form_rows.form
        and cells.table_code = form_rows.table_code
        and cells.row_code = form_rows.row_code
    where cells.is_current and cells.table_code = 'requests'
)

select
    cells.report_id,
    {% for flow in ['received', 'carried_in', 'processed_total', 'carried_out'] -%}
        {{ number_of(flow, 'total') }} as {{ flow }},
    {% endfor -%}
    {% for applicant in ['natural_person', 'business', 'research', 'public_welfare', 'legal_service', 'other'] -%}
        {{ number_of('received', applicant) }} as received_{{ applicant }},
    {% endfor -%}
    {% for group in ['granted', 'partially_granted', 'denied', 'unable', 'not_processed', 'closed'] -%}
        cast({{ number_of_group(group) }} as bigint) as {{ group }},
    {% endfor -%}
    {{ all_zero('cells') }} as requests_all_zero
from cells
group by cells.report_id
