"""The event log of a run whose engines are kept: the same events as Dagster's own way, and nothing left behind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from dagster import (
    AssetCheckResult,
    AssetKey,
    DagsterInstance,
    asset,
    asset_check,
    materialize,
)
from dagster._core.storage.event_log.sqlite import sqlite_event_log

from orchestration.event_log import kept_engines


@asset
def number() -> int:
    return 1


@asset_check(asset=number)
def number_is_one(number: int) -> AssetCheckResult:
    return AssetCheckResult(passed=number == 1, metadata={"number": number})


def _events(home: Path) -> list[tuple[str, str | None]]:
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with DagsterInstance.from_config(str(home)) as instance:
        assert materialize([number, number_is_one], instance=instance).success
        (run,) = instance.get_runs()
        assert instance.get_latest_materialization_event(AssetKey("number"))
        return [
            (entry.dagster_event.event_type_value, entry.dagster_event.step_key)
            for entry in instance.all_logs(run.run_id)
            if entry.dagster_event
        ]


def test_the_events_are_those_of_dagsters_own_way(tmp_path: Path) -> None:
    plain = _events(tmp_path / "plain")
    with kept_engines() as engines:
        kept = _events(tmp_path / "kept")
        assert len(engines) == 2  # the run and the index
    assert kept == plain
    assert ("ASSET_CHECK_EVALUATION", "number_number_is_one") in kept


def test_dagster_has_its_own_way_back_and_the_files_are_whole(tmp_path: Path) -> None:
    before = sqlite_event_log.create_engine
    with kept_engines():
        assert sqlite_event_log.create_engine is not before
        _events(tmp_path / "home")
    assert sqlite_event_log.create_engine is before
    for file in tmp_path.rglob("*.db"):
        with sqlite3.connect(file) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
