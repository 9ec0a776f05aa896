"""Empty cells that may have held numbers: those of rows whose numbers stand in other cells, or in rows of their own.

A converter that draws too few columns puts several numbers into one cell and leaves others empty; one that takes each
line for a row leaves the rest of a wrapped number, or all of a high cell, in a row without a label. Belongs here: which
empty cells are none, and what else in their rows is in doubt. Does not belong here: which column a value belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from orchestration.reading.columns.columns import CellReading
from orchestration.reading.columns.doubting import doubted
from orchestration.reading.labels.labels import Label
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues

_DOUBT = "column_uncertain"
_BESIDE = re.compile(r"\d[\d.,]*(?:[^\S\n]+\d[\d.,]*)+")


def without_emptied(cells: list[CellReading], pieces: list[Piece]) -> list[CellReading]:
    """The cells of a row, those that only seem empty unreadable; ``pieces`` are its values as they stand.

    A text keeps no place of a cell: there the numbers beside those that share a cell may have moved too.
    """
    if not {cell.status for cell in cells} & {"blank", "absent"} or not any(map(_is_crowded, pieces)):
        return cells
    return [_moved(cell) for cell in cells]


def doubt_emptied(
    pieces: Pieces,
    values: dict[str, RowValues],
    left_over: Iterable[Piece],
    cells: list[CellReading],
    labels: Iterable[Label],
) -> None:
    """Make the empty cells unreadable of rows beside which a drawn row without a label holds numbers in their place.

    ``labels`` are those of the form, of which such a row may hold a part.
    """
    loose: dict[int, set[int]] = {}
    for piece in left_over:
        if piece.row in pieces.drawn and piece.kind == "number":
            loose.setdefault(piece.row, set()).add(piece.column)
    if not loose:
        return
    words = "\n".join(word for label in labels for word in label.words)
    for piece in pieces.items:
        if piece.kind == "text" and piece.row in loose and key(piece.raw) not in words:
            del loose[piece.row]  # it has a label that no form knows
    torn = {
        row.code
        for row in values.values()
        for piece in row.pieces
        if piece.kind == "blank" and any(piece.column in loose.get(piece.row + step, ()) for step in (-1, 1))
    }
    for at, cell in enumerate(cells):
        if cell.cell.split("/")[1] in torn:
            cells[at] = _unknown(cell)


def _is_crowded(piece: Piece) -> bool:
    """Whether a cell holds numbers beside each other."""
    return piece.kind == "other" and _BESIDE.fullmatch(piece.raw) is not None


def _unknown(cell: CellReading) -> CellReading:
    return cell._replace(status="unreadable", doubt=_DOUBT) if cell.status == "blank" else cell


def _moved(cell: CellReading) -> CellReading:
    if cell.status == "reported" and cell.place is None:
        return doubted(cell, _DOUBT)
    return _unknown(cell)
