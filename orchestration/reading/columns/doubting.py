"""Doubts that are put on cells after they were placed: on a number, and as well on what says that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from orchestration.reading.columns.columns import CellReading

ASSERTED = ("reported", "blank", "not_applicable")  # what a cell says where there is no doubt


def doubted(cell: CellReading, doubt: str) -> CellReading:
    """The cell with a doubt, if it has none and says something."""
    return cell._replace(doubt=cell.doubt or doubt) if cell.status in ASSERTED else cell


def doubt_rows(cells: list[CellReading], rows: Iterable[list[int]], doubt: str) -> None:
    """Put a doubt on the cells of rows, each the places of its cells."""
    for at in chain.from_iterable(rows):
        cells[at] = doubted(cells[at], doubt)
