"""Makes a release in a folder of its own beside the target, and puts it in place in one step."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration.publication.beside import MANIFEST, sha256, write_beside
from orchestration.publication.copying import Previous, copy_warehouse
from orchestration.publication.gate import CheckOutcome, PublicationRefused, refusals
from orchestration.publication.releases import current_release, place, prune, sync
from orchestration.publication.versions import Stamp

WORKSHOP = ".publishing-"


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the file, its release, its stamp, the rows of each table (``schema.table``), what changed."""

    path: Path
    release: Path
    bytes: int
    published_at: datetime  # UTC, without a zone
    code_version: str
    form_version: str
    schema_version: str
    tables: dict[str, int]
    comparison: str  # first, compared or not_comparable
    differences: dict[tuple[str, str], int]  # (agency, report, cell or verdict; added, changed or gone) -> how many


def publish(
    warehouse: Path, target: Path, stamp: Stamp, *, checks: Iterable[CheckOutcome], required: Collection[str]
) -> Published:
    """Replace ``target`` by a read-only copy of the marts and reference tables of ``warehouse``.

    Beside it stand the same tables as Parquet, their description and a manifest (see ``releases`` for where); all of
    it changes in one step. Readers that have the old file open keep it; the next to open sees the new one; no reader
    sees a part of one. ``checks`` and ``required`` are judged first (see ``gate.refusals``). Raises PublicationRefused,
    CopyError, duckdb.Error (a file cannot be used, e.g. while dbt writes) or OSError; then what was in place still is.
    """
    if reasons := refusals(checks, required):
        raise PublicationRefused(reasons)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _workshop(target.parent) as folder:
        made = folder / "release"
        made.mkdir()
        copy = made / target.name
        previous = _previous(target)
        row = copy_warehouse(warehouse, copy, stamp, previous)
        write_beside(copy, row, previous.sha256 if previous else None)
        for path in sorted(made.rglob("*")):
            if path.is_file():
                path.chmod(0o444)
            sync(path)
        # left by a client that forced its way in, it would be replayed into a file that it does not belong to
        target.with_name(target.name + ".wal").unlink(missing_ok=True)
        release = place(made, target.parent, target.name)
        prune(target.parent)
    return Published(
        path=target,
        release=release,
        bytes=target.stat().st_size,
        published_at=row["published_at"],
        code_version=row["code_version"],
        form_version=row["form_version"],
        schema_version=row["schema_version"],
        tables=row["tables"],
        comparison=row["comparison"],
        differences=row["differences"],
    )


def _previous(target: Path) -> Previous | None:
    """The file in place with its SHA-256, from its manifest where it has one."""
    if not target.exists():
        return None
    path = target.resolve()
    manifest = path.with_name(MANIFEST)
    if current_release(target.parent) == path.parent and manifest.exists():
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        return Previous(path, next(file["sha256"] for file in files if file["path"] == path.name))
    return Previous(path, sha256(path))


@contextmanager
def _workshop(parent: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, made while no other publication to ``parent`` is under way."""
    lock = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # goes with the process, however it ends
        for litter in parent.glob(f"{WORKSHOP}*"):  # of a publication that was killed
            shutil.rmtree(litter)
        prune(parent)
        folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(lock)
