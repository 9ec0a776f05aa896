"""A small published file made without dbt: the tables of the contracts, a few reports judged by the library in them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl
import yaml

from orchestration.editing import examine_one
from orchestration.form import declaration
from orchestration.publication.versions import COLUMNS

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
FORMS = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
SOUND = {
    f"requests/{row}/{column}": value
    for row, value in {"received": 12, "carried_in": 1, "granted": 8, "processed_total": 8, "carried_out": 5}.items()
    for column in ("natural_person", "total")
}
PLANTED = SOUND | {"requests/received/total": 15}  # 12 of natural persons, nothing else
HOSTILE = "<img src=x onerror=\"document.title='owned'\">**粗** ![图](http://evil.example/x.png) :red[红] $x$ 局"
FORMULA = '=HYPERLINK("http://evil.example","点我")'


@lru_cache(maxsize=1)
def contracts() -> dict[str, dict[str, str]]:
    """Table to columns and types, of all marts and of the tables of publication."""
    found = {table: {name: kind for name, (kind, _) in columns.items()} for table, columns in COLUMNS.items()}
    for path in sorted((PROJECT / "models" / "marts").rglob("_*.yml")):
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("models", []):
            types = {column["name"]: column.get("data_type") for column in model.get("columns", [])}
            if types and all(types.values()):
                found[model["name"]] = types
    return found


def rows_of(number: int, agency: str, year: int, changes: dict[str, object]) -> dict[str, list[dict]]:
    """A report and what the library says of it, by table; cells not in ``changes`` are 0, text is a status."""
    key = {"report_id": f"{number:064x}", "agency_id": f"agency-{agency}", "year": year}
    known = key | {"agency_name": agency, "region_code": "410303", "region_name": "西工区", "level": "county"}
    known |= {"organ_type": "department", "province_name": "河南省", "prefecture_name": "洛阳市"}
    current = {"is_current": True, "layer": "reported"}
    rows: dict[str, list[dict]] = {name: [] for name in contracts()}
    cells = [cell for table in FORMS for cell in declaration().cells_of("2021", table)]
    values = {cell.address: changes.get(cell.address, 0) for cell in cells}
    numbers = {address: Decimal(value) for address, value in values.items() if not isinstance(value, str)}
    for line, cell in enumerate(cells, 1):
        value = values[cell.address]
        status = value if isinstance(value, str) else "reported"
        raw = f"<b>{value}</b>" if status == "reported" else None
        told = {"cell": cell.address, "value": numbers.get(cell.address), "status": status, "raw": raw, "line": line}
        told |= {name: getattr(cell, name) for name in ("form", "table_code", "row_code", "column_code")}
        rows["fct_cell"].append(key | current | told | {"evidence": "label"})
        rows["source_line"].append(key | {"line": line, "text": f"<script>alert({line})</script> {cell.address}"})
    found = examine_one(FORMS, numbers)
    names = {identity.identity: identity for identity in declaration().identities}
    for judged in found.judgements:
        rule = names[judged.identity]
        told = {
            "identity": judged.identity,
            "member": judged.member,
            "verdict": judged.verdict,
            "severity": rule.severity,
        }
        told |= {"left_side": judged.left, "right_side": judged.right, "difference": judged.difference}
        told |= {"name_zh": rule.name_zh, "name_en": rule.name_en, "verdict_after": judged.verdict}
        rows["fct_identity_check"].append(key | current | told)
    for component, part in enumerate(found.edits, 1):
        for rank, solution in enumerate(part.solutions, 1):
            for edit in solution:
                told = {"component": component, "certainty": part.certainty, "solution_rank": rank, "cell": edit.cell}
                told |= {"identities": ", ".join("/".join(name) for name in part.identities)}
                told |= {"value_from": edit.old, "value_to": edit.new, "edit_number": len(rows["fct_cell_edit"]) + 1}
                rows["fct_cell_edit"].append(key | {"is_current": True} | told)
    violated = sum(judged.verdict == "violated" for judged in found.judgements)
    forms = {f"{table}_form": form for table, form in FORMS.items()}
    rows["dim_report"].append(known | forms | {"is_current": True, "path": f"{number}.txt"})
    rows["dim_agency"].append(known | {"first_year": year, "last_year": year, "reports": 1, "names": 1})
    rows["dim_agency_history"].append(known | {"version": 1, "valid_from": year, "reports": 1})
    wide = {name: numbers.get(f"requests/{name}/total") for name in ("received", "processed_total", "granted")}
    wide |= {"cells": len(cells), "cells_reported": len(numbers), "cells_doubtful": 0, "violations": violated}
    rate = {"disclosure_rate": None, "disclosure_rate_base": 0}  # a base of zero: undefined
    rows["mart_agency_year"].append(known | forms | wide | rate | {"name_in_report": agency})
    rows["mart_timeliness"].append(key | {"is_expected": True, "timeliness": "on_time"})
    rows["mart_agency_quality"].append(known | {"problems": 1, "claims_conflicts": 0, "year_breaks": 0})
    problem = {"code": "label_lost", "kind": "doubt", "name_zh": "行标签缺失", "name_en": "Row label lost", "line": 3}
    rows["fct_reading_problem"].append(key | problem | {"message": f"row <i>{agency}</i>", "is_current": True})
    return rows


def shared_rows(published_at: datetime, reports: int) -> dict[str, list[dict]]:
    """What is not of one report: the publication, regions, a run of checks, a file set aside, a difference."""
    region = {
        "region_code": "410303",
        "region_name": "西工区",
        "province_name": "河南省",
        "full_name": "河南省洛阳市西工区",
    }
    summed = {"year": 2023, "level": "county", "organ_type": "department", "region_level": "county", "reports": reports}
    summed |= {"disclosure_rate": 0.5, "disclosure_rate_numerator": 8, "disclosure_rate_base": 16}
    summed |= {"disclosure_rate_reports": 1, "denial_rate_reports": 0}
    check = {"run_id": "run-1", "checked_at": published_at, "suite": "report_identities", "evaluated": 40}
    aside = {
        "report_id": "f" * 64,
        "path": "坏.pdf",
        "code": "broken_file",
        "name_zh": "文件损坏",
        "name_en": "Broken file",
    }
    aside |= {"remedy_zh": "重新取得文件。", "remedy_en": "Fetch it again."}
    return {
        "publication": [{"published_at": published_at, "code_version": "test", "form_version": "test"}],
        "dim_region": [region],
        "mart_region_year": [region | summed],
        "check_history": [
            check | {"expectation": "balance", "identity": "balance", "success": False, "unexpected": 1},
            check | {"expectation": "domain", "identity": "domain", "success": True, "unexpected": 0},
        ],
        "set_aside_report": [aside],
        "publication_difference": [{"kind": "report", "change": "added", "item": "1.txt", "items": 1}],
    }


def publish(path: Path, reports: list[tuple[str, int, dict]], published_at: datetime | None = None) -> Path:
    """Write (agency, year, cells) to a file that takes the place of the one at ``path``, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name("made.duckdb")
    made.unlink(missing_ok=True)
    rows = shared_rows(published_at or datetime(2024, 3, 1, 8), len(reports))
    for number, report in enumerate(reports, 1):
        for table, found in rows_of(number, *report).items():
            known = rows.setdefault(table, [])
            known += [row for row in found if table != "dim_agency" or row["agency_id"] not in _agencies(known)]
    with duckdb.connect(str(made)) as connection:
        connection.execute("create schema form; create schema reference")
        metrics = PROJECT / "seeds" / "reference" / "metrics.csv"
        connection.execute(f"create table reference.metrics as select * from read_csv('{metrics}', header = true)")
        for table, columns in contracts().items():
            declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            connection.execute(f"create table {table} ({declared})")
            _insert(connection, table, rows.get(table, []), columns)
    made.replace(path)
    return path


def _agencies(rows: list[dict]) -> set[str]:
    return {row["agency_id"] for row in rows}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict], columns: dict[str, str]) -> None:
    used = [name for name in columns if any(name in row for row in rows)]
    if not used:
        return
    names = ", ".join(f'"{name}"' for name in used)
    texts = {name: [None if row.get(name) is None else str(row[name]) for row in rows] for name in used}
    connection.register("texts", pl.DataFrame(texts, schema=dict.fromkeys(used, pl.String)).to_arrow())
    connection.execute(f"insert into {table} ({names}) select {names} from texts")
    connection.unregister("texts")
