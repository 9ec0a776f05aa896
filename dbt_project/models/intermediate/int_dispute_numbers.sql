{{ config(materialized='table') }}
-- The table of disputes of each current report, one row per report; `litigation` is both its channels together.
{% set results = ['upheld', 'corrected', 'other', 'pending', 'total'] -%}
with cells as (
    select
        report_id,
        row_code,
        column_code,
        value,
        if(value = trunc(value), try_cast(value as bigint), null) as number
    from {{ ref('fct_cell') }}
    where is_current and table_code = 'disputes'
),

channels as (
    select
        cells.report_id,
        {% for channel in ['reconsideration', 'litigation_direct', 'litigation_after_reconsideration'] -%}
            {% for result in results -%}
                {{ number_of(channel, result) }} as {{ channel }}_{{ result }},
            {% endfor -%}
        {% endfor -%}
        {{ all_zero('cells') }} as disputes_all_zero
    from cells
    group by cells.report_id
)

select
    {% for result in results -%}
        litigation_direct_{{ result }} + litigation_after_reconsideration_{{ result }} as litigation_{{ result }},
    {% endfor -%}
    channels.*
from channels
