"""The published file for reading: opened read-only, asked in SQL, opened anew when another publication replaces it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

KEPT_ANSWERS = 400
KEPT_ROWS = 20_000  # larger answers, which are downloads, are not kept

State = tuple[int, int, int]


class NotPublished(RuntimeError):
    """There is no published file, or none that can be read; the message says which."""


def state_of(path: Path) -> State | None:
    """What changes when the file is replaced: device, inode and time of change in nanoseconds; None without a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


class Published:
    """One publication. Any number of threads may ask; answers are kept, for the file does not change."""

    def __init__(self, path: Path) -> None:
        """Open ``path``; raises NotPublished."""
        self.path = path
        self.state = state_of(path)
        if self.state is None:
            raise NotPublished(f"{path} does not exist")
        # A database in memory of its own: connecting to the path would give the file that this process has open still.
        self._connection = duckdb.connect()
        try:
            self._connection.execute(f"attach {_text(path)} as published (read_only)")
            self._connection.execute("use published")
            self._connection.execute("set enable_external_access = false")
            self._connection.execute("set lock_configuration = true")
            found = self._connection.execute(
                "select table_name, column_name from duckdb_columns() where database_name = 'published'"
            ).fetchall()
        except duckdb.Error as error:
            raise NotPublished(f"{path} could not be opened: {error}") from error
        self._columns: dict[str, set[str]] = {}
        for table, column in found:
            self._columns.setdefault(table, set()).add(column)
        self._answers: OrderedDict[tuple, pl.DataFrame] = OrderedDict()
        self._lock = threading.Lock()

    def columns(self, table: str) -> set[str]:
        """The names of the columns of a table; none where the publication does not have it."""
        return self._columns.get(table, set())

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """The rows of a query; raises duckdb.Error."""
        key = (sql, tuple(parameters))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        cursor = self._connection.cursor()
        try:
            cursor.execute("use published")
            answer = pl.from_arrow(cursor.sql(sql, params=list(parameters)).to_arrow_table())
        finally:
            cursor.close()
        if len(answer) <= KEPT_ROWS:
            with self._lock:
                self._answers[key] = answer
                while len(self._answers) > KEPT_ANSWERS:
                    self._answers.popitem(last=False)
        return answer

    def one(self, sql: str, parameters: Sequence[object] = ()) -> dict:
        """The first row of a query by column names; empty where there is none."""
        return next(self.ask(sql, parameters).iter_rows(named=True), {})


class Followed:
    """The newest publication at a path. What asked an older one keeps it until it is done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._now: Published | None = None
        self._lock = threading.Lock()

    def now(self) -> Published:
        """The publication that stands there at this moment; raises NotPublished."""
        with self._lock:
            if self._now is None or self._now.state != state_of(self.path):
                self._now = None
                self._now = Published(self.path)
            return self._now


@cache
def followed(path: Path) -> Followed:
    """One for the whole server: what one visitor asked is kept for the others."""
    return Followed(path)


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
