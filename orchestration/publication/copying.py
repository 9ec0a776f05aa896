"""The copy itself: marts, seeds and reference tables of a warehouse as plain tables of another file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.publication.differences import FIRST, NOT_COMPARABLE, count_differences, write_differences
from orchestration.publication.versions import STORAGE_VERSION, Stamp, create_tables, write_stamp

SOURCE, COPY, BEFORE = "warehouse_source", "warehouse_copy", "warehouse_before"
# what dbt builds for itself, most of it views on files that do not travel with the copy
LEFT_OUT_PREFIXES = ("stg_", "int_")
LEFT_OUT_SCHEMAS = ("staging", "intermediate", "dbt_test__audit")
LEFT_OUT_SUFFIXES = ("__dbt_tmp", "__dbt_backup")


class CopyError(RuntimeError):
    """The copy does not hold what the warehouse holds."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view of the warehouse with its comment and columns (name, type and comment of each, in order)."""

    schema: str
    name: str
    is_view: bool
    comment: str | None
    columns: tuple[tuple[str, str, str | None], ...]

    @property
    def sql(self) -> str:
        """The name for SQL, without a catalog."""
        return f"{_quoted(self.schema)}.{_quoted(self.name)}"

    @property
    def is_published(self) -> bool:
        """False for what dbt builds on the way to a mart."""
        return not (
            self.name.startswith(LEFT_OUT_PREFIXES)
            or self.name.endswith(LEFT_OUT_SUFFIXES)
            or self.schema.endswith(LEFT_OUT_SCHEMAS)
        )


@dataclass(frozen=True, slots=True)
class Previous:
    """The file published before, and its SHA-256 in hex."""

    path: Path
    sha256: str


def copy_warehouse(warehouse: Path, copy: Path, stamp: Stamp, previous: Previous | None = None) -> dict:
    """Write the published relations of ``warehouse`` to the new file ``copy``, views as tables, and stamp it.

    Keys, constraints and comments are kept. Returns the row of ``publication``, ``tables`` (qualified name to rows) and
    ``differences`` from ``previous`` ((kind, change) to number). Raises CopyError where the copy differs or nothing is
    there to publish, duckdb.Error where a file cannot be used.
    """
    with duckdb.connect() as connection:
        # beside the copy, so that what spills to disk goes when the copy's folder goes
        connection.execute(f"set temp_directory = {_text(copy.parent / 'spill')}")
        connection.execute(f"attach {_text(warehouse)} as {SOURCE} (read_only)")
        connection.execute(f"attach {_text(copy)} as {COPY} (storage_version '{STORAGE_VERSION}')")
        kept = [relation for relation in relations(connection, SOURCE) if relation.is_published]
        if not kept:
            raise CopyError(f"{warehouse}: nothing to publish, the warehouse has no marts")
        _copy_schema(connection, kept)
        for relation in _referenced_first(connection, kept):
            _fill(connection, relation)
        tables = [_compared(connection, relation) for relation in kept]
        create_tables(connection, COPY)
        history = _compare(connection, previous)
        differences = count_differences(connection, COPY)
        row = write_stamp(connection, COPY, stamp, tables, history)
        connection.execute(f"checkpoint {COPY}")
        connection.execute(f"detach {COPY}")
    counts = {f"{schema}.{name}": rows for schema, name, rows, _ in tables}
    _verify(copy, kept, counts)
    return row | {"tables": counts, "differences": differences}


def _compare(connection: duckdb.DuckDBPyConnection, previous: Previous | None) -> dict:
    """The differences written; what is known of the publication before, by column of ``publication``."""
    history = {"previous_published_at": None, "previous_sha256": None, "comparison": FIRST}
    if previous is None:
        return history
    history |= {"previous_sha256": previous.sha256, "comparison": NOT_COMPARABLE}
    try:
        connection.execute(f"attach {_text(previous.path)} as {BEFORE} (read_only)")
    except duckdb.Error:
        return history  # a damaged file must not keep a sound one from taking its place
    stamp = f"select published_at from {BEFORE}.main.publication"
    with suppress(duckdb.Error):
        history["previous_published_at"] = connection.execute(stamp).fetchone()[0]
    history["comparison"] = write_differences(connection, COPY, BEFORE)
    connection.execute(f"detach {BEFORE}")
    return history


def relations(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Relation]:
    """Tables and views of a catalog, by schema and name."""
    columns: dict[tuple[str, str], list] = {}
    for schema, table, *column in connection.execute(
        "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() "
        "where database_name = ? and not internal order by schema_name, table_name, column_index",
        [catalog],
    ).fetchall():
        columns.setdefault((schema, table), []).append(tuple(column))
    found = connection.execute(
        "select schema_name, table_name, false, comment from duckdb_tables() where database_name = ? and not internal "
        "union all "
        "select schema_name, view_name, true, comment from duckdb_views() where database_name = ? and not internal "
        "order by all",
        [catalog, catalog],
    ).fetchall()
    return [Relation(*row, tuple(columns.get((row[0], row[1]), ()))) for row in found]


def _copy_schema(connection: duckdb.DuckDBPyConnection, kept: list[Relation]) -> None:
    """Everything without rows, by DuckDB itself; then away with views and with what is not published."""
    connection.execute(f"copy from database {SOURCE} to {COPY} (schema)")
    copied = relations(connection, COPY)
    names = {(relation.schema, relation.name) for relation in kept}
    for relation in sorted(copied, key=lambda relation: not relation.is_view):
        if relation.is_view:
            connection.execute(f"drop view {COPY}.{relation.sql}")
        elif (relation.schema, relation.name) not in names:
            connection.execute(f"drop table {COPY}.{relation.sql}")
    used = {relation.schema for relation in kept} | {"main"}
    for schema in {relation.schema for relation in copied} - used:
        connection.execute(f"drop schema {COPY}.{_quoted(schema)}")


def _referenced_first(connection: duckdb.DuckDBPyConnection, kept: list[Relation]) -> list[Relation]:
    """In an order in which no row comes before the row that its foreign key names."""
    needs: dict[str, set[str]] = {}
    for name, referenced in connection.execute(
        "select table_name, referenced_table from duckdb_constraints() "
        "where database_name = ? and constraint_type = 'FOREIGN KEY' and table_name <> referenced_table",
        [SOURCE],
    ).fetchall():
        needs.setdefault(name, set()).add(referenced)
    ordered: list[Relation] = []
    waiting = list(kept)
    while waiting:
        pending = {relation.name for relation in waiting}
        ready = [relation for relation in waiting if not needs.get(relation.name, set()) & pending]
        if not ready:
            raise CopyError(f"foreign keys form a circle among {', '.join(sorted(pending))}")
        ordered += ready
        waiting = [relation for relation in waiting if relation not in ready]
    return ordered


def _fill(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    target, source = f"{COPY}.{relation.sql}", f"{SOURCE}.{relation.sql}"
    if not relation.is_view:
        connection.execute(f"insert into {target} select * from {source}")
        return
    connection.execute(f"create table {target} as select * from {source}")
    if relation.comment is not None:
        connection.execute(f"comment on table {target} is {_text(relation.comment)}")
    for column, _, comment in relation.columns:
        if comment is not None:
            connection.execute(f"comment on column {target}.{_quoted(column)} is {_text(comment)}")


def _compared(connection: duckdb.DuckDBPyConnection, relation: Relation) -> tuple[str, str, int, str | None]:
    counts = [
        connection.execute(f"select count(*) from {catalog}.{relation.sql}").fetchone()[0] for catalog in (SOURCE, COPY)
    ]
    if counts[0] != counts[1]:
        raise CopyError(f"{relation.schema}.{relation.name}: {counts[0]} rows became {counts[1]}")
    return relation.schema, relation.name, counts[0], relation.comment


def _verify(copy: Path, kept: list[Relation], counts: dict[str, int]) -> None:
    """Open the finished file as a reader does and look for every table, column, type, comment and row count."""
    with duckdb.connect(str(copy), read_only=True) as connection:
        catalog = connection.execute("select current_database()").fetchone()[0]
        found = {(relation.schema, relation.name): relation for relation in relations(connection, catalog)}
        for wanted in kept:
            there = found.get((wanted.schema, wanted.name))
            if there is None or there.is_view:
                raise CopyError(f"{wanted.schema}.{wanted.name} is not a table of the copy")
            if (there.comment, there.columns) != (wanted.comment, wanted.columns):
                raise CopyError(f"{wanted.schema}.{wanted.name}: comments, columns or types differ from the warehouse")
            rows = connection.execute(f"select count(*) from {wanted.sql}").fetchone()[0]
            if rows != counts[f"{wanted.schema}.{wanted.name}"]:
                raise CopyError(f"{wanted.schema}.{wanted.name}: {rows} rows when read again")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
