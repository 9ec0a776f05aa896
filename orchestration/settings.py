"""Where things live and how they run: the folders, from environment variables, and the partitions. Nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.form import declaration

CHECKOUT = Path(__file__).resolve().parents[1]
DBT_PROJECT = CHECKOUT / "dbt_project"
HOME_VARIABLE = "GONGKAI_HOME"
REPORTS_VARIABLE = "GONGKAI_REPORTS"
DASHBOARD = "http://127.0.0.1:8501"  # where `gongkai dashboard` listens unless told otherwise

UNKNOWN = "unknown"
LAST_YEAR = 2030  # raise it when reports for 2030 appear; later years are kept in the partition `unknown` until then


def partition_years() -> tuple[int, ...]:
    """The years that have a partition: from the first year of the oldest form on."""
    first = min(form.first_year for form in declaration().forms)
    return tuple(range(first, LAST_YEAR + 1))


def partition_keys() -> list[str]:
    """All partition keys: the years as text, then ``unknown``."""
    return [*(str(year) for year in partition_years()), UNKNOWN]


@dataclass(frozen=True)
class Settings:
    """The folders of one warehouse: ``home`` holds everything that a run makes, ``reports`` what it reads."""

    home: Path
    reports: Path

    @classmethod
    def load(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of the environment, by default ``data`` and ``data/raw`` of the checkout."""
        home = Path(environment.get(HOME_VARIABLE) or CHECKOUT / "data")
        reports = Path(environment.get(REPORTS_VARIABLE) or CHECKOUT / "data" / "raw")
        return cls(home.expanduser().resolve(), reports.expanduser().resolve())

    @property
    def lake(self) -> Path:
        """The folder of the Parquet files."""
        return self.home / "lake"

    @property
    def warehouse(self) -> Path:
        """The file that dbt alone writes."""
        return self.home / "warehouse" / "gongkai.duckdb"

    @property
    def published(self) -> Path:
        """The read-only file that users open."""
        return self.home / "published" / "gongkai.duckdb"

    @property
    def dagster_home(self) -> Path:
        """The folder of the Dagster instance: run history, events, logs."""
        return self.home / "dagster"

    def environment(self) -> dict[str, str]:
        """The variables that hand these settings on to a process that is started, such as dbt."""
        return {HOME_VARIABLE: str(self.home), REPORTS_VARIABLE: str(self.reports)}
