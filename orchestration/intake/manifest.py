"""The sidecar manifest: ``manifest.csv`` beside the reports, which says what the files themselves do not.

Columns: file, url, publisher, published_on, agency, region, corrects; only ``file`` is needed. ``file`` is a path
inside the folder, with ``/`` between its parts; ``region`` a six-digit code of GB/T 2260; ``corrects`` the file or the
report_id (SHA-256) of the report that this one replaces. What cannot be used becomes a problem ``manifest_invalid``.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from orchestration.intake.document import Problem
from orchestration.intake.manifest_fields import (
    REPORT_ID,
    FieldError,
    Folder,
    read_corrects,
    read_day,
    read_name,
    read_region,
    read_url,
)

NAME = "manifest.csv"
COLUMNS = ("file", "url", "publisher", "published_on", "agency", "region", "corrects")
MAX_BYTES = 256 * 2**20
MAX_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable line. ``corrects`` is a path inside the folder or, where ``corrects_report``, a report_id."""

    file: str
    line: int
    url: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    agency: str | None = None
    region: str | None = None
    corrects: str | None = None

    @property
    def corrects_report(self) -> bool:
        """Whether ``corrects`` is a report_id, not a file."""
        return self.corrects is not None and REPORT_ID.fullmatch(self.corrects) is not None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The usable entries by relative path, and the problems with their lines."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def get(self, path: str | Path) -> Entry | None:
        """The entry of a file by its path relative to the folder, or None."""
        return self.entries.get(path.as_posix() if isinstance(path, Path) else path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of ``folder``, empty where there is none; never raises for what the file holds."""
    path = folder / NAME
    problems: list[Problem] = []
    try:
        if not path.exists() and not path.is_symlink():
            return Manifest()
        text = _text(path)
        entries = dict(_entries(folder, text, problems))
    except _UnusableError as error:
        return Manifest(problems=(*problems, _problem(error.args[0], None)))
    except OSError as error:
        return Manifest(problems=(_problem(f"cannot be opened ({error.strerror}): check its permissions", None),))
    entries = _without_cycles(entries, problems)
    problems.sort(key=lambda problem: problem.line or 0)
    if len(problems) > MAX_PROBLEMS:
        more = _problem(f"{len(problems) - MAX_PROBLEMS} further problems: mend those listed first", None)
        problems = [*problems[:MAX_PROBLEMS], more]
    return Manifest(entries, tuple(problems))


def read_manifests(reports: Path) -> Manifest:
    """The manifests of a folder and of its subfolders as one; paths are relative to ``reports``.

    Where two manifests speak of one file, the nearer one counts. Hidden folders and linked folders are not entered.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for folder, folders, names in os.walk(reports):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if NAME not in names:
            continue
        way = Path(folder).relative_to(reports).as_posix()
        prefix = "" if way == "." else f"{way}/"
        here = read_manifest(Path(folder))
        problems += [replace(problem, message=prefix + problem.message) for problem in here.problems]
        for entry in here.entries.values():
            corrects = prefix + entry.corrects if entry.corrects and not entry.corrects_report else entry.corrects
            entries[prefix + entry.file] = replace(entry, file=prefix + entry.file, corrects=corrects)
    return Manifest(_without_cycles(entries, problems), tuple(problems))


class _UnusableError(Exception):
    """The manifest as a whole cannot be used; the argument says why and what to do."""


def _problem(message: str, line: int | None) -> Problem:
    place = NAME if line is None else f"{NAME}:{line}"
    return Problem("manifest_invalid", f"{place}: {message}.", line)


def _text(path: Path) -> str:
    if not path.is_file():
        raise _UnusableError("is no ordinary file: put a CSV file in its place")
    if path.stat().st_size > MAX_BYTES:
        raise _UnusableError(f"is larger than {MAX_BYTES // 2**20} MiB: split the folder")
    data = path.read_bytes()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _UnusableError("is neither UTF-8 nor GB18030: save it as CSV UTF-8")


def _entries(folder: Path, text: str, problems: list[Problem]) -> Iterator[tuple[str, Entry]]:
    header, rows = _table(text, problems)
    inside = Folder(folder)
    seen: dict[str, int] = {}
    for line, row in rows:
        if len(row) > len(header):
            message = f"has {len(row)} fields for {len(header)} columns: put fields with commas in double quotes"
            problems.append(_problem(message, line))
            continue
        fields = {name: value.strip() for name, value in zip(header, row, strict=False) if name in COLUMNS}
        try:
            file = inside.path(fields.get("file", ""), "file")
        except FieldError as error:
            problems.append(_problem(str(error), line))
            continue
        if file in seen:
            problems.append(_problem(f"{file} stands in line {seen[file]} already, which counts: drop one", line))
            continue
        seen[file] = line
        yield file, _entry(file, line, fields, inside, problems)


def _table(text: str, problems: list[Problem]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The column names, and the rows that are not blank, each with the line on which it begins."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def rows() -> Iterator[tuple[int, list[str]]]:
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problems.append(_problem(f"cannot be read on from here ({error}): check the quotes", line))
                return
            if reader.line_num > line:
                problems.append(_problem(f"runs on to line {reader.line_num}: close the double quotes", line))
            elif any(value.strip() for value in row):
                yield line, row

    found = rows()
    line, header = next(found, (1, []))
    header = [name.strip().lower() for name in header]
    if not any(header) and problems:  # the first line could not be read, and that is said already
        return header, iter(())
    if "file" not in header:
        raise _UnusableError(f"has no column named file: begin with the line {','.join(COLUMNS)}")
    unknown = [name[:40] for name in header if name and name not in COLUMNS]
    if unknown:
        problems.append(_problem(f"unknown columns are ignored ({', '.join(unknown[:10])}): drop or rename them", line))
    for name in COLUMNS:
        if header.count(name) > 1:
            raise _UnusableError(f"has several columns named {name}: keep one")
    return header, found


def _entry(file: str, line: int, fields: dict[str, str], inside: Folder, problems: list[Problem]) -> Entry:
    """The entry of a line; a field that cannot be used is left out and becomes a problem."""
    readers = {
        "url": read_url,
        "publisher": read_name,
        "published_on": read_day,
        "agency": read_name,
        "region": read_region,
        "corrects": lambda value: read_corrects(value, file, inside),
    }
    values = {}
    for column, read in readers.items():
        if fields.get(column):
            try:
                values[column] = read(fields[column])
            except FieldError as error:
                problems.append(_problem(f"{column} is left out: {error}", line))
    return Entry(file, line, **values)


def _without_cycles(entries: dict[str, Entry], problems: list[Problem]) -> dict[str, Entry]:
    """The entries, without ``corrects`` where reports are said to replace each other."""
    found = dict(entries)
    settled: set[str] = set()
    for start in entries:
        path: dict[str, None] = {}
        file: str | None = start
        while file is not None and file not in settled and file not in path:
            path[file] = None
            file = entries[file].corrects if file in entries else None
        if file is not None and file in path:
            cycle = list(path)[list(path).index(file) :]
            for member in cycle:
                message = f"corrects is left out: {', '.join(cycle[:5])} replace each other; name the older report only"
                problems.append(_problem(message, entries[member].line))
                found[member] = replace(entries[member], corrects=None)
        settled.update(path)
    return found
