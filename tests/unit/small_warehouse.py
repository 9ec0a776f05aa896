"""A small warehouse with the columns of the marts, made by hand from the declared form."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from orchestration.form import declaration

FORM = {"disclosure": "2021", "requests": "2021", "disputes": "2021"}
FORM_2019 = {"disclosure": "2019", "requests": "2019", "disputes": "2019"}
SCHEMA = {
    "report_id": pl.String,
    "agency_id": pl.String,
    "year": pl.Int16,
    "form": pl.String,
    "table_code": pl.String,
    "row_code": pl.String,
    "column_code": pl.String,
    "cell": pl.String,
    "value": pl.Decimal(28, 8),
    "unit": pl.String,
    "status": pl.String,
    "raw": pl.String,
    "line": pl.Int32,
    "place": pl.String,
    "evidence": pl.String,
    "doubt": pl.String,
    "layer": pl.String,
    "is_current": pl.Boolean,
}


def report(report_id: str, year: int = 2022, forms: dict[str, str] | None = None, **changes: object) -> list[dict]:
    """The cells of a report, all reported as 0; ``changes`` give a cell (``__`` for ``/``) another value or status."""
    cells = [cell for table, form in (forms or FORM).items() for cell in declaration().cells_of(form, table)]
    changes = {address.replace("__", "/"): change for address, change in changes.items()}
    assert not set(changes) - {cell.address for cell in cells}
    found = []
    for line, cell in enumerate(cells, 1):
        change = changes.get(cell.address, 0)
        found.append(
            {
                "report_id": report_id,
                "agency_id": f"agency-{report_id}",
                "year": year,
                "form": cell.form,
                "table_code": cell.table_code,
                "row_code": cell.row_code,
                "column_code": cell.column_code,
                "cell": cell.address,
                "value": None if isinstance(change, str) else change,
                "status": change if isinstance(change, str) else "reported",
                "raw": None if isinstance(change, str) else str(change),
                "line": line,
                "evidence": "label",
                "layer": "reported",
                "is_current": True,
            }
        )
    return found


def build(path: Path, cells: list[dict]) -> Path:
    """Write fct_cell, dim_agency and stg_report_tables (every table in ``cells`` was found) to ``path``."""
    frame = pl.DataFrame(cells, schema=SCHEMA)
    with duckdb.connect(str(path)) as warehouse:
        warehouse.execute("create schema core; create schema staging")
        warehouse.register("cells", frame.to_arrow())
        warehouse.execute("create table core.fct_cell as select * from cells")
        warehouse.execute(
            "create table core.dim_agency as select distinct agency_id, '机关' || agency_id as agency_name from cells"
        )
        warehouse.execute(
            "create table staging.stg_report_tables as select distinct report_id, table_code, form from cells"
        )
    return path
