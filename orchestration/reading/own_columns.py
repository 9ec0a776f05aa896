"""Columns that an agency has put into a table of the form: a unit before the values, a remark behind them, two years.

Belongs here: which columns these are, told by a header that names all columns of the form and more, and the rows
without them. Does not belong here: which of the other values stands in which column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from orchestration.reading.labels import labels_of
from orchestration.reading.piece import Piece
from orchestration.reading.rows import RowValues

_AGAIN = re.compile(r"(.{2,12}?)\1+$")  # the same words under each column, at the end of a header


def own_columns(header: tuple[int, ...] | None, texts: Iterable[Piece], labels: Iterable[int]) -> frozenset[int]:
    """The columns that ``texts``, the cells of a header, name beside those of the form, which stand at ``header``.

    They stand behind those, or between them and the ``labels`` of the rows.
    """
    if not header:
        return frozenset()
    last = max((column for column in labels if column < header[0]), default=-1)
    named = [piece for piece in texts if piece.kind == "text"]
    # A merged cell may be repeated in each column that it spans.
    known = {piece.raw for piece in named if last >= piece.column or piece.column in header}
    own = {piece.column for piece in named if piece.raw not in known}
    return frozenset(column for column in own if last < column < header[0] or column > header[-1])


def drop_own(rows: Iterable[RowValues], own: frozenset[int], header: tuple[int, ...] | None) -> None:
    """Take the cells of such columns out of the rows that have a cell in each column of the form."""
    for row in rows if own and header else ():
        if not row.drawn or not row.pieces[0].fixed:
            continue
        kept = [piece for piece in row.pieces if piece.column not in own]
        if {piece.column for piece in kept}.issuperset(header):
            row.pieces = kept


def divides(below: Iterable[Piece], header: tuple[int, ...] | None) -> bool:
    """Whether the row below a header, which holds no label of the form, names several columns under those of it."""
    if not header:
        return False
    named = [piece for piece in below if piece.column >= header[0] and piece.kind != "blank"]
    return len(named) > len(header) and all(piece.kind == "text" for piece in named)


def repeats(header: str, form: str, table: str) -> bool:
    """Whether the label text of a header ends with words that come again under each column and are none of the form."""
    again = _AGAIN.search(header)
    return again is not None and again[1] not in _words(form, table)


@lru_cache(maxsize=16)
def _words(form: str, table: str) -> str:
    return "\n".join(word for label in labels_of(form, table) for word in label.words)
