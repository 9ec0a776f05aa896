"""What a publication changes against the one before: told by thing, counted for whole reports, or unknown."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.presenting.changes import change_lines
from orchestration.publication import Published, Stamp, publish

AGENCIES = [("a", "西工区"), ("b", "天门市")]
REPORTS = [("r1", "a", "西工区", 2022, "one.txt"), ("r2", "b", "天门市", 2023, "two.txt")]
CELLS = [("r1", "x/y/z", "1.50", "reported"), ("r1", "x/y/w", None, "blank"), ("r2", "x/y/z", "7", "reported")]
VERDICTS = [("r1", "balance", "total", "holds"), ("r2", "balance", "total", "violated")]
ROWS = "select kind, change, agency_name, year, report_id, item, before, after, items from publication_difference"


class Files:
    """A warehouse that is built anew from lists and published to one place."""

    def __init__(self, folder: Path) -> None:
        self.warehouse, self.target = folder / "w.duckdb", folder / "p" / "gongkai.duckdb"

    def publish(self, agencies=AGENCIES, reports=REPORTS, cells=CELLS, verdicts=VERDICTS, also: str = "") -> Published:
        self.warehouse.unlink(missing_ok=True)
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute(
                """
                create table dim_agency (agency_id varchar, agency_name varchar);
                create table dim_report (
                    report_id varchar, agency_id varchar, agency_name varchar, year integer, path varchar
                );
                create table fct_cell (report_id varchar, cell varchar, value decimal(28, 8), status varchar);
                create table fct_identity_check (report_id varchar, identity varchar, member varchar, verdict varchar);
                """
            )
            tables = ("dim_agency", "dim_report", "fct_cell", "fct_identity_check")
            for table, rows in zip(tables, (agencies, reports, cells, verdicts), strict=True):
                for row in rows:
                    connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)
            connection.execute(also or "select 1")
        return publish(self.warehouse, self.target, Stamp("0.1.0"), checks=[], required=[])

    def rows(self, sql: str = f"{ROWS} order by all") -> list[tuple]:
        with duckdb.connect(str(self.target), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_the_first_and_the_same_again_change_nothing(files: Files) -> None:
    done = files.publish()
    assert (done.comparison, done.differences, files.rows()) == ("first", {}, [])
    again = files.publish()
    assert (again.comparison, again.differences, files.rows()) == ("compared", {}, [])
    row = files.rows("select previous_published_at, length(previous_sha256), comparison from publication")
    assert row == [(done.published_at, 64, "compared")]


def test_cells_and_verdicts_that_changed_came_or_went(files: Files) -> None:
    files.publish()
    cells = [("r1", "x/y/z", "2", "reported"), ("r1", "x/y/v", "0", "reported"), CELLS[2]]
    done = files.publish(cells=cells, verdicts=[("r1", "balance", "total", "violated"), VERDICTS[1]])
    assert files.rows() == [
        ("cell", "added", "西工区", 2022, "r1", "x/y/v", None, "value=0; status=reported", 1),
        ("cell", "changed", "西工区", 2022, "r1", "x/y/z", "value=1.5", "value=2", 1),
        ("cell", "gone", "西工区", 2022, "r1", "x/y/w", "status=blank", None, 1),
        ("verdict", "changed", "西工区", 2022, "r1", "balance/total", "verdict=holds", "verdict=violated", 1),
    ]
    assert done.differences == {
        ("cell", "added"): 1,
        ("cell", "changed"): 1,
        ("cell", "gone"): 1,
        ("verdict", "changed"): 1,
    }


def test_a_number_that_became_blank_says_null_and_not_zero(files: Files) -> None:
    files.publish()
    files.publish(cells=[("r1", "x/y/z", None, "blank"), *CELLS[1:]])
    assert files.rows() == [
        ("cell", "changed", "西工区", 2022, "r1", "x/y/z", "value=1.5; status=reported", "value=null; status=blank", 1)
    ]


def test_reports_that_come_and_go_are_counted_with_all_their_cells(files: Files) -> None:
    files.publish()
    new = ("r3", "a", "西工区", 2023, "three.txt")
    files.publish(
        agencies=AGENCIES[:1],
        reports=[REPORTS[0], new],
        cells=[*CELLS[:2], ("r3", "x/y/z", "1", "reported"), ("r3", "x/y/w", "2", "reported")],
        verdicts=[VERDICTS[0], ("r3", "balance", "total", "holds")],
    )
    assert files.rows() == [
        ("agency", "gone", "天门市", None, None, "b", "agency_name=天门市", None, 1),
        ("cell", "added", "西工区", 2023, "r3", None, None, None, 2),
        ("cell", "gone", "天门市", 2023, "r2", None, None, None, 1),
        ("report", "added", "西工区", 2023, "r3", "three.txt", None, "agency_id=a; year=2023", 1),
        ("report", "gone", "天门市", 2023, "r2", "two.txt", "agency_id=b; year=2023", None, 1),
        ("verdict", "added", "西工区", 2023, "r3", None, None, None, 1),
        ("verdict", "gone", "天门市", 2023, "r2", None, None, None, 1),
    ]


def test_a_renamed_agency_and_a_report_of_another_year(files: Files) -> None:
    files.publish()
    reports = [("r1", "a", "西工区人民政府", 2021, "one.txt"), REPORTS[1]]
    files.publish(agencies=[("a", "西工区人民政府"), AGENCIES[1]], reports=reports)
    renamed = ("agency_name=西工区", "agency_name=西工区人民政府")
    assert files.rows() == [
        ("agency", "changed", "西工区人民政府", None, None, "a", *renamed, 1),
        ("report", "changed", "西工区人民政府", 2021, "r1", "one.txt", "year=2022", "year=2021", 1),
    ]


def test_a_column_that_only_one_file_has_is_no_difference(files: Files) -> None:
    files.publish()
    done = files.publish(also="alter table fct_cell add column doubt varchar default 'label_lost'")
    assert (done.comparison, done.differences) == ("compared", {})


@pytest.mark.parametrize("damage", ["drop table fct_cell", "alter table dim_report rename path to place"])
def test_a_file_without_the_keys_is_not_compared(files: Files, damage: str) -> None:
    files.publish(also=damage)
    done = files.publish()
    assert (done.comparison, files.rows()) == ("not_comparable", [])


def test_a_damaged_file_does_not_keep_the_next_from_coming(files: Files) -> None:
    files.publish()
    before = files.target.resolve()
    before.chmod(0o644)
    before.write_bytes(b"no database")
    assert files.publish().comparison == "not_comparable"
    assert files.rows("select count(*) from fct_cell") == [(3,)]


def test_the_changes_in_lines(files: Files) -> None:
    files.publish()
    assert list(change_lines(files.target)) == ["Changed     nothing was published before"]
    files.publish(cells=[("r1", "x/y/z", "2", "reported"), *CELLS[1:], ("r2", "x/y/w", "0", "reported")])
    first, *others = change_lines(files.target)
    assert first.endswith(" UTC: cell added 1, cell changed 1")
    assert others == ["  西工区 2022  cell x/y/z changed: value=1.5 -> value=2"]
    files.publish(agencies=[], reports=[], cells=[], verdicts=[])
    assert list(change_lines(files.target))[-1] == "  … all in publication_difference of the published file"
    files.publish(also="drop table fct_cell")
    assert next(change_lines(files.target)).startswith("Changed     unknown")
