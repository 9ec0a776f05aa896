"""Rows of a text that hold as many numbers as there are columns by chance, in a table of which others do not.

A text that prints two years beside one another, or each digit of a number apart, and leaves nothing where a cell is
empty, has rows that are too long and rows that are too short, and some in between that look whole. So has one that
lacks a column throughout, where a number is broken in two. Belongs here: the doubt on those. Does not belong here:
cells that a container draws, which keep their places.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from decimal import Decimal

from orchestration.reading.columns.columns import CellReading
from orchestration.reading.columns.doubting import doubt_rows
from orchestration.reading.columns.shifts import rows_of

_DOUBT = "column_uncertain"
_TEN = Decimal(10)
_FEWEST = 2  # rows that are too long, and numbers too many in each: one alone may be that of a page
_SHARE = 4  # of the rows with numbers, one in so many
_LEAST_ROWS = 3  # that lack a number each
_FEW_COLUMNS = 3  # rows of the disclosure table have so many and less

Row = list[int]  # the places of its cells


def doubt_crowded(tables: Iterable[list[CellReading]]) -> None:
    """Put a doubt on such rows; ``tables`` are the cells of each table, row after row."""
    tables = list(tables)
    if not any(cell.doubt == "long_row" for cells in tables for cell in cells):
        return
    found = [(cells, _rows(cells)) for cells in tables]
    long = [(cells, [row for row in rows if cells[row[0]].doubt == "long_row"]) for cells, rows in found]
    split = _split(found, long)
    for (cells, rows), (_, longer) in zip(found, long, strict=True):
        crowded = [row for row in longer if _count(cells[row[0]].raw) >= len(row) + _FEWEST]
        many = len(crowded) >= max(_FEWEST, -(-len(rows) // _SHARE))
        doubt_rows(cells, [row for row in rows if many or (split and _may_join(cells, row))], _DOUBT)


def doubt_full(cells: list[CellReading]) -> None:
    """Put a doubt on the rows of a table that are full where the others lack a column."""
    rows = _rows(cells) if any(cell.doubt == "short_row" for cell in cells) else []
    if lacks_column([(_lacks_one(cells, row), len(row)) for row in rows]):
        doubt_rows(cells, rows, _DOUBT)


def lacks_column(rows: list[tuple[bool, int]]) -> bool:
    """Whether a table lacks a column: most of its rows, each with its width, hold one number less than that."""
    told = [lacking for lacking, width in rows if width > _FEW_COLUMNS]
    return sum(told) >= _LEAST_ROWS and 2 * sum(told) >= len(told)


def _lacks_one(cells: list[CellReading], row: Row) -> bool:
    return cells[row[0]].doubt == "short_row" and _count(cells[row[0]].raw) == len(row) - 1


def _rows(cells: list[CellReading]) -> list[Row]:
    """The rows of a table that hold numbers and are not drawn."""
    rows = rows_of(tuple(cell.cell for cell in cells))
    return [row for row in rows if any(cells[at].raw and cells[at].place is None for at in row)]


def _count(raw: str | None) -> int:
    """How many numbers stand in the values of a row."""
    return sum(word[-1:].isdecimal() for word in (raw or "").split())


def _split(found: list[tuple[list[CellReading], list[Row]]], long: list[tuple[list[CellReading], list[Row]]]) -> bool:
    """Whether all numbers of the report have one digit, those of rows that are too long as well, and some are gone."""
    if any(len(word) > 1 for cells, rows in long for row in rows for word in (cells[row[0]].raw or "").split()):
        return False
    reported = [cell for cells, _ in found for cell in cells if cell.status == "reported"]
    short = any(cell.doubt == "short_row" or cell.status == "absent" for cells, _ in found for cell in cells)
    return short and not any(cell.value is None or cell.value >= _TEN or len(cell.raw or "") > 1 for cell in reported)


def _may_join(cells: list[CellReading], row: Row) -> bool:
    """Whether a digit of a row may be the rest of the number before it: no number begins with zero."""
    values = [cells[at].value if cells[at].status == "reported" else None for at in row]
    return any(a and b is not None for a, b in itertools.pairwise(values))
