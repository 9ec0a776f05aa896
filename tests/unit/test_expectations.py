"""The checkpoint on small warehouses: what fails, what does not, and what a crash looks like."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from small_warehouse import FORM_2019, build, report

import expectations
from expectations import (
    CHECK_HISTORY,
    COVERAGE,
    SCHEMA,
    CheckResult,
    checkpoint,
    declared_expectations,
    history_row,
    run_checks,
    violations,
)
from expectations import declared as declared_module
from expectations.checkpoint import _result
from expectations.duckdb_mend import mend

IDENTITIES_VIOLATED = {
    "balance": {"requests__received__natural_person": 1, "requests__received__total": 1},
    "outcomes": {"requests__granted__business": 1, "requests__granted__total": 1},
    "applicants": {"requests__received__business": 1, "requests__carried_out__business": 1},
    "dispute_results": {"disputes__reconsideration__upheld": 1},
    "domain": {"disclosure__fees__amount": -1},
}


def by_name(results: list[CheckResult]) -> dict[str, CheckResult]:
    return {result.expectation: result for result in results}


def failed(results: list[CheckResult]) -> list[str]:
    assert not [result.error for result in results if result.error]
    return [result.expectation for result in results if not result.success]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, CheckResult]]:
    """One report per identity that violates it, one whose terms are missing, a clean one of each form; checked once."""
    home = tmp_path_factory.mktemp("家 100%#")
    cells = report("clean") + report("clean-2019", 2020, FORM_2019)
    for identity, changes in IDENTITIES_VIOLATED.items():
        cells += report(identity, **changes)
    cells += report(
        "missing",
        requests__carried_in__natural_person="absent",
        requests__processed_total__natural_person=3,
        requests__granted__natural_person="blank",
        requests__processed_total__total="unreadable",
        requests__granted__total=3,
        disputes__reconsideration__upheld="not_applicable",
        disputes__reconsideration__total=4,
        disclosure__fees__amount="blank",
    )
    path = build(home / "w.duckdb", cells)
    return home, path, by_name(run_checks(path, "run-1", home=home, checked_at=datetime(2026, 1, 2, tzinfo=UTC)))


@pytest.mark.parametrize("identity", IDENTITIES_VIOLATED)
def test_a_planted_violation_fails_and_is_shown(identity: str, planted: tuple) -> None:
    result = planted[2][f"{identity}_2021"]
    assert result.success is False and result.error is None and not result.stops_publication
    assert {row["report_id"] for row in result.rows} == {identity}
    assert result.unexpected == len(result.rows) > 0
    assert result.evaluated > result.unexpected
    row = result.rows[0]
    assert (row["agency"], row["year"], row["verdict"]) == (f"机关agency-{identity}", 2022, "violated")
    assert row["left"] != row["right"] and "missing" in row
    assert result.citation and result.identity == identity


def test_what_we_owe_holds_on_all_of_it(planted: tuple) -> None:
    ours = [result for result in planted[2].values() if result.suite in (SCHEMA, COVERAGE)]
    assert len(ours) > 15
    assert failed(ours) == []
    assert all(result.blocking and result.evaluated for result in ours)
    assert {result.suite for result in planted[2].values() if result.blocking} == {SCHEMA, COVERAGE}


def test_rows_are_plain_and_history_has_its_columns(planted: tuple) -> None:
    result = planted[2]["domain_2021"]
    assert result.rows[0]["left"] == -1 and type(result.rows[0]["left"]) is int
    assert tuple(history_row(result)) == CHECK_HISTORY
    assert history_row(result)["run_id"] == "run-1"
    assert [result.expectation for result in planted[2].values()] == [e.name for e in declared_expectations()]


def test_all_violations_are_given_without_limit(planted: tuple) -> None:
    found = violations(planted[1])
    assert {row["identity"] for row in found} == set(IDENTITIES_VIOLATED)
    for identity in IDENTITIES_VIOLATED:
        assert sum(row["identity"] == identity for row in found) == planted[2][f"{identity}_2021"].unexpected


def test_the_warehouse_is_released(planted: tuple) -> None:
    with duckdb.connect(str(planted[1])) as connection:
        connection.execute("create table main.written as select 1 as x")


# of a sum that is 0: agency, year, number, line, sentence, value, cells, expected, layer, verdict
CLAIM = "('r', 'agency-r', 2022, 1, 3, '收到0件', 0, 'requests/received/total', {}, 'reported', {})"


@pytest.fixture
def ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what we owe is run: the rest takes most of the time."""
    ours = tuple(declared for declared in declared_expectations() if declared.blocking)
    monkeypatch.setattr(checkpoint, "declared_expectations", lambda: ours)


def plant_coverage(path: Path, sql: str) -> list[str]:
    build(path, report("r") + report("s", 2020, FORM_2019))
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    return [result.expectation for result in run_checks(path, "run") if result.blocking and result.stops_publication]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "caught"),
    [
        ("delete from core.fct_cell where cell = 'requests/granted/total' and report_id = 'r'", ["cells_of_forms"]),
        ("delete from core.fct_cell where table_code = 'disputes' and report_id = 'r'", ["tables_kept"]),
        ("insert into core.fct_cell from core.fct_cell limit 1", ["key_unique"]),
        (
            "update core.fct_cell set form = '2019' where cell = 'disputes/reconsideration/total'",
            ["cells_of_forms"],
        ),
        (
            "update core.fct_cell set cell = 'requests/invented/total', row_code = 'invented' "
            "where cell = 'requests/granted/total'",
            ["cells_of_forms"],
        ),
        ("update core.fct_cell set row_code = 'received' where cell = 'requests/granted/total'", ["address_whole"]),
        ("update core.fct_cell set status = 'guessed', value = null where line = 1", ["status_declared"]),
        ("update core.fct_cell set status = null, value = null where line = 1", ["status_present"]),
        ("update core.fct_cell set doubt = 'row_not_found' where line = 1", ["doubt_declared"]),
        ("update core.fct_cell set evidence = 'hunch' where line = 1", ["evidence_declared"]),
        ("update core.fct_cell set status = 'blank' where line = 1", ["value_where_reported"]),
        ("update core.fct_cell set agency_id = 'a', year = 2022", ["current_single"]),
        (
            "alter table core.fct_cell rename to f; create table core.fct_cell as select f.*, 1 as more from core.f",
            ["columns_as_contracted"],
        ),
        ("alter table core.fct_cell alter line type varchar", ["types_as_contracted"]),
        ("insert into quality.fct_prose_claim values " + CLAIM.format(5, "'agrees'"), ["claims_recomputed"]),
        ("insert into quality.fct_prose_claim values " + CLAIM.format(0, "'conflicts'"), ["claims_recomputed"]),
        ("update core.fct_cell set report_id = null where report_id = 'r'", ["report_id_present", "tables_kept"]),
    ],
)
def test_each_fault_of_ours_is_caught_and_blocks(sql: str, caught: list[str], tmp_path: Path, ours_alone: None) -> None:
    assert plant_coverage(tmp_path / "w.duckdb", sql) == caught


def test_a_crash_is_an_error_of_that_expectation_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(tmp_path / "w.duckdb", report("r", disputes__reconsideration__upheld=1))
    sql = declared_module.identity_sql.violations_sql

    def broken(identity, *names):
        return "select no_such_column from {batch}" if identity.identity == "outcomes" else sql(identity, *names)

    monkeypatch.setattr(declared_module.identity_sql, "violations_sql", broken)
    found = by_name(run_checks(path, "run"))
    found.pop("outcomes_2019")
    crashed = found.pop("outcomes_2021")
    assert (crashed.success, crashed.unexpected, crashed.evaluated) == (None, None, None)
    assert "no_such_column" in crashed.error and "[SQL:" not in crashed.error and crashed.stops_publication
    assert failed(list(found.values())) == ["dispute_results_2021"]


def test_a_column_that_is_gone_is_an_error_not_a_failure(tmp_path: Path, ours_alone: None) -> None:
    path = build(tmp_path / "w.duckdb", report("r"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table core.fct_cell drop column evidence")
    results = run_checks(path, "run")
    errors = [result for result in results if result.error]
    assert {(result.expectation, result.success) for result in errors} == {
        ("evidence_declared", None),
        ("types_as_contracted", None),
    }
    assert "columns_as_contracted" in failed([result for result in results if not result.error])


@pytest.mark.parametrize("fault", ["missing file", "no fact table", "not a database"])
def test_a_warehouse_that_cannot_be_checked_is_the_error_of_all(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    if fault == "no fact table":
        duckdb.connect(str(path)).close()
    elif fault == "not a database":
        path.write_bytes(b"x" * 5000)
    results = run_checks(path, "run")
    assert len(results) == len(declared_expectations())
    assert all(result.success is None and result.error and result.stops_publication for result in results)


def test_an_expectation_that_did_not_run_is_an_error() -> None:
    declared = declared_expectations()[0]
    result = _result(declared, None, {}, {}, "run", datetime.now(UTC), 20)
    assert (result.success, result.error) == (None, "the expectation did not run")
    assert result.stops_publication


def test_an_empty_warehouse_passes(tmp_path: Path) -> None:
    assert failed(run_checks(build(tmp_path / "w.duckdb", []), "run")) == []


def test_the_mend_is_needed_and_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ours_alone: None) -> None:
    from great_expectations.execution_engine import sqlalchemy_execution_engine as engine

    path = build(tmp_path / "w.duckdb", report("r"))
    before = tuple(d for d in engine._PERSISTED_CONNECTION_DIALECTS if d.value != "duckdb")
    monkeypatch.setattr(engine, "_PERSISTED_CONNECTION_DIALECTS", before)
    with monkeypatch.context() as without:
        without.setattr("expectations.context.mend", lambda: None)
        queried = [result for result in run_checks(path, "run") if result.expectation != "columns_as_contracted"]
        assert all(result.error for result in queried), "the mend can be removed"
    mend()
    mend()
    assert len(engine._PERSISTED_CONNECTION_DIALECTS) == len(before) + 1
    assert failed(expectations.run_checks(path, "run")) == []
