"""The published copy: what it holds, when it is refused, and that a failure leaves the old file as it was."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.publication import (
    CheckOutcome,
    CopyError,
    PublicationRefused,
    Stamp,
    copying,
    form_version,
    publish,
    publishing,
    refusals,
)

STAMP = Stamp(code_version="0.1.0", run_id="run-1")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Marts with a key, a foreign key and comments; a view mart; staging and intermediate models; a Parquet file."""
    path = tmp_path / "warehouse" / "gongkai.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        lake = tmp_path / "history.parquet"
        connection.execute(f"copy (select 'run-1' as run_id, 3::decimal(28, 8) as unexpected) to '{lake}'")
        connection.execute(
            f"""
            create schema staging; create schema core; create schema quality; create schema intermediate;
            create view staging.stg_history as select * from read_parquet('{tmp_path}/*.parquet');
            create table core.zz_agency (agency_id varchar primary key, agency_name varchar not null);
            insert into core.zz_agency values ('a', '西工区'), ('b', '天门市');
            create table core.fct_cell (
                report_id varchar, cell varchar, agency_id varchar references core.zz_agency (agency_id),
                value decimal(28, 8), terms varchar[], primary key (report_id, cell)
            );
            insert into core.fct_cell values ('r', 'x/y/z', 'a', 1.5, ['x']), ('r', 'x/y/w', 'b', null, null);
            comment on table core.fct_cell is 'Each cell''s value';
            comment on column core.fct_cell.value is 'exact';
            create view quality.check_history as select * from "gongkai"."staging"."stg_history";
            comment on view quality.check_history is 'Results of checks';
            comment on column quality.check_history.run_id is 'the run';
            create table intermediate.helper as select 1 as x;
            create table main.int_helper as select 1 as x;
            create table main.form_rows as select 'received' as row_code;
            """
        )
    return path


PLACES = ["current", "gongkai.duckdb", "releases"]


def releases(path: Path) -> list[Path]:
    return sorted((path.parent / "releases").iterdir())


def everything(folder: Path) -> dict[str, object]:
    """Each file with its bytes, each link with its target."""
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def published(warehouse: Path, tmp_path: Path, stamp: Stamp = STAMP) -> Path:
    return publish(warehouse, tmp_path / "published" / "gongkai.duckdb", stamp, checks=[], required=[]).path


def test_holds_the_marts_and_nothing_that_points_outside(warehouse: Path, tmp_path: Path) -> None:
    path = published(warehouse, tmp_path)
    (tmp_path / "history.parquet").unlink()
    moved = path.resolve().rename(tmp_path / "elsewhere.duckdb")
    with duckdb.connect(str(moved), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name, table_type from information_schema.tables"
        ).fetchall()
        assert dict(tables) == dict.fromkeys(
            [
                "core.zz_agency",
                "core.fct_cell",
                "quality.check_history",
                "main.form_rows",
                "main.publication",
                "main.publication_difference",
                "main.publication_table",
            ],
            "BASE TABLE",
        )
        assert connection.execute("select run_id, unexpected from quality.check_history").fetchall() == [("run-1", 3)]
        assert connection.execute("select value, terms from core.fct_cell order by cell desc").fetchall() == [
            (1.5, ["x"]),
            (None, None),
        ]


def test_keeps_comments_types_keys_and_constraints(warehouse: Path, tmp_path: Path) -> None:
    described = (
        "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() "
        "where not internal and schema_name in ('core', 'quality') order by all"
    )
    constraints = "select constraint_text from duckdb_constraints() where schema_name = 'core' order by all"
    found = []
    for path in (warehouse, published(warehouse, tmp_path)):
        with duckdb.connect(str(path), read_only=True) as connection:
            found.append((connection.execute(described).fetchall(), connection.execute(constraints).fetchall()))
            comments = connection.execute(
                "select comment from duckdb_tables() where table_name = 'fct_cell' union all "
                "select comment from (from duckdb_tables() union all by name from duckdb_views()) "
                "where coalesce(table_name, view_name) = 'check_history'"
            ).fetchall()
            assert comments == [("Each cell's value",), ("Results of checks",)]
    assert found[0] == found[1]
    assert any("FOREIGN KEY" in text for (text,) in found[1][1])


def test_is_stamped_and_every_column_of_the_stamp_described(warehouse: Path, tmp_path: Path) -> None:
    done = publish(
        warehouse,
        tmp_path / "p.duckdb",
        Stamp("0.1.0", "run-1", datetime(2026, 1, 2, 3, tzinfo=UTC)),
        checks=[],
        required=[],
    )
    with duckdb.connect(str(done.path), read_only=True) as connection:
        row = connection.execute("select * from publication").fetchone()
        names = [column[0] for column in connection.description]
        stamp = dict(zip(names, row, strict=True))
        assert stamp["published_at"] == datetime(2026, 1, 2, 3) == done.published_at
        assert (stamp["code_version"], stamp["run_id"]) == ("0.1.0", "run-1")
        assert stamp["form_version"] == form_version() == done.form_version
        assert stamp["schema_version"] == done.schema_version
        assert (stamp["table_count"], stamp["row_count"]) == (4, 6)
        listed = connection.execute("select schema_name || '.' || table_name, row_count from publication_table")
        assert (
            dict(listed.fetchall())
            == done.tables
            == {
                "core.fct_cell": 2,
                "core.zz_agency": 2,
                "quality.check_history": 1,
                "main.form_rows": 1,
            }
        )
        bare = "select count(*) from duckdb_columns() where table_name like 'publication%' and comment is null"
        assert connection.execute(bare).fetchone() == (0,)


def test_versions_follow_what_they_stand_for(warehouse: Path, tmp_path: Path) -> None:
    def versions() -> tuple[str, str]:
        done = publish(warehouse, tmp_path / "p.duckdb", STAMP, checks=[], required=[])
        return done.form_version, done.schema_version

    before = versions()
    assert versions() == before
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("insert into core.zz_agency values ('c', '卫辉市')")
    assert versions() == before
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("alter table main.form_rows add column form varchar")
    assert versions()[1] != before[1]

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "rows.csv").write_text("row_code\nreceived\n")
    one = form_version(tmp_path / "seeds")
    (tmp_path / "seeds" / "rows.csv").write_text("row_code\ncarried_in\n")
    assert one != form_version(tmp_path / "seeds")


def test_is_read_only_and_leaves_nothing_beside_itself(warehouse: Path, tmp_path: Path) -> None:
    for _ in range(2):
        path = published(warehouse, tmp_path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o444
        assert sorted(entry.name for entry in path.parent.iterdir()) == PLACES
    with duckdb.connect(str(warehouse)) as connection:  # released at once: dbt can write again
        connection.execute("create table core.more (x integer)")


def test_a_stale_log_is_not_replayed_into_the_new_file(warehouse: Path, tmp_path: Path) -> None:
    path = published(warehouse, tmp_path)
    path.with_name("gongkai.duckdb.wal").write_bytes(b"left by another")
    published(warehouse, tmp_path)
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select count(*) from core.fct_cell").fetchone() == (2,)


def test_what_a_killed_publication_left_is_removed(warehouse: Path, tmp_path: Path) -> None:
    path = published(warehouse, tmp_path)
    (path.parent / ".publishing-dead").mkdir()
    (path.parent / ".publishing-dead" / "gongkai.duckdb").write_bytes(b"half")
    (path.parent / "releases" / "000002").mkdir()  # made, and killed before it came into place
    published(warehouse, tmp_path)
    assert sorted(entry.name for entry in path.parent.iterdir()) == PLACES
    assert [release.name for release in releases(path)] == ["000001", "000002"]


@pytest.mark.parametrize(
    "step",
    ["_fill", "_compared", "_verify", "write_stamp", "write_differences", "write_beside", "sync", "place", "replace"],
)
def test_a_failure_leaves_the_old_file_and_no_litter(
    step: str, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = published(warehouse, tmp_path)
    found = everything(path.parent)

    def fail(*_: object) -> None:
        raise OSError("No space left on device")

    owner = Path if step == "replace" else copying if hasattr(copying, step) else publishing
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OSError, match="No space left"):
        published(warehouse, tmp_path)
    assert everything(path.parent) == found
    monkeypatch.undo()
    published(warehouse, tmp_path)


def test_a_copy_that_lost_rows_or_comments_is_not_published(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = copying._fill
    damage = ""

    def lose(connection: duckdb.DuckDBPyConnection, relation: copying.Relation) -> None:
        fill(connection, relation)
        if relation.name == "form_rows":
            connection.execute(damage)

    monkeypatch.setattr(copying, "_fill", lose)
    for damage, said in (  # noqa: B007, lose() reads it
        ("delete from warehouse_copy.main.form_rows", "1 rows became 0"),
        ("comment on table warehouse_copy.main.form_rows is 'x'", "comments, columns or types differ"),
        ("alter table warehouse_copy.main.form_rows alter row_code set data type blob", "types differ"),
    ):
        with pytest.raises(CopyError, match=said):
            published(warehouse, tmp_path)
    assert not list((tmp_path / "published").iterdir())


def test_an_empty_or_missing_warehouse_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error, match="nowhere"):
        published(tmp_path / "nowhere.duckdb", tmp_path)
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(CopyError, match="nothing to publish"):
        published(tmp_path / "empty.duckdb", tmp_path)
    assert not list((tmp_path / "published").iterdir())


def test_refused_for_our_own_faults_only(warehouse: Path, tmp_path: Path) -> None:
    checks = [
        CheckOutcome("key_unique", blocking=True, passed=True),
        CheckOutcome("balance", blocking=False, passed=False, detail="3 violations"),
    ]
    assert refusals(checks, ["key_unique", "balance"]) == []
    for check, said in (
        (
            CheckOutcome("cells_of_forms", blocking=True, passed=False, detail="2 rows"),
            "cells_of_forms failed (2 rows)",
        ),
        (
            CheckOutcome("outcomes", blocking=False, passed=None, detail="Binder Error"),
            "outcomes crashed (Binder Error)",
        ),
    ):
        assert refusals([*checks, check], []) == [said]
    assert refusals(checks, ["domain"]) == ["domain did not run"]

    target = tmp_path / "p.duckdb"
    with pytest.raises(PublicationRefused, match="domain did not run") as refused:
        publish(warehouse, target, STAMP, checks=checks, required=["domain"])
    assert refused.value.reasons == ["domain did not run"]
    assert not target.exists()
