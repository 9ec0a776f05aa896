"""The checks on the published release fail where a file is damaged or gone, or a report is not yet published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from dagster import AssetChecksDefinition

from orchestration import lake
from orchestration.assets.resources import Warehouse
from orchestration.checks.publication import published_file_is_fresh, release_is_whole
from orchestration.intake.schema import RAW_REPORTS
from orchestration.publication import Stamp, publish
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "home", tmp_path)
    settings.warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create table dim_report as select 'a' as report_id")
    publish(settings.warehouse, settings.published, Stamp("0.1.0"), checks=[], required=[])
    keep(settings, "a")
    return settings


def keep(settings: Settings, *reports: str) -> None:
    row = dict.fromkeys(RAW_REPORTS) | {"received_at": datetime(2026, 1, 1, tzinfo=UTC)}
    frame = pl.DataFrame([row | {"report_id": r, "path": f"{r}.txt"} for r in reports], schema=RAW_REPORTS)
    lake.write(settings.lake / "raw_reports" / "000.parquet", frame, RAW_REPORTS)


def outcome(check: AssetChecksDefinition, settings: Settings) -> tuple[bool, dict]:
    result = check(Warehouse.of(settings))
    return result.passed, {key: value.value for key, value in result.metadata.items()}


def test_a_whole_and_fresh_release_passes(settings: Settings) -> None:
    assert outcome(release_is_whole, settings)[0]
    assert outcome(published_file_is_fresh, settings)[0]


@pytest.mark.parametrize("damage", ["change", "remove"])
def test_a_damaged_file_is_named(settings: Settings, damage: str) -> None:
    path = settings.published.resolve().parent / "parquet" / "dim_report.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1]) if damage == "change" else path.unlink()
    passed, told = outcome(release_is_whole, settings)
    assert not passed and told["wrong"] == ["parquet/dim_report.parquet"]


def test_a_report_that_came_after_is_named(settings: Settings) -> None:
    keep(settings, "a", "b")
    passed, told = outcome(published_file_is_fresh, settings)
    assert not passed and told["first of them"] == ["b.txt"]


def test_nothing_published_is_said(settings: Settings) -> None:
    settings.published.unlink()
    assert not outcome(published_file_is_fresh, settings)[0]
    assert not outcome(release_is_whole, settings)[0]
