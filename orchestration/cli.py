"""The command ``gongkai``: read, check and explain files; run the pipeline, open its user interface and the dashboard.

``read`` and ``check`` start fast: nothing of Dagster, dbt, Great Expectations or Polars is loaded for them.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

EXIT_UNREADABLE = 3


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code (0 good, 1 violated, 2 usage, 3 unreadable or not judged)."""
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(message)s", level=logging.WARNING)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except BrokenPipeError:
        # The reader of our output has left; Python must not fail again when it closes stdout.
        sys.stdout = None
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai", description="Annual reports on government information disclosure, read, judged and published."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    read = _command(commands, "read", _read, "print what each file says as JSON Lines")
    read.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder that is read recursively")
    check = _command(commands, "check", _check, "judge the identities of each file before publication")
    check.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder that is read recursively")
    check.add_argument("--json", action="store_true", help="the same as --format json")
    check.add_argument("--format", choices=("text", "json", "html", "sarif", "xlsx"), default="text")
    check.add_argument("--lang", choices=("zh", "en"), default="en", help="language of what is told (default: en)")
    check.add_argument("--previous", metavar="REPORT", help="last year's report, to be held against")
    check.add_argument("--output", "-o", type=Path, metavar="FILE", help="write there (xlsx needs it)")
    explain = _command(commands, "explain", _explain, "show the source lines of a cell and why it stands where it does")
    explain.add_argument("file", metavar="FILE")
    explain.add_argument("cell", metavar="CELL", help="table/row/column, such as requests/received/total")
    run = _command(commands, "run", _run, "materialise the whole asset graph in one process")
    run.add_argument("--reports", type=Path, help="folder of the reports (default: data/raw, or GONGKAI_REPORTS)")
    run.add_argument("--home", type=Path, help="folder of all that a run makes (default: data, or GONGKAI_HOME)")
    ui = _command(commands, "ui", _ui, "open the Dagster UI on the instance that `gongkai run` uses")
    ui.add_argument("--home", type=Path, help="folder of all that a run makes (default: data, or GONGKAI_HOME)")
    ui.add_argument("--reports", type=Path, help="folder of the reports (default: data/raw, or GONGKAI_REPORTS)")
    ui.add_argument("--port", type=int, default=3000)
    export = _command(commands, "export", _export, "write a table of the published file as CSV, xlsx or Parquet")
    export.add_argument("table", metavar="MART", help="such as mart_agency_year, or form.forms")
    export.add_argument(
        "--output", "-o", type=Path, metavar="FILE", help=".csv, .xlsx or .parquet (default: CSV to stdout)"
    )
    export.add_argument("--home", type=Path, help="folder of all that a run makes (default: data, or GONGKAI_HOME)")
    export.add_argument("--lang", choices=("zh", "en"), default="en", help="zh: the view with Chinese columns")
    dashboard = _command(
        commands, "dashboard", _dashboard, "see the published file in a browser, and check drafts there"
    )
    dashboard.add_argument("--home", type=Path, help="folder of all that a run makes (default: data, or GONGKAI_HOME)")
    dashboard.add_argument("--port", type=int, default=8501)
    return parser


def _command(commands: argparse._SubParsersAction, name: str, run: Callable, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.set_defaults(run=run)
    return command


def _read(arguments: argparse.Namespace) -> int:
    from orchestration.presenting import jsonl
    from orchestration.presenting.sources import open_sources

    code = 0
    for source in open_sources(arguments.paths):
        sys.stdout.write(jsonl.read_line(source) + "\n")
        if source.failed:
            code = EXIT_UNREADABLE
    return code


def _check(arguments: argparse.Namespace) -> int:
    from orchestration.presenting import checking

    if arguments.json:
        arguments.format = "json"
    return checking.run(arguments)


def _explain(arguments: argparse.Namespace) -> int:
    from orchestration.presenting import explain
    from orchestration.presenting.sources import open_sources

    source = next(iter(open_sources([arguments.file])))
    text = explain.cell(source, arguments.cell)
    if text is None:
        sys.stderr.write(f"gongkai: {arguments.cell} is no cell of the forms found in {arguments.file}\n")
        return EXIT_UNREADABLE if source.failed else 2
    sys.stdout.write(text)
    return EXIT_UNREADABLE if source.failed else 0


def _export(arguments: argparse.Namespace) -> int:
    from orchestration.presenting.exporting import ExportError, export
    from orchestration.settings import Settings

    settings = Settings.load({"GONGKAI_HOME": str(arguments.home)} if arguments.home else os.environ)
    try:
        rows = export(settings.published, arguments.table, arguments.output, arguments.lang)
    except (ExportError, OSError) as error:
        sys.stderr.write(f"gongkai export: {error}\n")
        return 2
    if arguments.output:
        sys.stderr.write(f"{rows} rows written to {arguments.output}\n")
    return 0


def _run(arguments: argparse.Namespace) -> int:
    from orchestration import running

    return running.run(arguments.reports, arguments.home)


def _ui(arguments: argparse.Namespace) -> int:
    from orchestration import running

    return running.ui(arguments.home, arguments)


def script() -> NoReturn:
    """The entry point. A run ends without the clean-up in which DuckDB's bindings print pages of leaks."""
    code = main()
    if sys.argv[1:2] == ["run"]:
        logging.shutdown()
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        os._exit(code)
    sys.exit(code)


def _dashboard(arguments: argparse.Namespace) -> int:
    from orchestration.dashboard import launching

    return launching.run(arguments.home, arguments.port)


if __name__ == "__main__":
    script()
