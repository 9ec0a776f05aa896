"""The checks on the published release fail where a file is damaged or gone, or a report is not yet published."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from dagster import AssetChecksDefinition
from dagster._utils.schedules import get_latest_completed_cron_tick

from orchestration import lake
from orchestration.assets.publishing import FRESHNESS
from orchestration.assets.resources import Warehouse
from orchestration.checks.publication import expected_reports_came_in_time, published_file_is_fresh, release_is_whole
from orchestration.intake.schema import RAW_REPORTS
from orchestration.publication import Stamp, publish
from orchestration.settings import DBT_PROJECT, Settings


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


def put_roster(settings: Settings, *rows: str) -> None:
    """Expect agency ``a`` so often: each row is year, report_id and timeliness."""
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create table dim_agency as select 'a' as agency_id, '甲县财政局' as agency_name")
        connection.execute(
            "create table mart_timeliness as select 'a' as agency_id, year, true as is_expected, report_id, "
            "timeliness, date '2024-01-31' as due_on, if(timeliness = 'late', 3, null) as days_after_due "
            f"from (values {', '.join(rows)}) as rows (year, report_id, timeliness)"
        )
    publish(settings.warehouse, settings.published, Stamp("0.1.0"), checks=[], required=[])


def test_reports_that_came_in_time_pass(settings: Settings) -> None:
    put_roster(settings, "(2022, 'x', 'on_time')", "(2023, 'y', 'unknown_date')", "(2024, null, 'not_due')")
    passed, told = outcome(expected_reports_came_in_time, settings)
    assert passed and told["missing or late"] == 0
    assert "| 2023 | 1 | 1 | 0 | 0 | 1 |" in told["by year"]


@pytest.mark.parametrize("late", ["(2023, null, 'missing')", "(2023, 'y', 'late')"])
def test_a_report_that_is_missing_or_late_is_named(settings: Settings, late: str) -> None:
    put_roster(settings, "(2022, 'x', 'on_time')", late)
    passed, told = outcome(expected_reports_came_in_time, settings)
    assert not passed and told["missing or late"] == 1
    assert "| 甲县财政局 | 2023 | " in told["first of them"]


def test_the_file_must_be_published_anew_once_reports_were_due() -> None:
    """The policy looks for a publication in the week after each due date of ``dim_year``."""
    sql = (DBT_PROJECT / "models" / "marts" / "core" / "dim_year.sql").read_text(encoding="utf-8")
    due = {(int(month), int(day)) for month, day in re.findall(r"make_date\(year \+ 1, (\d+), (\d+)\)", sql)}
    ticks = [
        get_latest_completed_cron_tick(
            FRESHNESS.deadline_cron, datetime(2026, month, 1, tzinfo=UTC), FRESHNESS.timezone
        )
        for month in (3, 5)
    ]
    before = [tick - FRESHNESS.lower_bound_delta - timedelta(days=1) for tick in ticks]
    assert len(due) == 2 and {(day.month, day.day) for day in before} == due
