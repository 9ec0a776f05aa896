"""Rows that begin or end in empty cells where no other cell of the report is empty: their values may have moved.

A lost or joined cell moves the rest up, one too many moves it down, and a drawn row shows that only by its ends. Where
the report leaves cells empty elsewhere, or most rows of the table look so, empty cells are its manner and nothing is
said.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

from orchestration.reading.columns.columns import CellReading


def doubt_shifted(tables: list[list[CellReading]], doubt: str = "column_uncertain") -> None:
    """Put a doubt on the reported cells of such rows; ``tables`` are the cells of each table, row after row."""
    if not any("blank" in [cell.status for cell in cells] for cells in tables):
        return  # no row of them begins or ends so
    found = [_rows(cells) for cells in tables]
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


def _doubt_some(cells: list[CellReading], chosen: list[list[int]], rows: list[list[int]], doubt: str) -> None:
    """Put a doubt on some of the rows, if they are not the most of them."""
    if 2 * len(chosen) > max(len(rows), 2):
        return
    for at in itertools.chain.from_iterable(chosen):
        if cells[at].status == "reported":
            cells[at] = cells[at]._replace(doubt=cells[at].doubt or doubt)


def _rows(cells: list[CellReading]) -> list[list[int]]:
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
