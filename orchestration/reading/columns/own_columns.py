"""Columns that an agency has put into a table of the form: a unit before the values, a remark behind them, two years.

Belongs here: which columns these are, told by a header that names all columns of the form and more, and the rows
without them. Does not belong here: which of the other values stands in which column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from orchestration.reading.labels.labels import Found, labels_of
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues

_AGAIN = re.compile(r"(.{2,12}?)\1+$")  # the same words under each column, at the end of a header

Header = tuple[int, ...] | None  # where the columns of the form stand


def own_columns(header: Header, texts: Iterable[tuple[int, str]], labels: Iterable[int]) -> frozenset[int]:
    """The columns that ``texts``, the cells of a header with their columns, name beside those of the form.

    They stand behind those, or between them and the ``labels`` of the rows.
    """
    if not header:
        return frozenset()
    last = max((column for column in labels if column < header[0]), default=-1)
    named = list(texts)
    # A merged cell may be repeated in each column that it spans.
    known = {text for column, text in named if last >= column or column in header}
    own = {column for column, text in named if text not in known}
    return frozenset(column for column in own if last < column < header[0] or column > header[-1])


def own_above(header: Header, above: list[Piece], labels: Iterable[int], words: Collection[str]) -> frozenset[int]:
    """Those of a request table, told by the cells ``above`` its rows; ``words`` are the wordings of its columns.

    The header are the rows of cells that name columns, and the one right above.
    """
    texts = [piece for piece in above if piece.kind == "text"] if header else []
    first = next((piece.row for piece in texts if key(piece.raw) in words), None)
    return own_columns(header, ((p.column, p.raw) for p in texts if first is not None and p.row >= first - 1), labels)


def own_items(pieces: Pieces, head: Found, header: Header, label: Found) -> frozenset[int]:
    """Those of a row of the disclosure table, told by the row of cells that holds ``head``."""
    row = row_of(pieces, pieces.owner[head.start])
    texts = sorted((piece.column, piece.raw) for piece in row if piece.kind == "text")
    at = pieces.items[pieces.owner[label.start]].column
    moved = bool(texts) and texts[0][0] > at  # the first cell is the heading of the labels
    return own_columns(header, texts[1:] if moved else texts, [at])


def drop_own(rows: Iterable[RowValues], own: frozenset[int], header: Header) -> None:
    """Take the cells of such columns out of the rows that have a cell in each column of the form."""
    for row in rows if own and header else ():
        if not row.drawn or not row.pieces[0].fixed:
            continue
        kept = [piece for piece in row.pieces if piece.column not in own]
        if not {piece.column for piece in kept}.issuperset(header):
            continue
        numbers, left = (sum(piece.kind == "number" for piece in pieces) for pieces in (row.pieces, kept))
        if left < numbers == len(header):
            row.doubt = row.doubt or "column_uncertain"  # as many numbers as columns, one of them in another's place
        else:
            row.pieces = kept


def divided(pieces: Pieces, head: Found, header: Header, labelled: Collection[int], form: str) -> bool:
    """Whether the row of cells below that of ``head`` names several columns under one of the form.

    ``labelled`` are the rows that hold labels of the form; a header that is printed again has others of them.
    """
    if not header:
        return False
    row = pieces.items[pieces.owner[head.start]].row
    behind = itertools.dropwhile(
        lambda piece: piece.row == row, itertools.islice(pieces.items, pieces.owner[head.start], None)
    )
    below = next(behind, None)
    if below is None or below.row in labelled or below.row not in pieces.drawn:
        return False
    cells = [below, *itertools.takewhile(lambda piece: piece.row == below.row, behind)]
    named = [piece for piece in cells if piece.column >= header[0] and piece.kind != "blank"]
    if len(named) <= len(header) or any(piece.kind != "text" for piece in named):
        return False
    return _known(form, "disclosure").isdisjoint([key(piece.raw) for piece in named])


def row_of(pieces: Pieces, index: int) -> list[Piece]:
    """The pieces of the row of a piece."""
    row = pieces.items[index].row
    first = next((at for at in range(index, 0, -1) if pieces.items[at - 1].row != row), 0)
    return list(itertools.takewhile(lambda piece: piece.row == row, itertools.islice(pieces.items, first, None)))


def repeated_below(pieces: Pieces, low: int, high: int, form: str, table: str) -> bool:
    """Whether a header between two offsets of the label text ``repeats`` words, and not those of drawn merged cells."""
    last = pieces.items[pieces.owner[max(high - 1, 0)]]
    return last.row not in pieces.drawn and repeats(pieces.text[low:high], form, table)


@lru_cache(maxsize=4096)  # the headers of many reports are alike
def repeats(header: str, form: str, table: str) -> bool:
    """Whether the label text of a header ends with words that come again under each column and are none of the form."""
    again = _AGAIN.search(header)
    return again is not None and again[1] not in _words(form, table)


@lru_cache(maxsize=16)
def _words(form: str, table: str) -> str:
    return "\n".join(sorted(_known(form, table)))


@lru_cache(maxsize=16)
def _known(form: str, table: str) -> frozenset[str]:
    return frozenset(word for label in labels_of(form, table) for word in label.words)
