"""Rows that hold a part of a list of numbers, or beside whose labels digits stand that are no values.

Belongs here: what such lists mean for the rows of a table. Does not belong here: where a list stands (``strung``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, zip_longest

from orchestration.reading.labels.labels import Found
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces import numbers
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.pieces.strung import parted
from orchestration.reading.rows.rows import RowValues

_DIGIT = re.compile(r"[\d０-９]")
_SHORTEST = 2  # characters of a label, or of its number
_NUMBERING = re.compile(r"[(（]?[\d０-９]{1,2}[)）.．、]?")


def doubt_strung(pieces: Pieces, chain: list[Found], values: dict[str, RowValues]) -> None:
    """Doubt rows that hold a part of a list, and give those without values what stands behind their labels instead.

    Such rows hold digits, and not as values: that they hold nothing would be wrong.
    """
    for row in values.values() if pieces.strung else ():
        lists = {(piece.row, piece.strung) for piece in row.pieces}
        if any(raw for _, raw in lists) and (len(lists) > 1 or len(row.pieces) != len(parted(row.pieces[0].strung))):
            row.doubt = row.doubt or "row_uncertain"
    for found, behind in zip_longest(chain, chain[1:]):
        row = values.get(found.label.code) if found.label.kind == "row" else None
        if row and not row.pieces:
            row.pieces = _told_beside(pieces, found, behind.start if behind else len(pieces.owner))


def _told_beside(pieces: Pieces, found: Found, stop: int) -> list[Piece]:
    """What stands on the line of a label behind it and before another, as one piece, if there are digits in it."""
    at = pieces.owner[found.end - 1]
    row, told = pieces.items[at].row, []
    for piece in islice(pieces.items, at, None):
        if piece.row != row or piece.at >= stop:
            break
        if piece.kind == "text" and _DIGIT.search(piece.raw, _SHORTEST):
            low, high = (_offset(piece.raw, place - piece.at) for place in (found.end, stop))
            told.append(piece.raw[low:high])
    rest = " ".join(told).strip(" \u3000:：、，,")
    if not _DIGIT.search(rest) or _NUMBERING.fullmatch(rest):
        return []
    return [replace(pieces.items[at], kind="text", raw=rest, reading=numbers.OTHER, at=found.end)]


def _offset(text: str, size: int) -> int:
    """Behind how many characters of a text its key is as long as ``size``."""
    return next((at for at in range(len(text)) if len(key(text[:at])) >= size), len(text))
