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
    "year": pl.Int32,
    "form": pl.String,
    "table_code": pl.String,
    "row_code": pl.String,
    "column_code": pl.String,
    "cell": pl.String,
    "value": pl.Decimal(28, 8),
    "unit": pl.String,
    "unit_source": pl.String,
    "status": pl.String,
    "raw": pl.String,
    "line": pl.Int32,
    "place": pl.String,
    "evidence": pl.String,
    "doubt": pl.String,
    "layer": pl.String,
    "is_current": pl.Boolean,
}


def report(
    report_id: str, year: int = 2022, forms: dict[str, str] | None = None, agency: str | None = None, **changes: object
) -> list[dict]:
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
                "agency_id": agency or f"agency-{report_id}",
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


def build(path: Path, cells: list[dict], **tables: list[dict]) -> Path:
    """Write the tables that the expectations read to ``path``: those of ``cells``, and rows of the ``tables`` named.

    Every table in ``cells`` was found; a report is current where its cells say so, and has the level that its row of
    ``headings`` gives it, if any.
    """
    headings = {row["report_id"]: row for row in tables.pop("headings", [])}
    with duckdb.connect(str(path)) as warehouse:
        warehouse.execute("create schema core; create schema quality; create schema staging")
        warehouse.register("cells", pl.DataFrame(cells, schema=SCHEMA).to_arrow())
        warehouse.execute(FROM_CELLS)
        warehouse.execute(
            "create table staging.stg_report_headings (report_id varchar, level varchar, set_aside varchar)"
        )
        for report_id in dict.fromkeys(cell["report_id"] for cell in cells):
            level = headings.get(report_id, {}).get("level")
            warehouse.execute("insert into staging.stg_report_headings values (?, ?, null)", [report_id, level])
        for name, schema in FOUND.items():
            rows = pl.DataFrame(tables.get(name, []), schema=schema)
            warehouse.register("rows", rows.to_arrow())
            warehouse.execute(f"create table quality.{name} as select * from rows")
    return path


FROM_CELLS = """
create table core.fct_cell as select * from cells;
create table core.dim_agency as select distinct agency_id, '机关' || agency_id as agency_name from cells;
create table core.dim_report as select distinct report_id, agency_id, year, is_current from cells;
create table staging.stg_report_tables as select distinct report_id, table_code, form from cells;
"""
KEY = {"report_id": pl.String, "agency_id": pl.String, "year": pl.Int32}
NUMBER = pl.Decimal(28, 8)
FOUND = {
    "fct_derived_cell": {**KEY, "cell": pl.String, "value": NUMBER, "conditional": pl.Boolean},
    "fct_plausibility_check": {
        **KEY,
        "rule": pl.String,
        "member": pl.String,
        "value": NUMBER,
        "limit_value": NUMBER,
        "sentence": pl.String,
    },
    "fct_prose_claim": {
        **KEY,
        "claim_number": pl.Int32,
        "line": pl.Int32,
        "sentence": pl.String,
        "value": NUMBER,
        "cells": pl.String,
        "expected": NUMBER,
        "layer": pl.String,
        "verdict": pl.String,
    },
    "fct_year_check": {**KEY, "identity": pl.String, "member": pl.String, "exception_id": pl.String},
}
