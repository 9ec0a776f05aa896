"""Great Expectations on DuckDB: its engine closes the connection before it fetches, unless the dialect is listed.

The list is private, so the mend stands alone here and a test tells when it is no longer needed or no longer works.
"""

from __future__ import annotations

from enum import Enum


class _Dialect(Enum):
    DUCKDB = "duckdb"

    def __eq__(self, other: object) -> bool:
        # the engine compares members of its own enum with the dialect's name
        return other == self.value if isinstance(other, str) else self is other

    __hash__ = Enum.__hash__


def mend() -> None:
    """Keep one connection open on DuckDB; twice changes nothing. Raises AttributeError where GX moved the list."""
    from great_expectations.execution_engine import sqlalchemy_execution_engine as engine

    if not any(dialect.value == _Dialect.DUCKDB.value for dialect in engine._PERSISTED_CONNECTION_DIALECTS):
        engine._PERSISTED_CONNECTION_DIALECTS = (*engine._PERSISTED_CONNECTION_DIALECTS, _Dialect.DUCKDB)
