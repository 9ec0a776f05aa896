"""The Parquet files under ``<home>/lake``: written whole or not at all, with the schema they are declared with.

Belongs here: how a file is written, found and recognised as up to date. Not what stands in it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

FINGERPRINT = b"gongkai.fingerprint"
EMPTY = "empty.parquet"


class LakeSchemaError(ValueError):
    """A frame does not have the columns and types of the file that it should go to."""


def files(folder: Path) -> list[Path]:
    """The Parquet files of a folder, sorted by name; none where the folder is missing."""
    return sorted(folder.glob("*.parquet"))


def scan(folder: Path, schema: pl.Schema) -> pl.LazyFrame:
    """All rows of a folder; raises LakeSchemaError for a file of another schema."""
    found = files(folder)
    for path in found:
        if pl.read_parquet_schema(path) != dict(schema):
            raise LakeSchemaError(f"{path} does not have the declared columns; remove it and run again")
    return pl.scan_parquet(found) if found else pl.LazyFrame(schema=schema)


def read(folder: Path, schema: pl.Schema) -> pl.DataFrame:
    """All rows of a folder as a frame."""
    return scan(folder, schema).collect()


def count(path: Path) -> int:
    """The number of rows of a file."""
    return pq.read_metadata(path).num_rows


def batches(path: Path) -> Iterator[pl.DataFrame]:
    """A file in the batches in which it was written; nothing for a file without rows."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield pl.from_arrow(file.read_row_group(group))


def digest(*parts: object) -> str:
    """A short, stable name for a sequence of values: 16 hex digits."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def fingerprint(path: Path) -> str | None:
    """What the file was made from, as `writer` recorded it; None for a missing or unmarked file."""
    if not path.exists():
        return None
    marks = pq.read_metadata(path).metadata or {}
    return marks[FINGERPRINT].decode() if FINGERPRINT in marks else None


class PartWriter:
    """Appends frames of one schema to one file and counts their rows."""

    def __init__(self, path: Path, schema: pl.Schema, mark: str) -> None:
        self.schema = schema
        self.rows = 0
        self._mark = mark
        self._file = pq.ParquetWriter(path, schema.to_frame().to_arrow().schema, compression="zstd")

    def write(self, frame: pl.DataFrame) -> None:
        """Append a frame; raises LakeSchemaError where it does not fit."""
        check(frame, self.schema)
        if frame.height:
            table = frame.to_arrow().cast(self._file.schema)
            self._file.write_table(table, row_group_size=frame.height)  # what was written together is read together
        self.rows += frame.height

    def close(self) -> None:
        """Record the fingerprint and finish the file."""
        self._file.add_key_value_metadata({FINGERPRINT: self._mark.encode()})
        self._file.close()


def check(frame: pl.DataFrame, schema: pl.Schema) -> None:
    """Raise LakeSchemaError, naming the columns, where the frame does not have exactly this schema."""
    if frame.schema == schema:
        return
    names = [name for name in {**schema, **frame.schema} if frame.schema.get(name) != schema.get(name)]
    wrong = ", ".join(f"{name}: {frame.schema.get(name)} instead of {schema.get(name)}" for name in names)
    raise LakeSchemaError(wrong or f"columns in the order {frame.columns} instead of {list(schema)}")


@contextmanager
def writer(path: Path, schema: pl.Schema, mark: str = "") -> Iterator[PartWriter]:
    """Write a file in batches; it takes its name only when all of it is on disk, so readers never see a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    part = PartWriter(unfinished, schema, mark)
    try:
        yield part
        part.close()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write(path: Path, frame: pl.DataFrame, schema: pl.Schema, mark: str = "") -> None:
    """Write a whole frame atomically."""
    with writer(path, schema, mark) as part:
        part.write(frame)


def keep_readable(folder: Path, schema: pl.Schema) -> None:
    """Make sure that the folder holds a file, if need be one without rows: readers of ``*.parquet`` need one."""
    if not files(folder):
        write(folder / EMPTY, schema.to_frame(), schema)
