"""Faults of ours in the lake make the tests of the project fail, each by the rows that are at fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest
from dbt_runs import Outcome, dbt
from synthetic_lake import REPORTS, frames, report_id, write

pytestmark = pytest.mark.slow  # each fault, or each run, is a build of its own

# The tests that must fail, and the reports (or foreign values) in their failing rows.
FAULTS = {
    "unique_key_fct_cell_report_id__cell": {"second"},
    "unique_key_fct_request_outcome_report_id__outcome__applicant": {"second"},
    "every_cell_of_the_form": {"first"},
    "every_cell_in_one_subject_fact": {"second"},
    "status_agrees_with_value": {"missing", "third"},
    "relationships_fct_cell_status__status__ref_statuses_": {"guessed"},
    "verdicts_agree": {"second", "domain", "no_agency", "correction", "corrected", "first", "third"},
    "files_agree_with_the_heading": {"hybrid"},
    "every_file_is_a_report": {"no_year"},
    "relationships_fct_reading_problem_code__code__ref_problems_": {"no_such_code"},
}


def of(name: str) -> pl.Expr:
    """The rows of a report."""
    return pl.col("report_id") == report_id(name)


def cell(row: str, column: str) -> pl.Expr:
    """The rows of a cell of the table of requests."""
    return (pl.col("table_code") == "requests") & (pl.col("row_code") == row) & (pl.col("column_code") == column)


def check(identity: str, member: str) -> pl.Expr:
    """The rows of an identity and member."""
    return (pl.col("identity") == identity) & (pl.col("member") == member)


def damage(lake: dict[str, pl.DataFrame]) -> None:
    """One fault for each test, each in a report of its own where that is possible."""
    lake["report_cells"] = damage_cells(lake["report_cells"])
    lake["identity_checks"] = damage_checks(lake["identity_checks"])
    moved = pl.when(of("hybrid")).then(pl.lit(2020, pl.Int16)).otherwise("year").alias("year")
    lake["report_headings"] = lake["report_headings"].with_columns(moved).filter(~of("no_year"))
    unknown = pl.when(of("broken")).then(pl.lit("no_such_code")).otherwise("code").alias("code")
    lake["reading_problems"] = lake["reading_problems"].with_columns(unknown)


def damage_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """A cell lost, one doubled, a blank turned into 0 and a status that does not exist."""
    other = cell("granted", "other")
    cells = pl.concat([cells.filter(~(of("first") & other)), cells.filter(of("second") & other)])
    blank = of("missing") & (pl.col("status") == "blank")
    return cells.with_columns(
        pl.when(blank).then(pl.lit(0, cells.schema["value"])).otherwise("value").alias("value"),
        pl.when(of("third") & other).then(pl.lit("guessed")).otherwise("status").alias("status"),
    )


def damage_checks(checks: pl.DataFrame) -> pl.DataFrame:
    """A wrong verdict, a side lost, two verdicts lost (one of a cell out of its domain) and one of nothing."""
    wrong = of("second") & check("balance", "total")
    side = of("corrected") & check("applicants", "received")
    lost = (of("domain") & check("domain", "disclosure/rules/issued")) | (of("no_agency") & check("outcomes", "total"))
    extra = checks.filter(of("correction") & check("balance", "total")).with_columns(member=pl.lit("nobody"))
    return pl.concat([checks.filter(~lost), extra]).with_columns(
        pl.when(wrong).then(pl.lit("holds")).otherwise("verdict").alias("verdict"),
        pl.when(side).then(None).otherwise("left").alias("left"),
    )


@pytest.fixture(scope="module")
def faulty(home: Path, built: Outcome, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, dict[str, set]]:
    """The tests' outcome on a damaged lake, and for each failed test the names of the reports in its failing rows."""
    folder = tmp_path_factory.mktemp("faulty")
    shutil.copytree(home, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("lake", "run_results.json"))
    lake = frames(REPORTS)
    damage(lake)
    write(lake, folder)
    test = ["test", "--select", "path:models/marts", "path:tests", "--exclude", "test_type:unit", "--store-failures"]
    outcome = dbt(folder, ["run"], test)
    names = {report_id(report.name): report.name for report in REPORTS}
    failing = {}
    with duckdb.connect(str(folder / "warehouse" / "gongkai.duckdb"), read_only=True) as connection:
        for test in outcome.named("fail"):
            rows = connection.table(outcome.results[test]["relation_name"])
            column = (
                "report_id" if "report_id" in rows.columns else "from_field" if "from_field" in rows.columns else None
            )
            found = {row[0] for row in rows.select(column).fetchall()} if column else set()
            failing[test] = {names.get(value, value) for value in found}
    return outcome, failing


def test_faults_stop_the_build(faulty):
    outcome, _ = faulty
    assert outcome.code == 1
    assert outcome.named("error") == set()


@pytest.mark.parametrize(("test", "reports"), FAULTS.items())
def test_fault_is_found_where_it_is(faulty, test, reports):
    _, failing = faulty
    assert failing.get(test) == reports


def test_nothing_else_fails(faulty):
    _, failing = faulty
    assert set(failing) == set(FAULTS)
