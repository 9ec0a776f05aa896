"""Whole runs of the graph, shared by the tests of this folder: half a minute each.

One in the default tests, the other among the slow ones.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from dagster import AssetKey, DagsterInstance, ExecuteInProcessResult

from orchestration.assets.partitions import whole_range
from orchestration.definitions import EVERYTHING, build_definitions
from orchestration.running import run
from orchestration.settings import Settings

TRUTH = json.loads((Path(__file__).parents[1] / "fixtures" / "truth.json").read_text(encoding="utf-8"))
# what a run says of itself and not of the reports
HISTORY = {"check_history", "publication", "publication_difference", "publication_table"}
# what depends on when a report came, under which name, and which others there are
CIRCUMSTANCES = {"path", "received_at", "is_current"}
# what tells of an agency and year by the one report that speaks for it, or holds reports against each other
ACROSS = {"fct_report_difference", "fct_report_similarity", "fct_year_check"}
ACROSS |= {"mart_agency_quality", "mart_agency_year", "mart_timeliness"}


@dataclass
class Run:
    """A home after a run: the exit code, what was said, and the published tables."""

    settings: Settings
    code: int = 0
    said: str = ""
    progress: str = ""

    def query(self, sql: str, *parameters: object) -> list[tuple]:
        with duckdb.connect(str(self.settings.published), read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def facts(
        self, without: set[str] = frozenset(), only: set[str] | None = None, once: set[str] = frozenset()
    ) -> dict[str, list[tuple]]:
        """Every table of the star schema, sorted; with ``only`` those that have reports, and of them these.

        Of tables on agencies and years, only those ``once``."""
        found = {}
        names = self.query("select table_name from information_schema.tables where table_schema = 'main' order by all")
        for (table,) in names:
            if table in HISTORY:
                continue
            columns = [row[0] for row in self.query(f"describe {table}") if row[0] not in without]
            where = ""
            if only is not None:
                if "report_id" not in columns:
                    continue
                reports = once if table in ACROSS else only
                where = f"where report_id in ({', '.join(repr(report) for report in sorted(reports))})"
            found[table] = self.query(f"select {', '.join(columns)} from {table} {where} order by all")
        return found

    def told_once(self) -> set[str]:
        """The reports whose agency and year no other report tells."""
        sql = "select report_id from dim_report qualify count(*) over (partition by agency_id, year) = 1"
        return {row[0] for row in self.query(sql)}

    @contextmanager
    def instance(self) -> Iterator[DagsterInstance]:
        """The Dagster instance that the run was recorded in."""
        with DagsterInstance.from_config(str(self.settings.dagster_home)) as instance:
            yield instance

    def materialized(self, asset: str) -> dict:
        """The metadata of the last materialization."""
        with self.instance() as instance:
            event = instance.get_latest_materialization_event(AssetKey(asset))
            assert event and event.asset_materialization
            return {key: value.value for key, value in event.asset_materialization.metadata.items()}


def execute(settings: Settings) -> Run:
    """`gongkai run` in this process."""
    environment, folder = dict(os.environ), Path.cwd()
    out, err = StringIO(), StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(settings.reports, settings.home)
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
    return Run(settings, code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> Run:
    """The five samples on a new home."""
    folder = tmp_path_factory.mktemp("first")
    reports = folder / "reports"
    reports.mkdir()
    for sample in samples:
        shutil.copy2(sample, reports / sample.name)
    return execute(Settings(folder / "home", reports))


# Opens the published file again and again, as a BI tool does, and prints one line per look.
READER = """
import sys, time, duckdb
while True:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        print(*connection.execute("select count(*), count(distinct report_id) from fct_cell").fetchone(), flush=True)
    time.sleep(0.05)
"""


@pytest.fixture(scope="session")
def before(first: Run) -> dict:
    """What stood in the files after the first run."""
    lake = first.settings.lake
    return {
        "facts": first.facts(),
        "times": {path: path.stat().st_mtime_ns for path in lake.rglob("*.parquet")},
        "published": first.settings.published.stat().st_mtime_ns,
    }


class Reader:
    """Another process that keeps reading a published file."""

    def __init__(self, published: Path) -> None:
        command = [sys.executable, "-c", READER, str(published)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.looks: list[tuple[int, ...]] = []

    def __enter__(self) -> Reader:
        self._process.stdout.readline()  # it has started
        return self

    def __exit__(self, *_: object) -> None:
        failed = self._process.poll() is not None
        self._process.kill()  # a signal that asks may be ignored, as in the background of a shell
        out, err = self._process.communicate()
        assert not failed, err
        self.looks = [tuple(int(part) for part in look.split()) for look in out.splitlines()]


def materialize(
    settings: Settings, *assets: str, instance: AbstractContextManager[DagsterInstance] | None = None
) -> ExecuteInProcessResult:
    """Run some assets and their checks over all partitions, by default in the history of the home."""
    job = build_definitions(settings).resolve_job_def(EVERYTHING)
    with instance or DagsterInstance.from_config(str(settings.dagster_home)) as history:
        return job.execute_in_process(
            instance=history,
            asset_selection=[AssetKey(asset) for asset in assets],
            tags=whole_range(),
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )


PLANTED = "planted.txt"


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> Run:
    """The samples under other names and in another order, with a violation planted in a copy, and a file set aside."""
    folder = tmp_path_factory.mktemp("other")
    reports = folder / "reports"
    (reports / "deeper").mkdir(parents=True)
    for number, sample in enumerate(reversed(samples)):
        shutil.copyfile(sample, reports / ("deeper" if number % 2 else "") / f"{number}.txt")
    text = samples[4].read_text(encoding="utf-8")
    row = "4.保护第三方合法权益\t7\t"
    assert row in text
    (reports / PLANTED).write_text(text.replace(row, row.replace("7", "8")), encoding="utf-8")
    (reports / "empty.pdf").write_bytes(b"")
    return execute(Settings(folder / "home", reports))
