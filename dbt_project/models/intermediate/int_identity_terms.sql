-- The declared linear identities spelled out: one row per identity, form, member and term. A member counts only where
-- every term is a cell of the form, as the total row of an identity over columns, for one, has no place in others.
with members as (
    select form, table_code, 'column' as member_axis, column_code as member from {{ ref('columns') }}
    union all
    select form, table_code, 'row' as member_axis, row_code as member from {{ ref('rows') }}
),

spelled as (
    select
        identities.identity,
        identities.scope,
        identities.severity,
        members.form,
        members.table_code,
        members.member,
        terms.side,
        cast(terms.weight as decimal(9, 0)) as weight,
        terms.year_offset,
        terms.table_code as term_table_code,
        replace(terms.row_code, '*', members.member) as row_code,
        replace(terms.column_code, '*', members.member) as column_code
    from {{ ref('identities') }} as identities
    inner join members
        on identities.table_code = members.table_code
        and identities.member_axis = members.member_axis
        and coalesce(identities.form, members.form) = members.form
    inner join {{ ref('identity_terms') }} as terms
        on identities.identity = terms.identity and coalesce(terms.form, members.form) = members.form
    where identities.kind = 'linear'
)

select
    spelled.* exclude (term_table_code),  -- noqa: RF02
    spelled.table_code || '/' || spelled.row_code || '/' || spelled.column_code as cell,
    cells.ordinal as cell_ordinal,
    cells.kind as cell_kind,
    sum(if(spelled.side = 'left', spelled.weight, -spelled.weight)) over same_cell as net_weight
from spelled
left join {{ ref('cells') }} as cells
    on spelled.form = cells.form
    and spelled.table_code = cells.table_code
    and spelled.term_table_code = cells.table_code
    and spelled.row_code = cells.row_code
    and spelled.column_code = cells.column_code
window
    same_member as (partition by spelled.identity, spelled.form, spelled.member),
    same_cell as (
        partition by
            spelled.identity, spelled.form, spelled.member, spelled.year_offset, spelled.row_code, spelled.column_code
    )
qualify bool_and(cells.form is not null) over same_member
