"""SQL for what we owe the reader whatever a report says: every cell of its forms, once, in declared codes."""

from __future__ import annotations

from collections.abc import Iterable

from expectations.literals import literal, rows
from orchestration.form import declaration

# Counts first: only a table whose counts are wrong is spelled out cell by cell. A cell that stands twice in place of
# another is found by the check of the key.
_CELLS_OF_FORMS = """
with fact as not materialized (select * from {{batch}} where layer = 'reported'),
declared(form, table_code, cell) as (
    {declared}
),
whole as (select form, table_code, count(*) as cells from declared group by form, table_code),
seen as (
    select c.report_id, c.table_code, c.form, count(*) as cells, count(d.cell) as known
    from fact as c
    left join declared as d on d.form = c.form and d.table_code = c.table_code and d.cell = c.cell
    group by c.report_id, c.table_code, c.form
),
wrong as (
    select s.* from seen as s left join whole as w using (form, table_code)
    where s.cells is distinct from w.cells or s.known is distinct from w.cells
)
select w.report_id, w.table_code, w.form, d.cell, 'cell is missing' as fault
from wrong as w join declared as d using (form, table_code)
where not exists (
    select 1 from fact as c where c.report_id = w.report_id and c.form = w.form and c.cell = d.cell
)
union all
select w.report_id, w.table_code, w.form, c.cell, 'cell is not of the form' as fault
from wrong as w join fact as c on
    c.report_id = w.report_id and c.table_code = w.table_code and c.form is not distinct from w.form
where not exists (select 1 from declared as d where d.form = c.form and d.cell = c.cell)
union all
select report_id, table_code, string_agg(form, ', ' order by form), null, 'table has cells of several forms'
from seen group by report_id, table_code having count(*) > 1"""

# reading says which tables it found; a table that has no cells at all would pass every check on fct_cell
_TABLES_KEPT = """
with fact as not materialized (select * from {{batch}} where layer = 'reported')
select t.report_id, t.table_code, t.form, 'table was read and has no cells' as fault
from {report_tables} as t
where t.form is not null and not exists (
    select 1 from fact as c
    where c.report_id = t.report_id and c.table_code = t.table_code and c.form = t.form
)"""

ADDRESS = """
select report_id, cell, table_code, row_code, column_code from {batch}
where cell is distinct from concat_ws('/', table_code, row_code, column_code)"""

VALUE = """
select report_id, cell, status, value, raw from {batch}
where layer = 'reported' and (status is not distinct from 'reported') <> (value is not null)"""

CURRENT = """
select agency_id, year, count(distinct report_id) as reports, string_agg(distinct report_id, ', ') as report_ids
from {batch} where is_current group by agency_id, year having count(distinct report_id) > 1"""


def types_sql(columns: Iterable[tuple[str, str, bool]]) -> str:
    """Columns (name, type, …) whose values are of another type than the one told."""
    kinds = [
        f'select {literal(name)} as "column", typeof({name}) as "type", {literal(told.upper())} as told\nfrom first'
        for name, told, _ in columns
    ]
    # one row is enough: a column has one type
    return (
        "with first as (select * from {batch} limit 1)\nselect * from (\n"
        + "\nunion all\n".join(kinds)
        + "\n)\nwhere replace(\"type\", ' ', '') <> told"
    )


def cells_of_forms_sql() -> str:
    """Cells that a report lacks or has in excess of its forms, and tables with cells of two forms."""
    declared = [(cell.form, cell.table_code, cell.address) for cell in declaration().cells]
    return _CELLS_OF_FORMS.format(declared=rows(declared, 3))


def tables_kept_sql(report_tables: str) -> str:
    """Tables that reading found (``report_tables``, qualified) and that have no cell in fct_cell."""
    return _TABLES_KEPT.format(report_tables=report_tables)
