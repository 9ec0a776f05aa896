"""What stops publication: our own faults, never a violation in a report. And the file that is there stays as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from dagster import (
    AssetCheckEvaluation,
    AssetCheckSeverity,
    AssetKey,
    AssetMaterialization,
    DagsterInstance,
    ExecuteInProcessResult,
)
from dagster_dbt.asset_utils import DAGSTER_DBT_UNIQUE_ID_METADATA_KEY

from expectations import CheckResult, declared_expectations
from orchestration import lake
from orchestration.assets.project import load_project
from orchestration.assets.warehouse import warehouse_assets
from orchestration.checks import expectations as checks
from orchestration.definitions import build_definitions
from orchestration.reading.schema import REPORT_CELLS
from orchestration.settings import Settings

from .conftest import Run, materialize

PUBLISHED = "published_warehouse"
READ = ("report_cells", "report_tables", "reading_problems")


@pytest.fixture
def run(first: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A copy of the home after the first run, with its history, to be spoilt."""
    settings = Settings(tmp_path / "home", first.settings.reports)
    shutil.copytree(first.settings.home, settings.home, ignore=shutil.ignore_patterns("dbt", "data_docs"))
    for key, value in settings.environment().items():
        monkeypatch.setenv(key, value)
    return Run(settings)


@pytest.fixture
def publish(run: Run) -> Callable[..., ExecuteInProcessResult]:
    """Materialises some assets on the copy; by default in its own history."""

    def execute(*assets: str, **history: AbstractContextManager[DagsterInstance]) -> ExecuteInProcessResult:
        return materialize(run.settings, *(assets or (PUBLISHED,)), **history)

    return execute


def reasons(result: ExecuteInProcessResult) -> str:
    """Why the publication failed."""
    failures = [event for event in result.all_events if event.is_step_failure and event.step_key == PUBLISHED]
    assert failures, "it was published"
    return failures[0].step_failure_data.user_failure_data.description


def report(run: Run, asset: str, check: str, severity: AssetCheckSeverity) -> None:
    """Write a failure of a check into the history."""
    with run.instance() as instance:
        instance.report_runless_asset_event(
            AssetCheckEvaluation(AssetKey(asset), check, passed=False, metadata={}, severity=severity)
        )


def untouched(run: Run, first: Run) -> bool:
    files = [found.settings.published for found in (run, first)]
    return files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asset", "check"),
    [
        ("report_cells", "every_cell_once"),
        ("fct_cell", "unique_key_fct_cell_report_id__cell"),
        ("expectation_results", "cells_of_forms"),
    ],
)
def test_a_failed_check_of_ours_refuses(run: Run, first: Run, publish: Callable, asset: str, check: str) -> None:
    report(run, asset, check, AssetCheckSeverity.ERROR)
    result = publish()
    assert f"{asset}.{check} failed" in reasons(result)
    assert untouched(run, first)


@pytest.mark.slow
def test_a_violation_refuses_nothing(run: Run, first: Run, publish: Callable) -> None:
    report(run, "expectation_results", "balance_2021", AssetCheckSeverity.WARN)
    assert publish().success
    assert not untouched(run, first)  # at least the time of publication is another
    assert run.facts() == first.facts()


def test_checks_that_never_ran_refuse(run: Run, first: Run, publish: Callable) -> None:
    said = reasons(publish(instance=DagsterInstance.ephemeral()))
    for check in ("report_cells.every_cell_once", "expectation_results.balance_2021", "expectation_results.key_unique"):
        assert f"{check} did not run" in said
    assert untouched(run, first)


@pytest.mark.slow
def test_checks_older_than_the_data_refuse(run: Run, first: Run, publish: Callable) -> None:
    with run.instance() as instance:
        instance.report_runless_asset_event(AssetMaterialization("fct_cell"))
    said = reasons(publish())
    assert "expectation_results.balance_2021 failed (it ran before the data was last made)" in said
    assert untouched(run, first)


@pytest.mark.slow
def test_a_lost_cell_stops_everything_behind_it(run: Run, first: Run, publish: Callable) -> None:
    path = run.settings.lake / "report_cells" / "2021.parquet"
    cells, mark = pl.read_parquet(path), lake.fingerprint(path)
    lake.write(path, cells[:-1], REPORT_CELLS, mark)
    result = publish(*READ, "identity_checks", PUBLISHED)
    assert not result.success
    assert "report_cells.every_cell_once" in reasons(result)
    done = {event.step_key for event in result.all_events if event.is_step_success}
    assert "identity_checks" not in done
    assert untouched(run, first)


def found(success: Callable[[str], bool | None]) -> Callable[..., list[CheckResult]]:
    """Results of Great Expectations without running it."""

    def run_checks(warehouse: Path, run_id: str, **_: object) -> list[CheckResult]:
        return [
            CheckResult(
                run_id=run_id,
                checked_at=datetime.now(UTC),
                suite=declared.suite,
                expectation=declared.name,
                identity=declared.identity,
                severity=declared.severity,
                success=success(declared.name),
                evaluated=1,
                unexpected=0 if success(declared.name) else 1,
                error="it crashed" if success(declared.name) is None else None,
                citation=declared.citation,
                blocking=declared.blocking,
                description=declared.description,
            )
            for declared in declared_expectations()
        ]

    return run_checks


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "stopped"),
    [
        ({"balance_2021": False}, False),  # a violation
        ({"balance_2021": None}, True),  # a crash of the very same expectation
    ],
)
def test_a_violation_passes_and_a_crash_does_not(
    run: Run, first: Run, publish: Callable, monkeypatch: pytest.MonkeyPatch, fault: dict, stopped: bool
) -> None:
    monkeypatch.setattr(checks, "run_checks", found(lambda name: fault.get(name, True)))
    result = publish("expectation_results", PUBLISHED)
    assert result.success is not stopped
    if stopped:
        assert f"expectation_results.{next(iter(fault))}" in reasons(result)
        assert untouched(run, first)


def test_every_check_that_can_block_is_asked_for(run: Run) -> None:
    """Else one could be added and never be looked at."""
    graph = build_definitions(run.settings).resolve_asset_graph()
    blocking = {key for key in graph.asset_check_keys if graph.get(key).blocking}
    assert len(blocking) > 100
    with run.instance() as instance:
        latest = instance.event_log_storage.get_latest_asset_check_execution_by_key(list(blocking))
    assert blocking - latest.keys() == set()


def test_every_dbt_test_is_an_asset_check(run: Run) -> None:
    """A test that Dagster does not know would neither be shown nor asked for."""
    project = load_project()
    tests = {node for node in json.loads(project.manifest_path.read_text())["nodes"] if node.startswith("test.")}
    specs = [spec for assets in warehouse_assets(project) for spec in assets.check_specs]
    assert tests == {spec.metadata[DAGSTER_DBT_UNIQUE_ID_METADATA_KEY] for spec in specs}
