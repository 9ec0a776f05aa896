"""What shows only across reports: a year against the one before, a year told twice, copied prose."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from dagster import DagsterInstance

from orchestration.settings import Settings

from .conftest import materialize
from .test_whole_way import LAKE

pytestmark = pytest.mark.slow  # each fault, or each run, is a build of its own


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> Settings:
    """One report, the same text as that of the year before, and a version of it with another figure."""
    folder = tmp_path_factory.mktemp("years")
    reports = folder / "reports"
    reports.mkdir()
    text = samples[4].read_text(encoding="utf-8")
    (reports / "report.txt").write_text(text, encoding="utf-8")
    earlier = text.replace("2022", "2021").replace("2023", "2022")
    (reports / "before.txt").write_text(earlier, encoding="utf-8")
    (reports / "version.txt").write_text(text.replace("4.保护第三方合法权益\t7", "4.保护第三方合法权益\t8"), "utf-8")
    made = Settings(folder / "home", reports)
    with DagsterInstance.ephemeral() as instance:
        assert materialize(made, *LAKE, instance=instance).success
    return made


def rows(settings: Settings, name: str) -> pl.DataFrame:
    return pl.read_parquet(settings.lake / name / "*.parquet")


def test_a_year_is_judged_against_the_one_before(settings: Settings) -> None:
    checks = rows(settings, "year_checks")
    assert checks["year"].unique().to_list() == [2022]
    broken = checks.filter(pl.col("verdict") == "violated").select("identity", "member", "left", "right").rows()
    # the text was copied, so what is in force did not grow by what was issued
    assert [(identity, member, int(left), int(right)) for identity, member, left, right in broken] == [
        ("in_force_roll", "normative_documents", 7, 4)
    ]


def test_a_year_told_twice_differs_in_one_cell(settings: Settings) -> None:
    told = rows(settings, "report_differences")
    assert told["cell"].to_list() == ["requests/denied.third_party_rights/natural_person"]
    assert {int(told["value"][0]), int(told["other_value"][0])} == {7, 8}


def test_copied_prose_is_found(settings: Settings) -> None:
    similar = rows(settings, "report_similarity").select("year", "relation", "similarity", "copied").rows()
    assert similar == [(2022, "previous_year", 1.0, True)]


def test_a_second_run_writes_nothing(settings: Settings) -> None:
    times = {path: path.stat().st_mtime_ns for path in settings.lake.rglob("*.parquet")}
    with DagsterInstance.ephemeral() as instance:
        assert materialize(settings, *LAKE, instance=instance).success
    assert {path: path.stat().st_mtime_ns for path in settings.lake.rglob("*.parquet")} == times
