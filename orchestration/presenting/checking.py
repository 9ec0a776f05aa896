"""``gongkai check``: files examined one after another and shown in one of the formats."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from orchestration.presenting import check_text, jsonl
from orchestration.presenting.checked import Checked, check
from orchestration.presenting.sources import Source, open_source, open_sources

VIOLATED = 1
USAGE = 2
UNREADABLE = 3


def run(arguments: argparse.Namespace) -> int:
    """Check all paths; returns the exit code (0, 1 violated, 2 usage, 3 unreadable or nothing to judge)."""
    if arguments.format == "xlsx" and arguments.output is None:
        sys.stderr.write("gongkai check: --format xlsx needs --output FILE\n")
        return USAGE
    previous = _previous(arguments.previous) if arguments.previous else None
    if arguments.previous and previous is None:
        return UNREADABLE
    code = 0
    kept: list[Checked] = []
    stream = arguments.output.open("w", encoding="utf-8") if _streams(arguments) and arguments.output else sys.stdout
    try:
        for checked in _examined(arguments.paths, arguments.lang, previous):
            code = max(code, _code(checked))
            if arguments.format == "json":
                stream.write(jsonl.check_line(checked) + "\n")
            elif arguments.format == "text":
                stream.write(check_text.report(checked, arguments.lang))
            kept.append(checked)
        if arguments.format == "text" and len(kept) > 1:
            stream.write(check_text.table(kept, arguments.lang))
    finally:
        if stream is not sys.stdout:
            stream.close()
    if not _streams(arguments):
        _write_whole(kept, arguments.format, arguments.lang, arguments.output)
    return code


def _streams(arguments: argparse.Namespace) -> bool:
    return arguments.format in ("text", "json")


def _examined(paths: Iterable[str], lang: str, previous: Source | None) -> Iterator[Checked]:
    for source in open_sources(paths):
        checked = check(source, lang, previous)
        if previous is not None and source.year is not None and previous.year != source.year - 1:
            sys.stderr.write(f"gongkai check: {previous.name} is not of the year before {source.name}\n")
            checked = check(source, lang)
        yield checked


def _previous(path: str) -> Source | None:
    source = open_source(Path(path), path)
    if source.failed:
        reason = source.problems[0].message if source.problems else "it could not be read"
        sys.stderr.write(f"gongkai check: --previous {path}: {reason}\n")
        return None
    return source


def _code(checked: Checked) -> int:
    if checked.source.failed or not checked.judged:
        return UNREADABLE
    return VIOLATED if checked.violations else 0


def _write_whole(kept: list[Checked], form: str, lang: str, output: Path | None) -> None:
    """Formats that hold all files in one document."""
    if form == "xlsx":
        from orchestration.presenting import check_xlsx

        check_xlsx.write(kept, lang, output)
        return
    if form == "html":
        from orchestration.presenting import check_html

        text = check_html.page(kept, lang)
    else:
        from orchestration.presenting import check_sarif

        text = check_sarif.log(kept, lang)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
