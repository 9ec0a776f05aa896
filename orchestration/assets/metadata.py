"""What every asset tells the Dagster UI about its table: rows, columns, and the first of them."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from dagster import MarkdownMetadataValue, MetadataValue, TableColumn, TableSchema

from orchestration.settings import CHECKOUT

PREVIEW_ROWS = 5
PREVIEW_CHARACTERS = 60
OWNERS = ["team:gongkai"]
SEEDS = CHECKOUT / "dbt_project" / "seeds"
REVIEWED = (SEEDS / "reviews", SEEDS / "reference" / "known_exceptions.csv")


def table_metadata(frame: pl.LazyFrame | pl.DataFrame) -> dict[str, Any]:
    """Row count, column schema and a preview of a frame."""
    lazy = frame.lazy()
    schema = lazy.collect_schema()
    rows = lazy.select(pl.len()).collect().item()
    return described(rows, {name: str(kind) for name, kind in schema.items()}, lazy.head(PREVIEW_ROWS).collect().rows())


def described(rows: int, columns: Mapping[str, str], first: Iterable[Iterable[object]]) -> dict[str, Any]:
    """The same from a row count, columns with their types, and the first rows."""
    return {
        "dagster/row_count": rows,
        "dagster/column_schema": TableSchema([TableColumn(name, kind) for name, kind in columns.items()]),
        "preview": markdown(list(columns), first),
    }


def markdown(columns: list[str], rows: Iterable[Iterable[object]]) -> MarkdownMetadataValue:
    """A table for the UI, long texts cut."""
    table = [columns, ["---"] * len(columns), *([_shown(value) for value in row] for row in rows)]
    return MetadataValue.md("\n".join(f"| {' | '.join(row)} |" for row in table))


def _shown(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "¦")
    return text if len(text) <= PREVIEW_CHARACTERS else f"{text[:PREVIEW_CHARACTERS]}…"


@lru_cache(maxsize=16)
def code_version(*packages: str) -> str:
    """A digest of the sources of packages of ``orchestration`` and of the seeds: what they do may change with it.

    Without the reviewed files: a decision changes nothing that is read, and what shows it marks it by itself.
    """
    sources = [path for name in packages for path in (CHECKOUT / "orchestration" / name).rglob("*.py")]
    sources += [path for path in SEEDS.rglob("*.csv") if path not in REVIEWED and path.parent not in REVIEWED]
    whole = hashlib.sha256()
    for path in sorted(sources, key=lambda path: path.relative_to(CHECKOUT).as_posix()):
        whole.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()[:12]


def file_version(path: Path) -> str:
    """A digest of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
