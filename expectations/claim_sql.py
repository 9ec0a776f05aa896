"""SQL that holds the numbers claimed in the prose against the cells once more.

Which sentence speaks of which cells is what reading and editing found; the weighted sum of those cells is computed here
from the declared meanings, out of reported values and, where none is reported, of those proved without condition.
"""

from __future__ import annotations

from expectations.literals import literal, rows
from expectations.relations import Relations
from orchestration.form import declaration
from orchestration.form.claims import claim_declaration, meaning_terms

_HEAD = """
with spelled(form, cells, weight, cell) as (
    {spelled}
),
judged as (
    select c.report_id, c.claim_number, any_value(c.agency_id) as agency_id, any_value(c.year) as year,
        any_value(c.line) as line, any_value(c.sentence) as sentence, any_value(c.value) as value,
        any_value(c.cells) as cells, any_value(c.layer) as layer, any_value(c.verdict) as verdict,
        any_value(c.expected) as expected,
        if(
            count(coalesce(r.value, d.value)) = count(*), sum(s.weight * coalesce(r.value, d.value)), null
        ) as counted
    from {fct_prose_claim} as c
    join {stg_report_tables} as t on t.report_id = c.report_id and t.table_code = split_part(c.cells, '/', 1)
    left join spelled as s on s.form = t.form and s.cells = c.cells
    left join {{batch}} as r on
        r.report_id = c.report_id and r.cell = s.cell and r.status = 'reported' and r.layer = 'reported'
    left join {fct_derived_cell} as d on d.report_id = c.report_id and d.cell = s.cell and not d.conditional
    where c.verdict in ('agrees', 'conflicts')
    group by c.report_id, c.claim_number
)"""

_CONFLICTS = """
select a.agency_name as agency, j.year, j.report_id, j.line, j.value as claimed, j.counted as "table",
    j.cells, j.layer, j.sentence
from judged as j left join {dim_agency} as a on a.agency_id = j.agency_id
where j.verdict = 'conflicts' and j.value is distinct from j.counted and j.cells like {table} || '/%'
order by j.year, agency, j.report_id, j.line"""

_OURS = """
select report_id, line, value, expected, counted, cells, verdict, 'its cells add up to another number' as fault
from judged where counted is distinct from expected
union all
select report_id, line, value, expected, counted, cells, verdict, 'a conflict of equal numbers' as fault
from judged where verdict = 'conflicts' and value = counted"""


def claimed_tables() -> list[str]:
    """The tables of which the declared meanings count cells, in declared order."""
    return list(dict.fromkeys(claim_declaration().meaning_tables.values()))


def conflicts_sql(table: str, names: Relations) -> str:
    """Claims about cells of ``table`` that conflict with it: agency, year, line, claimed, table, cells, sentence."""
    return _head(names) + _CONFLICTS.format(dim_agency=names.dim_agency, table=literal(table))


def evaluated_sql(table: str, names: Relations) -> str:
    """How many claims about cells of ``table`` could be judged."""
    return f"{_head(names)}\nselect count(*) from judged where cells like {literal(table)} || '/%'"


def recomputed_sql(names: Relations) -> str:
    """Claims of which the verdict was given on another sum than the cells have."""
    return _head(names) + _OURS


def _head(names: Relations) -> str:
    found = {}
    for form in declaration().form_names:
        for meaning in claim_declaration().meaning_tables:
            terms = meaning_terms(meaning, form)
            cells = ", ".join(address for _, address in terms)
            found |= {(form, cells, address): weight for weight, address in terms}
    spelled = [(form, cells, weight, address) for (form, cells, address), weight in found.items()]
    return _HEAD.format(
        spelled=rows(spelled, 4),
        fct_derived_cell=names.fct_derived_cell,
        fct_prose_claim=names.fct_prose_claim,
        stg_report_tables=names.stg_report_tables,
    )
