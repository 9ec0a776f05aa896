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
    "publication_difference": "What this publication changed against the one before (与上次发布的差异): agencies, "
    "reports, cells and verdicts that were added, changed or gone. Cells and verdicts of a report that came or went as "
    "a whole are counted in one row. Empty for the first publication.",
}
COLUMNS = {
    "publication": {
        "published_at": ("timestamp", "Time of publication, UTC."),
        "code_version": ("varchar", "Version of the code that made the file."),
        "form_version": ("varchar", "Hash of the declaration of the statutory form: SHA-256, first 16 hex digits."),
        "schema_version": ("varchar", "Hash of tables, columns and types: SHA-256, first 16 hex digits."),
        "run_id": ("varchar", "The Dagster run that published; null outside of a run."),
        "table_count": ("bigint", "Number of tables, without those of publication."),
        "row_count": ("bigint", "Rows of all these tables together."),
        "report_count": (
            "bigint",
            "Reports of the input, those set aside included; null where there is no dim_report.",
        ),
        "report_digest": ("varchar", "SHA-256 over their sorted report_id, each followed by a line end: the input."),
        "previous_published_at": ("timestamp", "Time of the publication before, UTC; null for the first."),
        "previous_sha256": ("varchar", "SHA-256 of the DuckDB file published before; null for the first."),
        "comparison": ("varchar", "first, compared, or not_comparable: the file before lacks a table or key."),
        "storage_version": ("varchar", "Storage version of the file: DuckDB clients from here on open it."),
        "duckdb_version": ("varchar", "The DuckDB that wrote the file."),
    },
    "publication_table": {
        "schema_name": ("varchar", "Schema of the table."),
        "table_name": ("varchar", "Name of the table."),
        "row_count": ("bigint", "Rows at publication."),
        "description": ("varchar", "What the table holds; its comment."),
    },
    "publication_difference": {
        "kind": ("varchar", "agency, report, cell or verdict."),
        "change": ("varchar", "added, changed or gone."),
        "agency_id": ("varchar", "The agency; null where no title names it."),
        "agency_name": ("varchar", "Name of the agency, in this file or else in the one before."),
        "year": ("integer", "The year that the report covers; null for an agency."),
        "report_id": ("varchar", "The report; null for an agency."),
        "item": (
            "varchar",
            "Agency, path of the report, address of the cell, or identity/member; null for a whole report.",
        ),
        "before": ("varchar", "What differs, as it was: column=value, parted by semicolons; null where added."),
        "after": ("varchar", "What differs, as it is; null where gone."),
        "items": ("bigint", "How many things the row stands for: 1, or all cells or verdicts of a whole report."),
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


def report_digest(connection: duckdb.DuckDBPyConnection, catalog: str) -> tuple[int | None, str | None]:
    """The number of reports and a SHA-256 over their sorted identifiers; None for both without ``dim_report``."""
    there = connection.execute(
        "select count(*) from duckdb_tables() where database_name = ? and table_name = 'dim_report'", [catalog]
    ).fetchone()[0]
    if not there:
        return None, None
    whole, count = hashlib.sha256(), 0
    found = connection.execute(f"select report_id from {catalog}.main.dim_report order by report_id")
    while rows := found.fetchmany(10_000):
        count += len(rows)
        whole.update("".join(f"{row[0]}\n" for row in rows).encode())
    return count, whole.hexdigest()


def create_tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """The tables of publication itself, without rows, described."""
    for name, columns in COLUMNS.items():
        table = f"{catalog}.main.{name}"
        connection.execute(f"create table {table} ({', '.join(f'{key} {kind}' for key, (kind, _) in columns.items())})")
        connection.execute(f"comment on table {table} is '{COMMENTS[name]}'")
        for key, (_, said) in columns.items():
            connection.execute(f"comment on column {table}.{key} is '{said}'")


def write_stamp(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    stamp: Stamp,
    tables: list[tuple[str, str, int, str | None]],
    history: dict,
) -> dict:
    """Fill ``publication`` and ``publication_table`` of ``catalog``; returns the row of the former.

    ``tables`` are schema, name, row count and comment of the copied tables; ``history`` what is known of the
    publication before, by column.
    """
    count, digest = report_digest(connection, catalog)
    row = {
        "published_at": (stamp.published_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None),
        "code_version": stamp.code_version,
        "form_version": stamp.form_version or form_version(),
        "schema_version": schema_version(connection, catalog),
        "run_id": stamp.run_id,
        "table_count": len(tables),
        "row_count": sum(rows for _, _, rows, _ in tables),
        "report_count": count,
        "report_digest": digest,
        **history,
        "storage_version": STORAGE_VERSION,
        "duckdb_version": duckdb.__version__,
    }
    for name, rows in (
        ("publication", [tuple(row[key] for key in COLUMNS["publication"])]),
        ("publication_table", tables),
    ):
        if rows:
            marks = ", ".join("?" * len(COLUMNS[name]))
            connection.executemany(f"insert into {catalog}.main.{name} values ({marks})", rows)
    return row
