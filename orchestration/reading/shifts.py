"""Rows that end in empty cells where no other cell of the table is empty: a lost or joined cell moves the rest up.

A drawn row shows such a loss only by its end. Where the table leaves cells empty elsewhere, or most of its rows end so,
empty cells are the manner of the report and nothing is said.
"""

from __future__ import annotations

import itertools

from orchestration.reading.columns import CellReading


def doubt_shifted(cells: list[CellReading], doubt: str = "column_uncertain") -> None:
    """Put a doubt on the reported cells of such rows; ``cells`` are those of one table, row after row."""
    rows: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        rows.setdefault(cell.cell.rpartition("/")[0], []).append(at)
    filled = [row for row in rows.values() if any(cells[at].status == "reported" for at in row)]
    for row in filled:
        # One number as long as the row, and nothing behind it, may be all numbers of the row.
        first, *rest = (cells[at] for at in row)
        if len(rest) > 1 and {cell.status for cell in rest} == {"blank"} and first.value >= 10 ** len(rest):
            cells[row[0]] = first._replace(doubt=first.doubt or "joined_numbers")
    ending = [row for row in filled if len(row) > 1 and cells[row[-1]].status == "blank"]
    if not ending or 2 * len(ending) > max(len(filled), 2):
        return
    for row in filled:
        blank = [cells[at].status == "blank" for at in row]
        if any(a and not b for a, b in itertools.pairwise(blank)):
            return
    for row in ending:
        for at in row:
            if cells[at].status == "reported":
                cells[at] = cells[at]._replace(doubt=cells[at].doubt or doubt)
