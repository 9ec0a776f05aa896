"""Makes the copy in a folder of its own beside the target, and puts it in place in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration.publication.copying import copy_warehouse
from orchestration.publication.gate import CheckOutcome, PublicationRefused, refusals
from orchestration.publication.versions import Stamp

WORKSHOP = ".publishing-"


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the file, its stamp, and the rows of each table (``schema.table``)."""

    path: Path
    bytes: int
    published_at: datetime  # UTC, without a zone
    code_version: str
    form_version: str
    schema_version: str
    tables: dict[str, int]


def publish(
    warehouse: Path, target: Path, stamp: Stamp, *, checks: Iterable[CheckOutcome], required: Collection[str]
) -> Published:
    """Replace ``target`` by a read-only copy of the marts and reference tables of ``warehouse``.

    Readers that have the old file open keep it; the next to open sees the new one; no reader sees a part of one.
    ``checks`` and ``required`` are judged first (see ``gate.refusals``). Raises PublicationRefused, CopyError,
    duckdb.Error (a file cannot be used, e.g. while dbt writes) or OSError; then the old file is untouched.
    """
    if reasons := refusals(checks, required):
        raise PublicationRefused(reasons)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _workshop(target.parent) as folder:
        copy = folder / target.name
        row = copy_warehouse(warehouse, copy, stamp)
        copy.chmod(0o444)
        _sync(copy)
        size = copy.stat().st_size
        # left by a client that forced its way in, it would be replayed into a file that it does not belong to
        target.with_name(target.name + ".wal").unlink(missing_ok=True)
        copy.replace(target)
        _sync(target.parent)
    return Published(
        path=target,
        bytes=size,
        published_at=row["published_at"],
        code_version=row["code_version"],
        form_version=row["form_version"],
        schema_version=row["schema_version"],
        tables=row["tables"],
    )


@contextmanager
def _workshop(parent: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, made while no other publication to ``parent`` is under way."""
    lock = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # goes with the process, however it ends
        for litter in parent.glob(f"{WORKSHOP}*"):  # of a publication that was killed
            shutil.rmtree(litter)
        folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(lock)


def _sync(path: Path) -> None:
    """Make sure that a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
