"""Where the tables that the expectations read stand in a warehouse, whatever schemas dbt was told to use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Relations:
    """Qualified names for SQL; each field is called like its table."""

    fct_cell: str
    fct_derived_cell: str
    fct_plausibility_check: str
    fct_prose_claim: str
    fct_year_check: str
    dim_agency: str
    dim_report: str
    stg_report_headings: str
    stg_report_tables: str


TABLES = tuple(field.name for field in fields(Relations))


@contextmanager
def reading(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection, closed at once after use: an open reader keeps dbt from writing.

    Raises duckdb.Error where the file cannot be opened.
    """
    connection = duckdb.connect(str(warehouse), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def relations(warehouse: Path) -> Relations:
    """Find the tables by their names; raises LookupError, naming the table, where one is missing or there are two."""
    with reading(warehouse) as connection:
        places = ", ".join("?" for _ in TABLES)
        found = connection.execute(
            f"select table_name, table_schema from information_schema.tables where table_name in ({places})", TABLES
        ).fetchall()
    schemas = {}
    for table in TABLES:
        named = [schema for name, schema in found if name == table]
        if len(named) != 1:
            raise LookupError(f"{warehouse}: expected one table {table}, found {len(named)} (schemas: {named})")
        schemas[table] = named[0]
    return Relations(**{table: f'"{schema}"."{table}"' for table, schema in schemas.items()})
