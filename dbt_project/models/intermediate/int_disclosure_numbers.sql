{{ config(materialized='table') }}
-- The table of proactive disclosure of each current report, one row per report. The forms count different things, so
-- each has columns of its own: nothing of 2019 is carried on as something of 2021.
with cells as (
    select
        report_id,
        row_code,
        column_code,
        value,
        unit,
        if(value = trunc(value), try_cast(value as bigint), null) as number
    from {{ ref('fct_cell') }}
    where is_current and table_code = 'disclosure'
)

select
    cells.report_id,
    {% for item, measures in disclosure_counts() -%}
        {% for measure in measures -%}
            {{ number_of(item, measure) }} as {{ item }}_{{ measure }},
        {% endfor -%}
    {% endfor -%}
    {% for item in disclosure_amounts() -%}
        {% set amount = "where cells.row_code = '" ~ item ~ "' and cells.column_code = 'amount'" -%}
        max(cells.value) filter ({{ amount }}) as {{ item }}_amount,
        max(cells.unit) filter ({{ amount }} and cells.value is not null) as {{ item }}_amount_unit,
    {% endfor -%}
    {{ all_zero('cells') }} as disclosure_all_zero
from cells
group by cells.report_id
