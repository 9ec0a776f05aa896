"""SQL that computes both sides of a declared identity across years, from the cells of two consecutive reports.

Pairs are the current reports of one agency (as the warehouse knows it, under whatever names) in two years that follow
each other. A reviewed exception is shown beside the violation and hides nothing.
"""

from __future__ import annotations

from itertools import product

from expectations.linear_sql import EVALUATED, JUDGED, REPORTED, SUMS, WHOLE
from expectations.literals import literal, rows
from expectations.relations import Relations
from orchestration.form import Identity, declaration
from orchestration.form.years import year_instances

_HEAD = (
    """
spelled(layout, member, position, side, weight, pull, year_offset, cell, is_signed) as (
    {spelled}
),"""
    + WHOLE
    + """
pair as (
    select now.report_id, before.report_id as previous_report_id, now.agency_id, now.year,
        now_table.form || '/' || before_table.form as layout
    from {dim_report} as now
    join {dim_report} as before on
        before.agency_id = now.agency_id and before.year = now.year - 1 and before.is_current
    join {stg_report_tables} as now_table on
        now_table.report_id = now.report_id and now_table.table_code = {table_code}
    join {stg_report_tables} as before_table on
        before_table.report_id = before.report_id and before_table.table_code = {table_code}
    where now.is_current
),
term as (
    select p.report_id, p.previous_report_id, p.agency_id, p.year, s.*,
        if(s.year_offset = 0, p.report_id, p.previous_report_id) as owner
    from pair as p join spelled as s using (layout)
),
known as (
    select s.report_id, s.layout, s.member,
        any_value(s.previous_report_id) as previous_report_id,
        any_value(s.agency_id) as agency_id, any_value(s.year) as year,
        {sums}
    from reported as c join term as s on s.owner = c.report_id and s.cell = c.cell
    group by s.report_id, s.layout, s.member
),"""
    + JUDGED
)

_VIOLATIONS = """
select a.agency_name as agency, j.year, j.report_id, j.previous_report_id, j.layout as forms, j.member, j.verdict,
    j.left_side as "left", j.right_side as "right", j.left_side - j.right_side as difference,
    (
        select string_agg(if(t.year_offset = 0, t.cell, t.cell || ' of the year before'), ', ' order by t.position)
        from term as t
        where t.report_id = j.report_id and t.member = j.member and not exists (
            select 1 from reported as c where c.report_id = t.owner and c.cell = t.cell
        )
    ) as missing,
    y.exception_id as exception
from judged as j
left join {dim_agency} as a on a.agency_id = j.agency_id
left join {fct_year_check} as y on
    y.report_id = j.report_id and y.identity = {identity} and y.member = j.member
where j.verdict in ('violated', 'violated_by_bounds')
order by j.year, agency, j.report_id, j.member"""


def violations_sql(identity: Identity, names: Relations) -> str:
    """Violated instances of ``identity``: as those of one report, with previous_report_id, forms and exception."""
    return _head(identity, names) + _VIOLATIONS.format(
        dim_agency=names.dim_agency, fct_year_check=names.fct_year_check, identity=literal(identity.identity)
    )


def evaluated_sql(identity: Identity, names: Relations) -> str:
    """How many instances of ``identity`` could be judged."""
    return _head(identity, names) + EVALUATED


def _head(identity: Identity, names: Relations) -> str:
    table, found = identity.table_code, []
    change = {(cell.form, cell.address) for cell in declaration().cells if cell.kind == "change"}
    for now, before in product(declaration().form_names, repeat=2):
        for one in year_instances({table: now}, {table: before}):
            if one.identity != identity.identity:
                continue
            terms = [(side, sign, term) for side, sign in (("left", 1), ("right", -1)) for term in getattr(one, side)]
            found += [
                (
                    f"{now}/{before}",
                    one.member,
                    position,
                    side,
                    weight,
                    sign * weight,
                    offset,
                    cell,
                    (now if offset == 0 else before, cell) in change,
                )
                for position, (side, sign, (weight, offset, cell)) in enumerate(terms)
            ]
    return (REPORTED + _HEAD).format(
        spelled=rows(found, 9),
        dim_report=names.dim_report,
        stg_report_tables=names.stg_report_tables,
        table_code=literal(table),
        sums=SUMS,
    )
