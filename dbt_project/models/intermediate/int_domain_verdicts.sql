-- The reported cells whose value is none that their kind allows; a cell that is in order has no row.
select
    cells.report_id,
    identities.identity,
    cells.cell as member,
    cells.value as left_side,
    'violated' as verdict
from {{ ref('fct_cell') }} as cells
inner join {{ ref('cells') }} as form_cells
    on cells.form = form_cells.form
    and cells.table_code = form_cells.table_code
    and cells.row_code = form_cells.row_code
    and cells.column_code = form_cells.column_code
inner join {{ ref('identities') }} as identities
    on coalesce(identities.form, cells.form) = cells.form
    and coalesce(identities.table_code, cells.table_code) = cells.table_code
where
    identities.kind = 'domain'
    and identities.scope = 'report'
    and cells.status = 'reported'
    and (
        (form_cells.kind in ('count', 'amount') and cells.value < 0)
        or (form_cells.kind in ('count', 'change') and cells.value != trunc(cells.value))
    )
