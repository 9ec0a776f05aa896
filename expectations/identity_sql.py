"""SQL that computes both sides of a declared identity from the reported cells, for all members and reports at once.

``{batch}`` stands for fct_cell and is filled in by Great Expectations. Each identity has two queries with one head:
the violations, and the number of instances that could be judged.
"""

from __future__ import annotations

from collections import Counter

from expectations.literals import literal, rows
from orchestration.form import Identity, declaration, instances

# Not materialized: the cells are read where they are used, not copied. Derived values are no evidence.
REPORTED = """
with reported as not materialized (
    select * from {{batch}} where status = 'reported' and value is not null and layer = 'reported'
),"""

# A sum with missing terms is judged by its bounds: every missing value is at least zero, so it moves
# left - right one way only, unless its cell may be negative (kind change).
_LINEAR = """
term(form, position, side, weight, address) as (
    {terms}
),
member(form, member) as (
    {members}
),
signed_cell(form, cell) as (
    {signed}
),
spelled as (
    select form, member, position, side, weight, replace(address, '*', member) as cell,
        if(side = 'left', weight, -weight) as pull,
        (form, replace(address, '*', member)) in (select (form, cell) from signed_cell) as is_signed
    from term join member using (form)
),
whole as (
    select form, member, count(*) as terms,
        count(*) filter (side = 'left') as left_terms,
        count(*) filter (pull > 0 or is_signed) as lifting,
        count(*) filter (pull < 0 or is_signed) as lowering
    from spelled group by form, member
),
known as (
    select c.report_id, s.form, s.member,
        any_value(c.agency_id) as agency_id, any_value(c.year) as year, count(*) as terms,
        count(*) filter (s.side = 'left') as left_terms,
        count(*) filter (s.pull > 0 or s.is_signed) as lifting,
        count(*) filter (s.pull < 0 or s.is_signed) as lowering,
        coalesce(sum(s.weight * c.value) filter (s.side = 'left'), 0) as left_sum,
        coalesce(sum(s.weight * c.value) filter (s.side = 'right'), 0) as right_sum
    from reported as c join spelled as s on s.form = c.form and s.cell = c.cell
    group by c.report_id, s.form, s.member
),
judged as (
    select k.report_id, k.form, k.member, k.agency_id, k.year,
        if(k.left_terms = w.left_terms, k.left_sum, null) as left_side,
        if(k.terms - k.left_terms = w.terms - w.left_terms, k.right_sum, null) as right_side,
        case
            when k.terms = w.terms then if(k.left_sum = k.right_sum, 'holds', 'violated')
            when k.left_sum > k.right_sum and k.lowering = w.lowering then 'violated_by_bounds'
            when k.left_sum < k.right_sum and k.lifting = w.lifting then 'violated_by_bounds'
            else 'unverifiable'
        end as verdict
    from known as k join whole as w using (form, member)
)"""

_LINEAR_VIOLATIONS = """
select a.{agency_name} as agency, j.year, j.report_id, j.form, j.member, j.verdict,
    j.left_side as "left", j.right_side as "right", j.left_side - j.right_side as difference,
    (
        select string_agg(s.cell, ', ' order by s.position) from spelled as s
        where s.form = j.form and s.member = j.member and not exists (
            select 1 from reported as c
            where c.report_id = j.report_id and c.form = s.form and c.cell = s.cell
        )
    ) as missing
from judged as j left join {dim_agency} as a on a.agency_id = j.agency_id
where j.verdict in ('violated', 'violated_by_bounds')
order by j.year, agency, j.report_id, j.form, j.member"""

_DOMAIN = """
special(form, cell, kind) as (
    {special}
),
judged as (
    select c.report_id, c.form, c.cell as member, c.agency_id, c.year, c.value,
        case coalesce(s.kind, {usual})
            when 'amount' then c.value >= 0
            when 'change' then c.value = trunc(c.value)
            else c.value >= 0 and c.value = trunc(c.value)
        end as holds
    from reported as c left join special as s on s.form = c.form and s.cell = c.cell
    where {table_code} in ('', c.table_code) and {form} in ('', c.form)
)"""

_DOMAIN_VIOLATIONS = """
select a.{agency_name} as agency, j.year, j.report_id, j.form, j.member, 'violated' as verdict,
    j.value as "left", null as "right", null as difference, null as missing
from judged as j left join {dim_agency} as a on a.agency_id = j.agency_id
where not j.holds
order by j.year, agency, j.report_id, j.member"""


def violations_sql(identity: Identity, dim_agency: str, agency_name: str) -> str:
    """Violated instances of ``identity``: agency, year, report_id, form, member, verdict, left, right, difference,
    missing (addresses of terms without a reported value). A side with a missing term is null.

    ``dim_agency`` is the qualified name of that table, ``agency_name`` its column that holds the name.
    """
    names = {"dim_agency": dim_agency, "agency_name": agency_name}
    if identity.kind == "domain":
        return _domain_head(identity) + _DOMAIN_VIOLATIONS.format(**names)
    return _linear_head(identity) + _LINEAR_VIOLATIONS.format(**names)


def evaluated_sql(identity: Identity) -> str:
    """How many instances of ``identity`` could be judged."""
    if identity.kind == "domain":
        return _domain_head(identity) + "\nselect count(*) from judged"
    return _linear_head(identity) + "\nselect count(*) from judged where verdict <> 'unverifiable'"


def _linear_head(identity: Identity) -> str:
    terms, members, signed = [], [], set()
    change = {(cell.form, cell.address) for cell in declaration().cells if cell.kind == "change"}
    for form in declaration().form_names:
        of_form = [i for i in instances({identity.table_code: form}) if i.identity == identity.identity]
        members += [(form, instance.member) for instance in of_form]
        signed |= change & {(form, address) for instance in of_form for address in instance.cells}
        declared = [t for t in declaration().terms if t.identity == identity.identity and t.form in ("", form)]
        terms += [
            (form, position, t.side, t.weight, f"{t.table_code}/{t.row_code}/{t.column_code}")
            for position, t in enumerate(declared)
        ]
    return (REPORTED + _LINEAR).format(terms=rows(terms, 5), members=rows(members, 2), signed=rows(sorted(signed), 2))


def _domain_head(identity: Identity) -> str:
    cells = [
        cell
        for cell in declaration().cells
        if identity.table_code in ("", cell.table_code) and identity.form in ("", cell.form)
    ]
    usual = Counter(cell.kind for cell in cells).most_common(1)[0][0]
    special = [(cell.form, cell.address, cell.kind) for cell in cells if cell.kind != usual]
    return (REPORTED + _DOMAIN).format(
        special=rows(special, 3),
        usual=literal(usual),
        table_code=literal(identity.table_code),
        form=literal(identity.form),
    )
