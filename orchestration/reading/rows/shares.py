"""Near which label of a table each of its values stands: with it, or behind it and before the next.

Values that share a line (or a drawn row) with a label, or stand within it, are its own. What that makes of the rows is
settled in ``windows`` and ``rows``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.reading.labels.labels import Found
from orchestration.reading.pieces.piece import Piece, Pieces


@dataclass(slots=True)
class Region:
    """A table in the pieces: its items, the labels found in it, by row code, and the label text's bounds."""

    first_item: int
    last_item: int
    chain: list[Found]


class Shares(NamedTuple):
    """The values of a table: those before its first label, and by row those with the label and those behind it."""

    before: list[Piece]
    own: dict[str, list[Piece]]
    behind: dict[str, list[Piece]]


def shares_of(pieces: Pieces, region: Region) -> Shares:
    """The values of a table by its labels."""
    found = [f for f in region.chain if f.label.kind == "row"]
    printed = [_rows_of(pieces, f) for f in found]
    return _shared(pieces, _values(pieces, region, printed), found, printed)


def _rows_of(pieces: Pieces, found: Found) -> dict[int, int]:
    """The rows of the pieces in which a label stands, and the last of its pieces in each."""
    owner, items = pieces.owner, pieces.items
    first, last = owner[found.start], owner[found.end - 1]
    if first == last:
        return {items[last].row: last}
    return {items[index].row: index for index in sorted(set(owner[found.start : found.end]))}


def _values(pieces: Pieces, region: Region, printed: list[dict[int, int]]) -> list[Piece]:
    """Value pieces of the region, without those inside a header label or before the label of their drawn row.

    ``printed`` are the rows of each label, and its last piece in each.
    """
    heads = [f for f in region.chain if f.label.kind in ("heading", "citation", "column")]
    starts = [f.start for f in heads]
    label_rows: dict[int, int] = {}
    for rows in printed:
        for row, index in rows.items():
            label_rows[row] = max(index, label_rows.get(row, -1))
    chosen = []
    place, in_header = -1, False
    texts: dict[int, set[str]] = {}  # a merged cell may be repeated in each column that it spans
    for index, piece in enumerate(pieces.items[region.first_item : region.last_item], region.first_item):
        drawn = piece.row in pieces.drawn
        if piece.kind == "text":
            if not drawn:
                continue
            told = texts.setdefault(piece.row, set())
            if index <= label_rows.get(piece.row, index) or piece.raw in told:
                told.add(piece.raw)
                continue
        else:
            if piece.at != place:
                place = piece.at
                before = bisect_left(starts, place)
                in_header = before > 0 and place < heads[before - 1].end
            if in_header:
                continue
        if drawn and index < label_rows.get(piece.row, -1):
            continue
        chosen.append(piece)
    return chosen


def _shared(pieces: Pieces, values: list[Piece], found: list[Found], printed: list[dict[int, int]]) -> Shares:
    """Near which label each value stands; ``found`` are the labels of rows and ``printed`` the rows of each."""
    per_row: dict[int, list[Found]] = {}
    for f, rows in zip(found, printed, strict=True):
        for row in rows:
            per_row.setdefault(row, []).append(f)
    behind: dict[str, list[Piece]] = {f.label.code: [] for f in found}
    before: list[Piece] = []
    own: dict[str, list[Piece]] = {}
    starts = [f.start for f in found]
    row = place = -1
    for piece in values:
        if piece.row != row or piece.at != place:  # values beside each other go the same way
            row, place = piece.row, piece.at
            holders = per_row.get(row, ())
            at = bisect_left(starts, place)
            last = found[at - 1] if at else None
            if last and place < last.end:
                taken = own.setdefault(last.label.code, [])
            elif len(holders) == 1 and (row in pieces.drawn or place >= holders[0].start):
                taken = own.setdefault(holders[0].label.code, [])
            else:
                taken = behind[last.label.code] if last else before
        taken.append(piece)
    return Shares(before, own, behind)
