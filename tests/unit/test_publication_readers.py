"""Clients that read the published file: while it is replaced, by other libraries, by an older DuckDB."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import adbc_driver_duckdb
import adbc_driver_manager.dbapi as adbc
import pandas as pd
import polars as pl
import pytest
import sqlalchemy as sa
from publications import ROWS, environment, put

PUBLICATIONS = 6  # a hundred, under eight readers, in test_publication_load.py
# Within a process DuckDB opens a path once: a process that keeps a connection stays with the old file on purpose,
# one that opens anew each time follows.
QUERY = "select number, count(*), (select run_id from publication) from m.fct group by number"
KEEPS = f"""
    import sys, time, pathlib, duckdb
    path, stop = map(pathlib.Path, sys.argv[1:])
    connection = duckdb.connect(str(path), read_only=True)
    first = connection.execute("{QUERY}").fetchall()
    print("ready", flush=True)
    while not stop.exists():
        assert connection.execute("{QUERY}").fetchall() == first == [(0, 20_000, "0")]
        time.sleep(0.05)
"""
FOLLOWS = f"""
    import sys, time, pathlib, duckdb
    path, stop = map(pathlib.Path, sys.argv[1:])
    seen, last = set(), False
    print("ready", flush=True)
    while not last:
        last = stop.exists()
        with duckdb.connect(str(path), read_only=True) as connection:
            (number, count, run_id), = connection.execute("{QUERY}").fetchall()
        assert (count, run_id) == (20_000, str(number))
        assert number >= max(seen, default=0)
        seen.add(number)
        time.sleep(0.05)
    assert max(seen) == int(stop.read_text()) and len(seen) > 1, seen
"""


@pytest.mark.slow
def test_readers_see_one_whole_publication_while_others_follow(tmp_path: Path) -> None:
    warehouse, target, stop = tmp_path / "w.duckdb", tmp_path / "p" / "gongkai.duckdb", tmp_path / "stop"
    put(warehouse, target, 0)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), target, stop],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for script in (KEEPS, FOLLOWS, FOLLOWS)
    ]
    try:
        for reader in readers:
            assert reader.stdout.readline() == "ready\n", reader.stderr.read()
        for number in range(1, PUBLICATIONS + 1):
            put(warehouse, target, number)
        stop.with_name("stopping").write_text(str(PUBLICATIONS))
        stop.with_name("stopping").replace(stop)
        for reader in readers:
            _, errors = reader.communicate(timeout=120)
            assert reader.returncode == 0, errors
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()


def test_sqlalchemy_and_polars_read_it(tmp_path: Path) -> None:
    path = put(tmp_path / "w.duckdb", tmp_path / "gongkai.duckdb", 7)
    engine = sa.create_engine(f"duckdb:///{path}", connect_args={"read_only": True})
    with engine.connect() as connection:
        assert connection.execute(sa.text("select sum(value) from m.fct where i < 4")).scalar_one() == 6
        columns = sa.inspect(engine).get_columns("fct", schema="m")
        assert [(column["name"], column["comment"]) for column in columns][2] == ("value", "值")
        frame = pl.read_database("select * from m.fct order by i limit 2", connection)
    engine.dispose()
    assert frame["terms"].to_list() == [["甲"], ["甲"]]
    assert frame["value"].to_list() == [0, 1]


def test_pandas_reads_it(tmp_path: Path) -> None:
    path = put(tmp_path / "w.duckdb", tmp_path / "gongkai.duckdb", 7)
    engine = sa.create_engine(f"duckdb:///{path}", connect_args={"read_only": True})
    with engine.connect() as connection:
        frame = pd.read_sql(sa.text("select i, value from m.fct order by i limit 3"), connection)
    engine.dispose()
    assert frame["value"].tolist() == [0, 1, 2]
    parquet = pd.read_parquet(path.resolve().parent / "parquet" / "m.fct.parquet", columns=["i"])
    assert len(parquet) == ROWS


def test_adbc_reads_it_and_cannot_write(tmp_path: Path) -> None:
    path = put(tmp_path / "w.duckdb", tmp_path / "gongkai.duckdb", 7)
    options = {"path": str(path), "access_mode": "READ_ONLY"}
    with (
        adbc.connect(
            driver=adbc_driver_duckdb.driver_path(), entrypoint="duckdb_adbc_init", db_kwargs=options
        ) as database,
        database.cursor() as cursor,
    ):
        cursor.execute("select i, value from m.fct order by i limit 2")
        assert pl.from_arrow(cursor.fetch_arrow_table()).rows() == [(0, 0), (1, 1)]
        with pytest.raises(adbc.Error, match="read-only"):
            cursor.execute("create table x as select 1")


@pytest.mark.slow
def test_an_older_duckdb_opens_it(tmp_path: Path) -> None:
    path = put(tmp_path / "w.duckdb", tmp_path / "gongkai.duckdb", 7)
    python = environment(tmp_path / "older", "duckdb==1.5.*")
    script = """
        import sys, duckdb
        assert duckdb.__version__.startswith("1.5."), duckdb.__version__
        with duckdb.connect(sys.argv[1], read_only=True) as connection:
            print(connection.execute("select sum(value), any_value(terms) from m.fct where i < 4").fetchone())
            print(connection.execute("select comment from duckdb_columns() where column_name = 'value'").fetchone())
            print(connection.execute("select run_id, storage_version from publication").fetchone())
    """
    command = [python, "-c", textwrap.dedent(script), path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "(Decimal('6.00000000'), ['甲'])\n('值',)\n('7', 'v1.0.0')\n"
