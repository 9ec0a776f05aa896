{{ config(meta={'dagster': {'ref': {'name': 'identity_terms'}}}) }}
-- Every declared term of an identity is a cell of some member; every linear identity has a member in some form.
select
    terms.identity,
    terms.side,
    terms.row_code,
    terms.column_code
from {{ ref('identity_terms') }} as terms
where
    not exists (
        select 1
        from {{ ref('int_identity_terms') }} as spelled
        where
            spelled.identity = terms.identity
            and spelled.side = terms.side
            and spelled.year_offset = terms.year_offset
            and spelled.row_code like replace(terms.row_code, '*', '%')
            and spelled.column_code like replace(terms.column_code, '*', '%')
    )
