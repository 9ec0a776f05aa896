"""Rows of a table that need no windows: each label is whole in one drawn row, with its values behind it.

Most tables that a container draws are so. What is found here is what ``windows`` and ``rows`` would find: such windows
are settled each on its own, and none can be joined, shifted or stacked. Anything else is left to them.
"""

from __future__ import annotations

from bisect import bisect_left

from orchestration.reading.labels.labels import Found, Label
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.shares import Region


def drawn_rows(
    pieces: Pieces, region: Region, rows: list[Label], labels: dict[str, Found]
) -> dict[str, list[Piece]] | None:
    """The pieces behind the label of each row, by its code in the order of the form; None where a row is not so.

    ``labels`` are the row labels found. Empty cells may stand in other rows, numbers and marks may not.
    """
    if len(labels) < len(rows):
        return None
    items, owner = pieces.items, pieces.owner
    behind: dict[int, tuple[int, list[Piece]]] = {}  # by drawn row: where its label ends, and its values
    found: dict[str, list[Piece]] = {}
    for label in rows:
        place = labels[label.code]
        last = owner[place.end - 1]
        row = items[last].row
        if not place.exact or row not in pieces.drawn or items[owner[place.start]].row != row or row in behind:
            return None
        found[label.code] = []
        behind[row] = last, found[label.code]
    for index in range(region.first_item, region.last_item):
        piece = items[index]
        known = behind.get(piece.row)
        if known is None:
            if piece.kind != "text" and (piece.kind != "blank" or piece.row not in pieces.drawn):
                return None
        elif index > known[0]:
            if piece.kind == "text":
                return None
            known[1].append(piece)
    heads = [f for f in region.chain if f.label.kind in ("heading", "citation", "column")]
    starts = [head.start for head in heads]
    for values in found.values():
        if not values:
            return None
        before = bisect_left(starts, values[0].at)
        if before and values[0].at < heads[before - 1].end:
            return None  # within the label of a header, where they would be left out
    return found
