"""Rows that begin or end in empty cells where no other cell of the report is empty: their values may have moved.

A lost or joined cell moves the rest up, one too many moves it down, and a drawn row shows that only by its ends. Where
the report leaves cells empty elsewhere, or most rows of the table look so, empty cells are its manner and nothing is
said.
"""

from __future__ import annotations

import itertools

from orchestration.reading.columns import CellReading


def doubt_shifted(tables: list[list[CellReading]], doubt: str = "column_uncertain") -> None:
    """Put a doubt on the reported cells of such rows; ``tables`` are the cells of each table, row after row."""
    found = [_rows(cells) for cells in tables]
    usual = any(
        _has_gap([cells[at].status == "blank" for at in row])
        for cells, rows in zip(tables, found, strict=True)
        for row in rows
    )
    blank = sum(cell.status == "blank" for cells in tables for cell in cells)
    for cells, rows in zip(tables, found, strict=True):
        for row in rows:
            # One number as long as the row, and nothing behind it, may be all numbers of the row.
            first, *rest = (cells[at] for at in row)
            alone = len(rest) > 1 and {cell.status for cell in rest} == {"blank"}
            if alone and not usual and first.value >= 10 ** len(rest):
                cells[row[0]] = first._replace(doubt=first.doubt or "joined_numbers")
        for edge in (-1, 0):
            moved = [row for row in rows if len(row) > 1 and cells[row[edge]].status == "blank"]
            if usual or 2 * len(moved) > max(len(rows), 2):
                continue
            if edge == 0 and blank > sum(cells[at].status == "blank" for row in moved for at in row):
                continue  # a row may well begin with an empty cell where others are empty too
            for at in itertools.chain.from_iterable(moved):
                if cells[at].status == "reported":
                    cells[at] = cells[at]._replace(doubt=cells[at].doubt or doubt)


def _has_gap(blank: list[bool]) -> bool:
    """Whether empty cells stand between filled ones of a row."""
    filled = [at for at, empty in enumerate(blank) if not empty]
    return bool(filled) and filled[-1] - filled[0] >= len(filled)


def _rows(cells: list[CellReading]) -> list[list[int]]:
    """The places of the cells of each row that holds a number."""
    rows: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        rows.setdefault(cell.cell.rpartition("/")[0], []).append(at)
    return [row for row in rows.values() if any(cells[at].status == "reported" for at in row)]
