"""Numbers that a narrow cell has wrapped, or that stand as if: what is left of them shows beside their row.

A page wraps a long number within its cell. In a text of its lines the rest of 12345 is a number that belongs to no row
(1234, and 5 on the next line), is glued to the label behind (5行政强制), or stands among the values of the row.
Belongs here: which rows that may have happened to. Does not belong here: putting such numbers together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from orchestration.reading.labels.labels import Found
from orchestration.reading.pieces.levels import begin_others, continues
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues

DOUBT = "row_uncertain"
_NEAR = 2  # filled lines from a row to what is left of its numbers
_FEW = 3  # values of a row without a total, which would be wrapped too
LONGEST = 4  # characters of a number that a cell may have wrapped
_UNITS = frozenset("件项条宗个元")  # between numbers, parted from them, they are no part of a label
_BEGUN = re.compile(r"[+-]?\d[\d,，]*[,，.．]")  # a number that goes on in another line: 1,234,
_REST = re.compile(r"[,，.．]\d[\d,，.．]*")  # and what goes on: .56
_GLUED = re.compile(r"\d[\d\u4000-\u9fff]")  # no number of an item in a list


def doubt_torn(pieces: Pieces, chain: list[Found], values: dict[str, RowValues], left_over: list[Piece]) -> None:
    """Put a doubt on the rows whose numbers may go on elsewhere; ``left_over`` are the values that no row took."""
    rows = [row for row in values.values() if row.pieces]
    for row in rows:
        if row.drawn or len({(piece.at, piece.row) for piece in row.pieces}) == 1:
            continue
        places = sorted({piece.at for piece in row.pieces if piece.kind == "number"})
        apart = any(not _UNITS.issuperset(pieces.text[a:b]) for a, b in pairwise(places))
        if apart or ragged(row.pieces):
            row.doubt = row.doubt or DOUBT  # parts of its label stand between its values
    starts = {found.label.code: found.start for found in chain}
    loose = [piece for piece in left_over if piece.row not in pieces.drawn]
    for row in rows:
        start = starts.get(row.code, -1)
        before = [piece for piece in row.pieces if piece.at <= start]
        loose += before if len(before) < len(row.pieces) else []
    for _, line in groupby(sorted(loose, key=lambda piece: piece.row), key=lambda piece: piece.row):
        numbers = list(line)
        _doubt_above(pieces, rows, numbers)
        _doubt_below(pieces, rows, numbers)
    for piece in left_over:
        if _BEGUN.fullmatch(piece.raw):
            near = [row for row in rows if 0 <= row.pieces[0].row - piece.row <= _NEAR]
        elif _REST.fullmatch(piece.raw):
            near = [row for row in rows if 0 <= piece.row - row.pieces[-1].row <= _NEAR]
        else:
            continue
        for row in near:
            row.doubt = row.doubt or DOUBT
    for row in rows:
        if pieces.broken and row.pieces[-1] is pieces.items[-1]:
            row.doubt = row.doubt or DOUBT
    for line in _glued(pieces, chain):
        above = _above(rows, line)
        if above and _long(above):
            above.doubt = above.doubt or DOUBT


def ragged(values: Iterable[Piece]) -> bool:
    """Whether values stand on lines of different lengths that no wrapping makes: only its last line is shorter."""
    lengths = [len(list(line)) for _, line in groupby([piece.row for piece in values])]
    return len(set(lengths[:-1])) > 1 or lengths[-1] > lengths[0]


def _above(rows: Iterable[RowValues], line: int) -> RowValues | None:
    """The row right above a line of pieces."""
    above = max((row for row in rows if row.pieces[-1].row < line), key=lambda row: row.pieces[-1].row, default=None)
    return above if above and line - above.pieces[-1].row <= _NEAR else None


def _doubt_above(pieces: Pieces, rows: Iterable[RowValues], loose: list[Piece]) -> None:
    """Doubt the row right above the numbers of a line that may be rests of its own; one alone may be that of a page."""
    above = _above(rows, loose[0].row)
    if above is None or any(piece.kind != "number" for piece in loose):
        return
    alone = len(above.pieces) <= _FEW and _long(above)
    if len(loose) > 1 or alone or continues(pieces.lines, loose[0].line, above.pieces[-1].line):
        above.doubt = above.doubt or DOUBT


def _doubt_below(pieces: Pieces, rows: Iterable[RowValues], loose: list[Piece]) -> None:
    """Doubt the row whose line follows that of numbers which may be the beginnings of its own."""
    line = loose[0].row + 1
    below = next((row for row in rows if row.pieces[0].row == line and len(row.pieces) > len(loose)), None)
    if below is None or any(piece.kind != "number" for piece in loose):
        return
    bare, some = len(pieces.lines[loose[0].line - 1].split()) == len(loose), len(loose) > 1
    aligned = (bare or some) and begin_others(pieces.lines, loose[0].line, below.pieces[0].line)
    if (bare and some) or aligned:
        below.doubt = below.doubt or DOUBT


def _long(row: RowValues) -> bool:
    """Whether a number of a row is so long that a cell may have wrapped it."""
    return any(piece.kind == "number" and len(piece.raw) >= LONGEST for piece in row.pieces)


def _glued(pieces: Pieces, chain: list[Found]) -> Iterable[int]:
    """The lines on which digits stand right before a label, which are none of its own."""
    for found in chain:
        first = pieces.items[pieces.owner[found.start]]
        before = pieces.text[first.at : found.start] if first.kind == "text" and _GLUED.match(first.raw) else ""
        if before and not before.strip("0123456789"):
            yield first.row
