"""SQL of the declared plausibility rules: what is unlikely in a report though no identity forbids it.

A rule on cells is asked of the cells themselves. A rule on sentences, or one that compares amounts of money, is asked
of the values that editing found in the text, which is not in the warehouse.
"""

from __future__ import annotations

from expectations.literals import literal, rows
from expectations.relations import Relations
from orchestration.form import declaration
from orchestration.form.plausibility import PlausibilityRule

_FAILS = {
    "at_most": "value > limit_value",
    "multiple_of": "value % limit_value <> 0",
    "decimals_at_most": "round(value, {limit}) <> value",
    "differs_from": "value = limit_value",
}

_OF_CELLS = """
with cell(form, cell) as (
    {cells}
),
judged as (
    select c.report_id, c.agency_id, c.year, c.cell as member, c.value, {limit} as limit_value, null as sentence
    from {{batch}} as c join cell as d on d.form = c.form and d.cell = c.cell
    join {stg_report_headings} as h on h.report_id = c.report_id and h.set_aside is null{conditions}
    where c.status = 'reported' and c.value is not null and c.layer = 'reported'
)"""

# the batch is named, so that Great Expectations knows what the query is about
_OF_FINDINGS = """
with judged as (
    select p.report_id, p.agency_id, p.year, p.member, p.value, p.limit_value, p.sentence
    from {fct_plausibility_check} as p
    where p.rule = {rule} and p.report_id in (select report_id from {{batch}})
)"""

_FAILING = """
select a.agency_name as agency, j.year, j.report_id, j.member, j.value, j.limit_value as "limit", j.sentence
from judged as j left join {dim_agency} as a on a.agency_id = j.agency_id
where {fails}
order by j.year, agency, j.report_id, j.member"""


def failing_sql(rule: PlausibilityRule, names: Relations) -> str:
    """What the rule finds implausible: agency, year, report_id, member, value, limit, sentence."""
    fails = _FAILS[rule.test].format(limit=rule.limit)
    return _head(rule, names) + _FAILING.format(dim_agency=names.dim_agency, fails=fails)


def evaluated_sql(rule: PlausibilityRule, names: Relations) -> str:
    """How many cells or findings the rule was asked of."""
    return f"{_head(rule, names)}\nselect count(*) from judged"


def _head(rule: PlausibilityRule, names: Relations) -> str:
    if rule.subject != "cell" or rule.test == "differs_from":
        return _OF_FINDINGS.format(fct_plausibility_check=names.fct_plausibility_check, rule=literal(rule.rule))
    cells = [
        (cell.form, cell.address)
        for cell in declaration().cells
        if rule.form in ("", cell.form)
        and rule.table_code in ("", cell.table_code)
        and rule.row_code in ("", cell.row_code)
        and rule.column_code in ("", cell.column_code)
        and rule.cell_kind in ("", cell.kind)
    ]
    conditions = "".join(
        f"\n        and h.{column} in ({', '.join(literal(value) for value in values)})"
        for column, values in rule.conditions
    )
    return _OF_CELLS.format(
        cells=rows(cells, 2),
        limit=f"cast({rule.limit} as decimal(28, 8))",
        stg_report_headings=names.stg_report_headings,
        conditions=conditions,
    )
