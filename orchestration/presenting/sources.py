"""Files named on the command line, opened, read and resolved: what the presentations show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from orchestration.agencies.resolving import Agency, resolve
from orchestration.editing import Judgement, judge_one
from orchestration.intake.containers import MAX_FILE_BYTES, MAX_TEXT_BYTES, open_document
from orchestration.intake.document import Document, Problem, SetAsideError
from orchestration.intake.manifest import NAME as MANIFEST
from orchestration.intake.manifest import Entry, read_manifest
from orchestration.reading import CellReading, Report, read_report


@dataclass
class Source:
    """One file: ``name`` as given, its hash, and what was read. ``report`` is None for a file that was not opened."""

    name: str
    sha256: str | None
    document: Document | None = None
    report: Report | None = None
    agency: Agency | None = None
    entry: Entry | None = None
    reason: Problem | None = None

    @property
    def failed(self) -> bool:
        """Whether the file was unreadable or set aside."""
        return self.report is None or self.report.set_aside is not None

    @property
    def year(self) -> int | None:
        """The year of the report."""
        return self.report.heading.year if self.report else None

    @property
    def forms(self) -> dict[str, str | None]:
        """Table code to form, None where a table was not found."""
        return self.report.reading.forms if self.report else dict.fromkeys(("disclosure", "requests", "disputes"))

    @property
    def cells(self) -> list[CellReading]:
        """All cells of the forms found, in form order."""
        return self.report.reading.cells if self.report else []

    @property
    def problems(self) -> list[Problem]:
        """Reading problems, or the one reason why there is nothing to read."""
        return self.report.reading.problems if self.report else [self.reason] if self.reason else []

    @cached_property
    def judgements(self) -> list[Judgement]:
        """Verdicts of all identities of the forms found."""
        if self.report is None:
            return []
        return judge_one(self.forms, {cell.cell: cell.value for cell in self.cells if cell.status == "reported"})


def open_sources(paths: Iterable[str]) -> Iterator[Source]:
    """Read files in the order given, folders recursively by relative path; a failure costs its own file alone."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            manifest = read_manifest(path)
            inside = [p for p in path.rglob("*") if p.is_file() and not _hidden(p, path) and p.name != MANIFEST]
            for file in sorted(inside, key=lambda p: p.relative_to(path).parts):
                relative = file.relative_to(path).as_posix()
                yield open_source(file, str(Path(given) / relative), manifest.entries.get(relative))
        else:
            yield open_source(path, given, _beside(path))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _beside(path: Path) -> Entry | None:
    if (path.parent / MANIFEST).is_file():
        return read_manifest(path.parent).entries.get(path.name)
    return None


def open_source(path: Path, name: str, entry: Entry | None = None) -> Source:
    """Open and read one file; what goes wrong is in ``reason``, never raised."""
    try:
        if path.stat().st_size > max(MAX_FILE_BYTES, MAX_TEXT_BYTES):
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return Source(name, digest, reason=Problem("too_large", f"the file has {path.stat().st_size} bytes"))
        data = path.read_bytes()
    except OSError as error:
        return Source(name, None, reason=Problem("broken_file", f"{name}: {error.strerror}; check the path and rights"))
    return read_source(data, path.name, name, entry)


def read_source(data: bytes, file_name: str, name: str | None = None, entry: Entry | None = None) -> Source:
    """Read a file's bytes; nothing is written. ``name`` (default: ``file_name``) is what messages call it."""
    name = name or file_name
    digest = hashlib.sha256(data).hexdigest()
    try:
        document = open_document(data, file_name)
    except SetAsideError as error:
        return Source(name, digest, reason=Problem(error.code, error.reason))
    report = read_report(document)
    if report.set_aside:
        return Source(name, digest, document, report, None, entry)
    return Source(name, digest, document, report, resolve(report.heading, document.text, entry), entry)
