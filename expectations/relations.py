"""Where the tables that the expectations read stand in a warehouse, whatever schemas dbt was told to use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

TABLES = ("fct_cell", "dim_agency", "stg_report_tables")


@dataclass(frozen=True, slots=True)
class Relations:
    """Qualified names for SQL; ``agency_name`` is the column of dim_agency that holds the name."""

    fct_cell: str
    dim_agency: str
    agency_name: str
    report_tables: str


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
        found = connection.execute(
            "select table_name, table_schema from information_schema.tables where table_name in (?, ?, ?)", TABLES
        ).fetchall()
    schemas = {}
    for table in TABLES:
        named = [schema for name, schema in found if name == table]
        if len(named) != 1:
            raise LookupError(f"{warehouse}: expected one table {table}, found {len(named)} (schemas: {named})")
        schemas[table] = named[0]
    fct_cell, dim_agency, report_tables = (f'"{schemas[table]}"."{table}"' for table in TABLES)
    return Relations(fct_cell, dim_agency, "agency_name", report_tables)
