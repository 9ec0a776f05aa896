{{ config(materialized='table') }}
-- The verdict on every linear identity within a report, from the published cells and the declaration alone. A table,
-- as two tests read it.
with terms as (
    select
        report_tables.report_id,
        terms.* exclude (form, table_code),  -- noqa: RF02
        if(terms.side = 'left', terms.weight, -terms.weight) as signed_weight,
        cells.value,
        coalesce(cells.status = 'reported', false) as is_reported
    from {{ ref('stg_report_tables') }} as report_tables
    inner join {{ ref('int_identity_terms') }} as terms
        on report_tables.form = terms.form and report_tables.table_code = terms.table_code
    left join {{ ref('fct_cell') }} as cells
        on report_tables.report_id = cells.report_id and terms.cell = cells.cell
    where terms.scope = 'report'
),

sides as (
    select
        report_id,
        identity,
        member,
        if(
            bool_and(is_reported) filter (where side = 'left'), sum(weight * value) filter (where side = 'left'), null
        ) as left_side,
        if(
            bool_and(is_reported) filter (where side = 'right'), sum(weight * value) filter (where side = 'right'), null
        ) as right_side,
        bool_and(is_reported) as is_complete,
        coalesce(sum(signed_weight * value) filter (where is_reported), 0) as reported_difference,
        -- What the missing terms can still do to left - right: they are at least zero, except a change.
        bool_or(not is_reported and (net_weight > 0 or cell_kind = 'change')) as can_rise,
        bool_or(not is_reported and (net_weight < 0 or cell_kind = 'change')) as can_fall,
        string_agg(distinct cell, ', ' order by cell) filter (where not is_reported) as missing_cells
    from terms
    group by report_id, identity, member
)

select
    report_id,
    identity,
    member,
    -- A sum too great for the column is null, the verdict beside it stays.
    try_cast(left_side as decimal(28, 8)) as left_side,
    try_cast(right_side as decimal(28, 8)) as right_side,
    try_cast(left_side - right_side as decimal(28, 8)) as difference,
    case
        when is_complete and left_side = right_side then 'holds'
        when is_complete then 'violated'
        when reported_difference > 0 and not can_fall then 'violated_by_bounds'
        when reported_difference < 0 and not can_rise then 'violated_by_bounds'
        else 'unverifiable'
    end as verdict,
    missing_cells
from sides
