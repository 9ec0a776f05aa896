"""The bars that spans leave at the end of a row, and what they tell of its values: whether one may have been lost.

A row that has lost a cell is as long as the others if an empty one was put at its end. Belongs here: which rows that
may have befallen. Does not belong here: which column a cell is of (``rows``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple


class Cell(NamedTuple):
    """The text of a cell, its line, and whether it comes behind another there and nothing at all before its bar."""

    text: str
    line: int
    behind: bool
    bare: bool


Cells = list[Cell]
Bounds = Sequence[tuple[int, int]]  # of the values in each row


def moved_rows(rows: Sequence[Cells], bounds: Bounds) -> list[bool] | None:
    """In which rows a value may have been lost and the others have moved; None where the bars tell that in some.

    Where each cell stands on a line of its own, the cells of spans stand behind the last of them; else their bars
    stand together, without a blank, behind the first. So they tell where the values end: in all rows at one place.
    """
    apart = any(map(is_apart, rows))
    spans = [_span(row, apart) for row in rows]
    told = [
        (end, span, len(row))
        for row, (_, end), span in zip(rows, bounds, spans, strict=True)
        if is_apart(row) == apart  # not a row of one cell that spans all columns
    ]
    ends = {end + span for end, span, _ in told if span}
    if len(ends) > 1:
        return None
    whole = bool(ends) and all(end + span == size for end, span, size in told if span)
    if any(end + span < size if whole else end < min(ends, default=0) for end, span, size in told if not span or whole):
        return None
    return [
        not (span or whole) and any(cell.text for cell in row[low:end]) and not row[end - 1].text
        for row, (low, end), span in zip(rows, bounds, spans, strict=True)
    ]


def lacks_total(values: Cells, size: int) -> bool:
    """Whether values stand in a group of ``size`` cells of which the last, their total, is empty."""
    groups = (values[at : at + size] for at in range(0, len(values), size))
    return any(any(cell.text for cell in group) and not group[-1].text for group in groups)


def is_apart(row: Cells) -> bool:
    """Whether the cells of a row stand on lines of their own."""
    return row[0].line != row[-1].line


def _span(row: Cells, apart: bool) -> int:
    """How many cells at the end of a row are seen to be those of spans; ``apart``: each cell has a line of its own."""
    return len(list(takewhile(lambda cell: not cell.text and cell.behind and (apart or cell.bare), reversed(row))))
