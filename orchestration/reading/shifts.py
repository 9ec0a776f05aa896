"""Rows that end in empty cells where no other cell of the report is empty: a lost or joined cell moves the rest up.

A drawn row shows such a loss only by its end. Where the report leaves cells empty elsewhere, or most rows of the table
end so, empty cells are its manner and nothing is said.
"""

from __future__ import annotations

import itertools

from orchestration.reading.columns import CellReading


def doubt_shifted(tables: list[list[CellReading]], doubt: str = "column_uncertain") -> None:
    """Put a doubt on the reported cells of such rows; ``tables`` are the cells of each table, row after row."""
    found = [_rows(cells) for cells in tables]
    usual = any(
        a and not b
        for cells, rows in zip(tables, found, strict=True)
        for row in rows
        for a, b in itertools.pairwise(cells[at].status == "blank" for at in row)
    )
    for cells, rows in zip(tables, found, strict=True):
        for row in rows:
            # One number as long as the row, and nothing behind it, may be all numbers of the row.
            first, *rest = (cells[at] for at in row)
            alone = len(rest) > 1 and {cell.status for cell in rest} == {"blank"}
            if alone and not usual and first.value >= 10 ** len(rest):
                cells[row[0]] = first._replace(doubt=first.doubt or "joined_numbers")
        ending = [row for row in rows if len(row) > 1 and cells[row[-1]].status == "blank"]
        if usual or 2 * len(ending) > max(len(rows), 2):
            continue
        for at in itertools.chain.from_iterable(ending):
            if cells[at].status == "reported":
                cells[at] = cells[at]._replace(doubt=cells[at].doubt or doubt)


def _rows(cells: list[CellReading]) -> list[list[int]]:
    """The places of the cells of each row that holds a number."""
    rows: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        rows.setdefault(cell.cell.rpartition("/")[0], []).append(at)
    return [row for row in rows.values() if any(cells[at].status == "reported" for at in row)]
