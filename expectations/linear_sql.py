"""SQL fragments that judge a linear identity: what identities of one report and identities across years share.

They stand on two relations: ``spelled`` (the terms, one row for each layout, member and cell, with ``pull``, the weight
in left less right, and ``is_signed``) and ``reported``. A layout is the form, or the forms of both years.
"""

from __future__ import annotations

# Not materialized: the cells are read where they are used, not copied. Derived values are no evidence.
REPORTED = """
with reported as not materialized (
    select * from {{batch}} where status = 'reported' and value is not null and layer = 'reported'
),"""

WHOLE = """
whole as (
    select layout, member, count(*) as terms,
        count(*) filter (side = 'left') as left_terms,
        count(*) filter (pull > 0 or is_signed) as lifting,
        count(*) filter (pull < 0 or is_signed) as lowering
    from spelled group by layout, member
),"""

# What is summed where a reported cell ``c`` meets its term ``s``.
SUMS = """count(*) as terms,
        count(*) filter (s.side = 'left') as left_terms,
        count(*) filter (s.pull > 0 or s.is_signed) as lifting,
        count(*) filter (s.pull < 0 or s.is_signed) as lowering,
        coalesce(sum(s.weight * c.value) filter (s.side = 'left'), 0) as left_sum,
        coalesce(sum(s.weight * c.value) filter (s.side = 'right'), 0) as right_sum"""

# A sum with missing terms is judged by its bounds: every missing value is at least zero, so it moves
# left - right one way only, unless its cell may be negative (kind change).
JUDGED = """
judged as (
    select k.*,
        if(k.left_terms = w.left_terms, k.left_sum, null) as left_side,
        if(k.terms - k.left_terms = w.terms - w.left_terms, k.right_sum, null) as right_side,
        case
            when k.terms = w.terms then if(k.left_sum = k.right_sum, 'holds', 'violated')
            when k.left_sum > k.right_sum and k.lowering = w.lowering then 'violated_by_bounds'
            when k.left_sum < k.right_sum and k.lifting = w.lifting then 'violated_by_bounds'
            else 'unverifiable'
        end as verdict
    from known as k join whole as w using (layout, member)
)"""

EVALUATED = "\nselect count(*) from judged where verdict <> 'unverifiable'"
