"""The inventory of the reports folder: every file once by the SHA-256 of its bytes, append-only.

Belongs here: which files there are, which of them are new, and what became of opening them. Does not belong here:
what stands in a report.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from orchestration import lake
from orchestration.intake.containers import MAX_FILE_BYTES, check_size, open_beside, open_document
from orchestration.intake.copies import Copy, copies_among
from orchestration.intake.document import Document, SetAsideError
from orchestration.intake.schema import RAW_REPORTS

MANIFEST = "manifest.csv"
OPENERS = 2
MANY = 50  # new files of which pages too are opened in processes of their own
BATCH_FILES = 500
BATCH_BYTES = 64 << 20

FILE_SIGHTINGS = pl.Schema(
    {
        "path": pl.String,  # relative to the reports folder
        "bytes": pl.Int64,
        "modified_ns": pl.Int64,
        "report_id": pl.String,
    }
)


@dataclass
class Intake:
    """What one look at the folder found; ``unreadable`` pairs a path with the reason why its bytes could not be had."""

    files: int = 0
    read: int = 0  # files whose bytes were read in this run
    new: int = 0  # rows added to the inventory
    again: int = 0  # read, but known under another name or date
    set_aside: int = 0  # of the new ones
    copies: list[Copy] = field(default_factory=list)  # of all files, also those not read in this run
    unreadable: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    size: int
    modified_ns: int


def take_inventory(
    reports: Path,
    home_lake: Path,
    *,
    opener: Callable[[bytes, str], Document] = open_document,
    now: datetime | None = None,
) -> Intake:
    """Add the new files of ``reports`` to ``raw_reports`` (and to ``file_sightings``) under ``home_lake``.

    A file whose path, size and time of change are known is not read; one whose bytes are known is not opened.
    Raises NotADirectoryError where there is no such folder. A file that cannot be read never stops the others.
    """
    if not reports.is_dir():
        raise NotADirectoryError(f"the reports folder {reports} does not exist")
    sightings = lake.read(home_lake / "file_sightings", FILE_SIGHTINGS)
    first = first_paths(home_lake)
    seen = {tuple(file): report_id for *file, report_id in sightings.select(FILE_SIGHTINGS.names()).iter_rows()}
    present: dict[str, list[str]] = {}
    found = Intake()
    batch = _Batch(home_lake, now or datetime.now(UTC), opener)
    for file in _walk(reports, found):
        found.files += 1
        if report_id := seen.get((file.name, file.size, file.modified_ns)):
            present.setdefault(report_id, []).append(file.name)
            continue
        try:
            report_id, data = _fetch(file, first)
        except OSError as error:
            found.unreadable.append((file.name, error.strerror or str(error)))
            continue
        found.read += 1
        present.setdefault(report_id, []).append(file.name)
        batch.sightings.append((file.name, file.size, file.modified_ns, report_id))
        if report_id in first:
            found.again += 1
        else:
            first[report_id] = file.name
            found.new += 1
            batch.add(file, report_id, data)
        if batch.full:
            found.set_aside += batch.flush()
    found.set_aside += batch.flush()
    found.copies = copies_among(present, first)
    lake.keep_readable(home_lake / "raw_reports", RAW_REPORTS)
    lake.keep_readable(home_lake / "file_sightings", FILE_SIGHTINGS)
    return found


def first_paths(home_lake: Path) -> dict[str, str]:
    """The path of each report of the inventory, as it was first seen."""
    return dict(lake.scan(home_lake / "raw_reports", RAW_REPORTS).select("report_id", "path").collect().iter_rows())


def reports_of_files(home_lake: Path) -> dict[str, str]:
    """The report of each path; where its bytes have changed, the latest."""
    sightings = lake.read(home_lake / "file_sightings", FILE_SIGHTINGS).sort("modified_ns")
    return dict(sightings.select("path", "report_id").iter_rows())


def folder_state(reports: Path) -> str:
    """A digest of the names, sizes and times of the files: it changes when one is added, changed or removed."""
    files = _walk(reports, Intake()) if reports.is_dir() else ()
    return lake.digest(*((file.name, file.size, file.modified_ns) for file in files))


def _walk(reports: Path, found: Intake) -> Iterator[_File]:
    """Regular files in the order of their relative paths, without hidden ones and manifests."""
    paths = []
    for folder, folders, names in os.walk(reports, onerror=lambda error: _note(found, reports, error)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(folder, name) for name in names if not name.startswith(".") and name != MANIFEST]
    for path in sorted(paths, key=lambda path: path.relative_to(reports).parts):
        try:
            status = path.stat()
        except OSError as error:
            _note(found, reports, error)
            continue
        if stat.S_ISREG(status.st_mode):  # a pipe or device could be read for ever
            yield _File(path, _text(path.relative_to(reports)), status.st_size, status.st_mtime_ns)


def _note(found: Intake, reports: Path, error: OSError) -> None:
    name = _text(Path(error.filename).relative_to(reports)) if error.filename else "?"
    found.unreadable.append((name, error.strerror or str(error)))


def _text(path: Path) -> str:
    """The path in UTF-8, whatever bytes the file system holds."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _fetch(file: _File, known: Container[str]) -> tuple[str, bytes | None]:
    """The SHA-256 of the file and its bytes; None instead of the bytes where they are not needed or too many."""
    with file.path.open("rb") as stream:
        if file.size > MAX_FILE_BYTES:
            return hashlib.file_digest(stream, "sha256").hexdigest(), None
        data = stream.read()
    report_id = hashlib.sha256(data).hexdigest()
    return report_id, None if report_id in known else data


class _Batch:
    """Files on their way to disk, opened and written together, so that memory stays bounded and parts are not small."""

    def __init__(self, home_lake: Path, now: datetime, opener: Callable[[bytes, str], Document]) -> None:
        self._lake = home_lake
        self._now = now
        self._opener = opener
        self._new: list[tuple[_File, str, bytes | None]] = []
        self.sightings: list[tuple] = []

    @property
    def full(self) -> bool:
        return len(self.sightings) >= BATCH_FILES or sum(len(data or b"") for *_, data in self._new) >= BATCH_BYTES

    def add(self, file: _File, report_id: str, data: bytes | None) -> None:
        """Take a file whose bytes are new."""
        self._new.append((file, report_id, data))

    def flush(self) -> int:
        """Write the rows first and the sightings after them: a run that ends between reads the files again, no more.

        Returns how many files had to be set aside.
        """
        aside = 0
        if self._new:
            if self._opener is open_document and len(self._new) >= MANY:
                self._opener = open_beside
            with ThreadPoolExecutor(OPENERS) as threads:  # PDF and Office files open in processes of their own
                rows = pl.DataFrame(list(threads.map(self._row, self._new)), schema=RAW_REPORTS, orient="row")
            lake.write(self._lake / "raw_reports" / f"{_name(rows)}.parquet", rows, RAW_REPORTS)
            aside = rows["set_aside"].count()
        if self.sightings:
            sightings = pl.DataFrame(self.sightings, schema=FILE_SIGHTINGS, orient="row")
            lake.write(self._lake / "file_sightings" / f"{_name(sightings)}.parquet", sightings, FILE_SIGHTINGS)
        self._new, self.sightings = [], []
        return aside

    def _row(self, new: tuple[_File, str, bytes | None]) -> tuple:
        file, report_id, data = new
        code = reason = container = encoding = text = layout = None
        try:
            check_size(file.size)
            document = self._opener(data, file.name)
            document.text.encode()  # what cannot be written as UTF-8 must fail here, alone
            container, encoding, text, layout = document.container, document.encoding, document.text, document.layout()
        except SetAsideError as error:
            code, reason = error.code, error.reason
        except Exception as error:  # whatever a file does to its reader, the others are read
            code, reason = "broken_file", f"Opening it failed: {type(error).__name__}: {error}"
        kept = (report_id, file.name, container, encoding, file.size, file.modified_ns, self._now)
        return (*kept, code, reason, text, layout)


def _name(frame: pl.DataFrame) -> str:
    columns = [name for name in ("path", "modified_ns", "report_id") if name in frame.columns]
    return lake.digest(*(value for row in frame.select(columns).iter_rows() for value in row))
