"""SQL that computes both sides of a declared identity from the reported cells, for all members and reports of a form.

``{batch}`` stands for fct_cell and is filled in by Great Expectations. Each identity has two queries with one head:
the violations, and the number of instances that could be judged.
"""

from __future__ import annotations

from collections import Counter

from expectations.linear_sql import EVALUATED, JUDGED, REPORTED, SUMS, WHOLE
from expectations.literals import literal, rows
from expectations.relations import Relations
from orchestration.form import Identity, declaration, instances

_LINEAR = (
    """
term(layout, position, side, weight, address) as (
    {terms}
),
member(layout, member) as (
    {members}
),
signed_cell(cell) as (
    {signed}
),
spelled as (
    select layout, member, position, side, weight, replace(address, '*', member) as cell,
        if(side = 'left', weight, -weight) as pull,
        replace(address, '*', member) in (select cell from signed_cell) as is_signed
    from term join member using (layout)
),"""
    + WHOLE
    + f"""
known as (
    select c.report_id, s.layout, s.member, any_value(c.agency_id) as agency_id, any_value(c.year) as year,
        {SUMS}
    from reported as c join spelled as s on s.layout = c.form and s.cell = c.cell
    group by c.report_id, s.layout, s.member
),"""
    + JUDGED
)

_LINEAR_VIOLATIONS = """
select a.agency_name as agency, j.year, j.report_id, j.layout as form, j.member, j.verdict,
    j.left_side as "left", j.right_side as "right", j.left_side - j.right_side as difference,
    (
        select string_agg(s.cell, ', ' order by s.position) from spelled as s
        where s.layout = j.layout and s.member = j.member and not exists (
            select 1 from reported as c
            where c.report_id = j.report_id and c.form = s.layout and c.cell = s.cell
        )
    ) as missing
from judged as j left join {dim_agency} as a on a.agency_id = j.agency_id
where j.verdict in ('violated', 'violated_by_bounds')
order by j.year, agency, j.report_id, j.member"""

_DOMAIN = """
special(cell, kind) as (
    {special}
),
judged as (
    select c.report_id, c.form, c.cell as member, c.agency_id, c.year, c.value,
        case coalesce(s.kind, {usual})
            when 'amount' then c.value >= 0
            when 'change' then c.value = trunc(c.value)
            else c.value >= 0 and c.value = trunc(c.value)
        end as holds
    from reported as c left join special as s on s.cell = c.cell
    where {table_code} in ('', c.table_code) and c.form = {form}
)"""

_DOMAIN_VIOLATIONS = """
select a.agency_name as agency, j.year, j.report_id, j.form, j.member, 'violated' as verdict,
    j.value as "left", null as "right", null as difference, null as missing
from judged as j left join {dim_agency} as a on a.agency_id = j.agency_id
where not j.holds
order by j.year, agency, j.report_id, j.member"""


def forms_of(identity: Identity) -> list[str]:
    """The forms in which an identity of one report has a member, oldest first."""
    return [form for form in declaration().form_names if _cells(identity, form) or _instances(identity, form)]


def violations_sql(identity: Identity, form: str, names: Relations) -> str:
    """Violated instances of ``identity`` in tables of ``form``: agency, year, report_id, form, member, verdict, left,
    right, difference, missing (addresses of terms without a reported value). A side with a missing term is null.
    """
    if identity.kind == "domain":
        return _domain_head(identity, form) + _DOMAIN_VIOLATIONS.format(dim_agency=names.dim_agency)
    return _linear_head(identity, form) + _LINEAR_VIOLATIONS.format(dim_agency=names.dim_agency)


def evaluated_sql(identity: Identity, form: str) -> str:
    """How many instances of ``identity`` in tables of ``form`` could be judged."""
    if identity.kind == "domain":
        return _domain_head(identity, form) + "\nselect count(*) from judged"
    return _linear_head(identity, form) + EVALUATED


def _instances(identity: Identity, form: str) -> list:
    return [i for i in instances({identity.table_code: form}) if i.identity == identity.identity]


def _cells(identity: Identity, form: str) -> list:
    """The cells that an identity of kind domain speaks of."""
    if identity.kind != "domain" or identity.form not in ("", form):
        return []
    return [c for c in declaration().cells if c.form == form and identity.table_code in ("", c.table_code)]


def _linear_head(identity: Identity, form: str) -> str:
    of_form = _instances(identity, form)
    change = {cell.address for cell in declaration().cells if cell.form == form and cell.kind == "change"}
    signed = sorted(change & {address for instance in of_form for address in instance.cells})
    declared = [t for t in declaration().terms if t.identity == identity.identity and t.form in ("", form)]
    terms = [
        (form, position, t.side, t.weight, f"{t.table_code}/{t.row_code}/{t.column_code}")
        for position, t in enumerate(declared)
    ]
    members = [(form, instance.member) for instance in of_form]
    return (REPORTED + _LINEAR).format(
        terms=rows(terms, 5), members=rows(members, 2), signed=rows([(cell,) for cell in signed], 1)
    )


def _domain_head(identity: Identity, form: str) -> str:
    cells = _cells(identity, form)
    usual = Counter(cell.kind for cell in cells).most_common(1)[0][0]
    return (REPORTED + _DOMAIN).format(
        special=rows([(cell.address, cell.kind) for cell in cells if cell.kind != usual], 2),
        usual=literal(usual),
        table_code=literal(identity.table_code),
        form=literal(form),
    )
