"""Great Expectations on DuckDB, mended in two places.

Its engine closes the connection before it fetches, unless the dialect is on a private list. The one connection that it
then keeps stands in a transaction, which a query that fails leaves aborted for all queries after it. Tests tell when a
mend is no longer needed or no longer works.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from sqlalchemy import Engine


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


def keep_errors_apart(engine: Engine) -> None:
    """Roll back where a query fails, so that the next one is judged by itself."""
    from sqlalchemy import event

    @event.listens_for(engine, "handle_error")
    def roll_back(context: object) -> None:
        with suppress(duckdb.TransactionException):  # it was rolled back already
            if context.connection is not None:
                context.connection.connection.rollback()
