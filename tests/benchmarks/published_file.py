"""A published file as large as a province's or the nation's: a small warehouse that dbt built, copied many times over.

What is drawn from it: tables with a ``report_id`` or ``agency_id`` grow with the copies, under identifiers of their
own; dimensions, reference tables and the marts over regions stay as they are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import duckdb
import polars as pl

from orchestration.publication.copying import copy_warehouse
from orchestration.publication.versions import Stamp

sys.path.append(str(Path(__file__).parents[1] / "dbt"))
KEYS = {
    "report_id",
    "previous_report_id",
    "other_report_id",
    "corrects",
    "corrected_by",
    "agency_id",
    "other_agency_id",
}


def small(home: Path, agencies: int) -> Path:
    """Publish a synthetic corpus of so many agencies over five years, built by dbt; takes a minute or more."""
    from dbt_runs import dbt
    from synthetic_lake import write

    target = home / "published" / "gongkai.duckdb"
    if target.exists():
        return target
    home.mkdir(parents=True, exist_ok=True)
    write(troubled(agencies), home)
    outcome = dbt(home, ["seed"], ["run"])
    if outcome.code:
        raise RuntimeError(outcome.output[-4000:])
    target.parent.mkdir(parents=True, exist_ok=True)
    copy_warehouse(home / "warehouse" / "gongkai.duckdb", target, Stamp("benchmark"))
    return target


def troubled(agencies: int, seed: int = 1) -> dict[str, pl.DataFrame]:
    """The lake of a corpus in which every twentieth report has a wrong number, and every fifth a reading problem."""
    from corpus import corpus

    from orchestration.editing import find

    rng, made = Random(seed), corpus(agencies)
    for one in rng.sample(made.filed, len(made.filed) // 20):
        address = rng.choice(["requests/received/total", "requests/processed_total/natural_person"])
        one.report.values[address] = int(one.report.values[address] or 0) + rng.randint(1, 9)
    lake = made.lake()
    found = find(lake["report_cells"], lake["report_tables"])
    codes = ["label_lost", "short_row", "column_uncertain", "values_missing", "row_not_found"]
    problems = [
        {"report_id": one.report_id, "year": one.year, "code": rng.choice(codes), "message": "…", "line": 40}
        for one in rng.sample(made.filed, len(made.filed) // 5)
    ]
    schema = lake["reading_problems"].schema
    rows = [{column: problem.get(column) for column in schema} for problem in problems]
    return lake | {
        "cell_edits": found.edits,
        "derived_cells": found.derived,
        "identity_checks_after": found.after,
        "reading_problems": pl.DataFrame(rows, schema=schema),
    }


def multiply(source: Path, target: Path, reports: int) -> int:
    """Write ``source`` to ``target`` so often that it holds at least so many reports; returns how many it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    making = target.with_name("making.duckdb")
    making.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{source}' as small (read_only)")
        connection.execute(f"attach '{making}' as large (storage_version 'v1.0.0')")
        held = connection.execute("select count(*) from small.main.dim_report").fetchall()[0][0]
        copies = -(-reports // held)
        connection.execute("copy from database small to large (schema)")
        tables = connection.execute(
            "select schema_name, table_name, list(column_name order by column_index) from duckdb_columns() "
            "where database_name = 'small' and not internal group by all"
        ).fetchall()
        for schema, table, columns in tables:
            name = f'"{schema}"."{table}"'
            if not KEYS & set(columns):
                connection.execute(f"insert into large.{name} select * from small.{name}")
                continue
            changed = ", ".join(_copied(column) for column in columns)
            for number in range(copies):
                connection.execute(f"insert into large.{name} select {changed.format(n=number)} from small.{name}")
        connection.execute("checkpoint large")
        connection.execute("detach large")
    making.replace(target)
    return held * copies


def _copied(column: str) -> str:
    """A column of a copy: keys are made different, names are numbered so that agencies can be told apart."""
    if column in KEYS:
        return f"""case when "{column}" is not null then md5("{column}" || '/{{n}}') end as "{column}\""""
    if column == "agency_name":
        return f"""regexp_replace("{column}", '$', '·{{n}}') as "{column}\""""
    return f'"{column}"'
