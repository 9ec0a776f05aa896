"""Rows that begin or end in empty cells where no other cell of the report is empty: their values may have moved.

A lost or joined cell moves the rest up, one too many moves it down, and a drawn row shows that only by its ends. Where
the report leaves cells empty elsewhere, or most rows of the table look so, empty cells are its manner and nothing is
said, unless the totals tell.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from orchestration.reading.columns.columns import CellReading
from orchestration.reading.columns.doubting import doubt_rows


def doubt_shifted(tables: list[list[CellReading]], doubt: str = "column_uncertain") -> None:
    """Put a doubt on the reported cells of such rows; ``tables`` are the cells of each table, row after row."""
    if not any("blank" in [cell.status for cell in cells] for cells in tables):
        return  # no row of them begins or ends so
    found = [numbered_rows(cells) for cells in tables]
    usual = any(
        a and not b
        for cells, rows in zip(tables, found, strict=True)
        for row in rows
        for a, b in itertools.pairwise(cells[at].status == "blank" for at in row)
    )
    _doubt_beginning(tables, found, doubt)
    for cells, rows in zip(tables, found, strict=True):
        for row in rows:
            # One number as long as the row, and nothing behind it, may be all numbers of the row.
            first, *rest = (cells[at] for at in row)
            alone = len(rest) > 1 and {cell.status for cell in rest} == {"blank"}
            if alone and not usual and first.value >= 10 ** len(rest):
                cells[row[0]] = first._replace(doubt=first.doubt or "joined_numbers")
        ending = [row for row in rows if len(row) > 1 and cells[row[-1]].status == "blank"]
        if not usual:
            _doubt_some(cells, ending, rows, doubt)


def _doubt_beginning(tables: list[list[CellReading]], found: list[list[list[int]]], doubt: str) -> None:
    """The same for rows that begin with empty cells, where all the others of the report are filled."""
    told = zip(tables, found, strict=True)
    blank = sum(cells[at].status == "blank" for cells, rows in told for row in rows for at in row)
    for cells, rows in zip(tables, found, strict=True):
        beginning = [row for row in rows if len(row) > 1 and cells[row[0]].status == "blank"]
        heads = [
            list(itertools.takewhile(lambda cell: cell.status == "blank", map(cells.__getitem__, row)))
            for row in beginning
        ]
        if sum(map(len, heads)) == blank:
            _doubt_some(cells, beginning, rows, doubt)


def doubt_by_totals(cells: list[CellReading], rows: list[list[int]], size: int) -> None:
    """Put a doubt on rows with empty cells at an end whose totals tell that they may have moved; none is put right.

    ``rows`` are the places of the cells as they stand beside one another, in groups of ``size`` with the total behind.
    All rows are in doubt where none has a total and most that can tell so, or where most lack but the first value.
    """
    printed = [_printed(cells, row) for row in rows]
    moved = [moved_by_totals(values, size) for values in printed]
    whole = False
    if len(rows) > 1:
        can_tell = sum(any(values) and values[-2] is not None for values in printed)
        bare = all(cells[row[-1]].status in ("blank", "absent") for row in rows)
        whole = (bare and 2 * sum(moved) > can_tell) or 2 * sum(map(_lacks_first, printed)) > len(rows)
    doubt_rows(cells, [row for row, told in zip(rows, moved, strict=True) if whole or told], "column_uncertain")


def moved_by_totals(row: Sequence[Decimal | int | None], size: int) -> bool:
    """Whether a row of groups with totals begins or ends in an empty cell (None), and a sum tells that it has moved.

    That of a group does not agree, or where the last one is empty, what stands before it is as much as all before that.
    """
    if None not in (*row[:1], *row[-1:]):
        return False
    parts = [row[at : at + size] for at in range(0, len(row), size)]
    groups = [([value or 0 for value in rest], total) for *rest, total in parts]
    if any(total is not None and sum(rest) != total for rest, total in groups):
        return True
    if row[-1] is not None:
        return False
    if any(total is None and rest[-1] == sum(rest[:-1]) > 0 for rest, total in groups):
        return True
    usual = len(groups) == 1 or any(total is not None for _, total in groups)
    *rest, last = groups[-1][0]
    alone = row[-2] is not None and row.count(None) == len(row) - 1
    return usual and (alone or 0 < last >= sum(rest))


def _printed(cells: list[CellReading], row: list[int]) -> list[Decimal | int | None]:
    """The numbers of a row, None for a cell without one, 0 for a mark; none at all where a cell is unreadable."""
    told = [0 if cells[at].status == "not_applicable" else cells[at].value for at in row]
    return told if all(cells[at].status != "unreadable" for at in row) else []


def _lacks_first(row: list[Decimal | int | None]) -> bool:
    return row[:1] == [None] and 2 * row.count(None) < len(row)


def _doubt_some(cells: list[CellReading], chosen: list[list[int]], rows: list[list[int]], doubt: str) -> None:
    """Put a doubt on some of the rows, if they are not the most of them."""
    if 2 * len(chosen) <= max(len(rows), 2):
        doubt_rows(cells, chosen, doubt)


def numbered_rows(cells: list[CellReading]) -> list[list[int]]:
    """The places of the cells of each row that holds a number."""
    reported = [cell.status == "reported" for cell in cells]
    return [row for row in rows_of(tuple([cell.cell for cell in cells])) if any(map(reported.__getitem__, row))]


@lru_cache(maxsize=16)
def rows_of(addresses: tuple[str, ...]) -> list[list[int]]:
    """The places of the cells of each row of a form."""
    rows: dict[str, list[int]] = {}
    for at, address in enumerate(addresses):
        rows.setdefault(address.rpartition("/")[0], []).append(at)
    return list(rows.values())
