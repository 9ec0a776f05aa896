"""`gongkai run` and `gongkai ui`: the whole graph in one process, on the instance that the Dagster UI shows."""

from __future__ import annotations

import os
import shutil
import sys
import time
import uuid
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from orchestration.dbt_parsing import ProjectError, parse_where_stale
from orchestration.settings import CHECKOUT, Settings

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult

INSTANCE_FILE = CHECKOUT / "dagster.yaml"
WORKSPACE = CHECKOUT / "workspace.yaml"
LOG = "run.log"
REPOSITORY = "__repository__@gongkai"  # so that the UI lists the run with the job of workspace.yaml
QUIET = "ignore:Function `dev_command`"  # dagster dev recommends dg dev, which needs a project folder to start in


def run(reports: Path | str | None = None, home: Path | str | None = None) -> int:
    """Materialise everything and print the summary; 0, or 1 with a message where something of ours failed."""
    settings = _settings(reports, home)
    if not settings.reports.is_dir():
        print(f"gongkai run: the reports folder {settings.reports} does not exist", file=sys.stderr)
        return 1
    started = time.monotonic()
    print(f"gongkai run: {settings.reports} -> {settings.home}", file=sys.stderr, flush=True)
    os.environ.update(settings.environment())
    # dbt parses in a process of its own while this one loads Dagster; a failure shows when the manifest is asked for
    Thread(target=_quietly(parse_where_stale), daemon=True).start()
    from orchestration.assets.resources import HomeBusyError, exclusive  # imports Dagster, which takes seconds

    try:
        with exclusive(settings.home):
            result = _materialize(settings, started)
    except (HomeBusyError, ProjectError) as error:
        print(f"gongkai run: {error}", file=sys.stderr)
        return 1
    return _report(settings, result, time.monotonic() - started)


def _quietly(action: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        with suppress(ProjectError):
            action()

    return run


def ui(home: Path | str | None, arguments: Namespace) -> NoReturn:
    """The Dagster UI on the instance of ``home``, on 127.0.0.1; ``arguments`` hold ``port`` and ``reports``."""
    settings = _settings(arguments.reports, home)
    prepare_instance(settings)
    environment = {**os.environ, **settings.environment(), "DAGSTER_HOME": str(settings.dagster_home)}
    command = [sys.executable, "-W", QUIET, "-m", "dagster", "dev", "-w", str(WORKSPACE)]
    command += ["--host", "127.0.0.1", "--port", str(arguments.port)]
    # started in its home: elsewhere Dagster warns of the checkout's dagster.yaml, which is the same
    os.chdir(settings.dagster_home)
    os.execve(sys.executable, command, environment)  # so that a signal to this process ends Dagster's


def _settings(reports: Path | str | None, home: Path | str | None) -> Settings:
    given = Settings.load()
    return Settings(
        Path(home).expanduser().resolve() if home else given.home,
        Path(reports).expanduser().resolve() if reports else given.reports,
    )


def prepare_instance(settings: Settings) -> None:
    """Make the Dagster home with the checkout's instance settings (no telemetry, one run at a time)."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(INSTANCE_FILE, settings.dagster_home / "dagster.yaml")


def _materialize(settings: Settings, started: float) -> ExecuteInProcessResult:
    """Run the job over all partitions in this process, with its events on stderr as they come."""
    prepare_instance(settings)
    with _output_to(settings.home / LOG) as stderr:
        from dagster import DagsterInstance
        from dagster._core.storage.tags import REPOSITORY_LABEL_TAG

        from orchestration.assets.partitions import whole_range
        from orchestration.assets.warehouse import DBT_WAREHOUSE
        from orchestration.checks.expectations import load_ahead
        from orchestration.definitions import EVERYTHING, build_definitions
        from orchestration.event_log import kept_engines

        job = build_definitions(settings).resolve_job_def(EVERYTHING)
        with kept_engines(), DagsterInstance.from_config(str(settings.dagster_home)) as instance:
            run_id = str(uuid.uuid4())
            instance.add_event_listener(run_id, _progress(stderr, started))
            instance.add_event_listener(run_id, _at_start_of(DBT_WAREHOUSE, load_ahead))
            return job.execute_in_process(
                instance=instance,
                run_id=run_id,
                tags={**whole_range(), REPOSITORY_LABEL_TAG: REPOSITORY},
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "ERROR"}}}},
            )


def _at_start_of(step: str, action: Callable[[], object]) -> Callable[[Any], None]:
    """Calls ``action`` when a step begins: dbt works in a process of its own, so this one has nothing to do then."""

    def on_event(entry: Any) -> None:
        event = entry.dagster_event
        if event is not None and event.is_step_start and event.step_key == step:
            action()

    return on_event


def _progress(stderr: TextIO, started: float) -> Callable[[Any], None]:
    """Prints one line as a step begins, fails, or has a check that did not pass."""

    def on_event(entry: Any) -> None:
        event = entry.dagster_event
        if event is None:
            return
        said = None
        if event.is_step_start:
            said = event.step_key
        elif event.is_step_failure:
            said = f"{event.step_key} FAILED"
        elif event.event_type_value == "ASSET_CHECK_EVALUATION" and not event.event_specific_data.passed:
            check = event.event_specific_data
            said = (
                f"  {check.severity.value}: check {check.check_name} on {check.asset_key.to_user_string()} did not pass"
            )
        if said:
            print(f"[{time.monotonic() - started:5.1f} s] {said}", file=stderr, flush=True)

    return on_event


@contextmanager
def _output_to(path: Path) -> Iterator[TextIO]:
    """Send what dbt, Dagster and Great Expectations print to a file, and give the real stderr for what we say."""
    sys.stdout.flush()
    sys.stderr.flush()
    saved = [os.dup(1), os.dup(2)]
    with path.open("w") as log, os.fdopen(os.dup(2), "w") as stderr:
        try:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            yield stderr
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for target, original in enumerate(saved, 1):
                os.dup2(original, target)
                os.close(original)


def _report(settings: Settings, result: ExecuteInProcessResult, seconds: float) -> int:
    from orchestration.summary import summary

    if not result.success:
        for event in result.all_events:
            if event.is_step_failure and event.step_failure_data.error_source.value != "UNEXPECTED_TERMINATION":
                print(f"\ngongkai run: {event.step_key} failed\n{_reason(event)}", file=sys.stderr)
        print(f"Everything that was printed: {settings.home / LOG}", file=sys.stderr)
        kept = "the file published before is untouched" if settings.published.exists() else "nothing was published"
        print(f"gongkai run: not published; {kept}", file=sys.stderr)
        return 1
    print(*summary(settings, _metadata(result, "raw_reports")), sep="\n")
    size = settings.published.stat().st_size / 2**20
    print(f"Published   {settings.published} ({size:.1f} MiB, DuckDB, read-only)")
    home = "" if settings.home == Settings.load({}).home else f" --home {settings.home}"
    print(f"Look        uv run gongkai dashboard{home}   (reports, violations and drafts on http://127.0.0.1:8501)")
    print(f"            uv run gongkai ui{home}   (the Dagster UI on http://127.0.0.1:3000, with this run)")
    print(f"Done in {seconds:.0f} s")
    return 0


def _metadata(result: ExecuteInProcessResult, asset: str) -> dict[str, Any]:
    """What the run recorded with an asset."""
    found = result.asset_materializations_for_node(asset)[-1].metadata
    return {name: value.value for name, value in found.items()}


def _reason(event: Any) -> str:
    """What a step failed of: the description of a Failure, else the last message of the chain of errors."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error
    while error and error.cause:
        error = error.cause
    return error.message.strip() if error else "no reason recorded"
