"""What a published file says of itself: when, by which code, from which form, with which columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.form import SEEDS

STORAGE_VERSION = "v1.0.0"  # the oldest that DuckDB 2 writes; every 1.x client opens it
LENGTH = 16

COMMENTS = {
    "publication": "One row: when and from what this file was made.",
    "publication_table": "The tables of this file, with their row counts at publication.",
}
COLUMNS = {
    "publication": {
        "published_at": ("timestamp", "Time of publication, UTC."),
        "code_version": ("varchar", "Version of the code that made the file."),
        "form_version": ("varchar", "Hash of the declaration of the statutory form: SHA-256, first 16 hex digits."),
        "schema_version": ("varchar", "Hash of tables, columns and types: SHA-256, first 16 hex digits."),
        "run_id": ("varchar", "The Dagster run that published; null outside of a run."),
        "table_count": ("bigint", "Number of tables, without the two of publication."),
        "row_count": ("bigint", "Rows of all these tables together."),
        "storage_version": ("varchar", "Storage version of the file: DuckDB clients from here on open it."),
        "duckdb_version": ("varchar", "The DuckDB that wrote the file."),
    },
    "publication_table": {
        "schema_name": ("varchar", "Schema of the table."),
        "table_name": ("varchar", "Name of the table."),
        "row_count": ("bigint", "Rows at publication."),
        "description": ("varchar", "What the table holds; its comment."),
    },
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who publishes: ``code_version`` of the code, ``run_id`` of the Dagster run (None outside of one).

    ``published_at`` (UTC) and ``form_version`` are found where they are not given.
    """

    code_version: str
    run_id: str | None = None
    published_at: datetime | None = None
    form_version: str | None = None


def form_version(folder: Path = SEEDS) -> str:
    """A hash over the names and bytes of the declaration's files; raises OSError where one cannot be read."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}\n".encode() + content)
    return digest.hexdigest()[:LENGTH]


def schema_version(connection: duckdb.DuckDBPyConnection, catalog: str) -> str:
    """A hash over schemas, tables, columns and types, in a fixed order."""
    found = connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where database_name = ? and not internal order by schema_name, table_name, column_index",
        [catalog],
    ).fetchall()
    return hashlib.sha256(repr(found).encode()).hexdigest()[:LENGTH]


def write_stamp(
    connection: duckdb.DuckDBPyConnection, catalog: str, stamp: Stamp, tables: list[tuple[str, str, int, str | None]]
) -> dict:
    """Add ``publication`` and ``publication_table`` to ``catalog``; returns the row of the former.

    ``tables`` are schema, name, row count and comment of the copied tables.
    """
    row = {
        "published_at": (stamp.published_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None),
        "code_version": stamp.code_version,
        "form_version": stamp.form_version or form_version(),
        "schema_version": schema_version(connection, catalog),
        "run_id": stamp.run_id,
        "table_count": len(tables),
        "row_count": sum(rows for _, _, rows, _ in tables),
        "storage_version": STORAGE_VERSION,
        "duckdb_version": duckdb.__version__,
    }
    for name, rows in (("publication", [tuple(row.values())]), ("publication_table", tables)):
        table = f'"{catalog}".main.{name}'
        columns = COLUMNS[name]
        connection.execute(f"create table {table} ({', '.join(f'{key} {kind}' for key, (kind, _) in columns.items())})")
        connection.execute(f"comment on table {table} is '{COMMENTS[name]}'")
        for key, (_, said) in columns.items():
            connection.execute(f"comment on column {table}.{key} is '{said}'")
        if rows:
            connection.executemany(f"insert into {table} values ({', '.join('?' * len(columns))})", rows)
    return row
