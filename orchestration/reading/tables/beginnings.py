"""Labels that stand alone on their line or in their cell, and those that only end the label of another row.

Of 规章 and 其他规章 between the same neighbours, which the weights of a chain do not tell apart, the first is the label
where a value or an empty cell follows it and no column bears its name.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import zip_longest

from orchestration.form import declaration
from orchestration.reading.labels.labels import Found
from orchestration.reading.labels.normal import key
from orchestration.reading.labels.places import TABLES, words_in
from orchestration.reading.pieces.piece import Pieces

_NEAR = 60  # characters before the first label of a table
_LEAST_SHORTER = 4  # characters of a wording that may stand for a longer one


def alone(pieces: Pieces, chain: list[Found], start: int, end: int) -> list[Found]:
    """The chain, its labels that follow other words at the one place between their neighbours where they do not.

    ``start`` and ``end`` are the bounds of the table in the label text.
    """
    told: list[Found] = []
    for found, behind in zip_longest(chain, chain[1:]):
        low, high = told[-1].end if told else max(start, found.start - _NEAR), behind.start if behind else end
        if found.label.kind == "row" and not _begins(pieces, found.start, low):
            places = {at: size for at, size in _places(pieces, found, low, high) if is_alone(pieces, at, size)}
            if len(places) == 1:
                ((at, size),) = places.items()
                found = Found(found.label, at, at + size)
        told.append(found)
    return told


def _places(pieces: Pieces, found: Found, low: int, high: int) -> list[tuple[int, int]]:
    """Where a label stands elsewhere between two offsets, and by how many characters; the longest comes last."""
    known, columns = words_in(pieces.text), _columns()
    least = min(found.end - found.start, _LEAST_SHORTER)
    places = []
    for word, size, _ in sorted(found.label.weighted, key=lambda wording: wording[1]):
        if size < least or word in columns:
            continue
        begins = known.get(word, [])
        for at in begins[bisect_left(begins, low) : bisect_left(begins, high - size + 1)]:
            if at + size <= found.start or at >= found.end:
                places.append((at, size))
    return places


def _begins(pieces: Pieces, at: int, low: int) -> bool:
    """Whether a label begins its line or its cell, or follows another label there."""
    return at == low or _first(pieces, at) == at


def is_alone(pieces: Pieces, at: int, size: int) -> bool:
    """Whether nothing but a label stands in its cell, or on its lines, and then something that is no text."""
    behind = pieces.owner[at + size - 1] + 1
    if not is_whole(pieces, at, size):
        return False
    return behind < len(pieces.items) and pieces.items[behind].kind != "text"


def is_whole(pieces: Pieces, at: int, size: int) -> bool:
    """Whether nothing but a label stands in its cell, or on its lines."""
    last = at + size - 1
    return _first(pieces, at) == at and _last(pieces, last) == last


def _first(pieces: Pieces, at: int) -> int:
    """The first place of the words on the line, or in the cell, of a place in the label text."""
    own = pieces.items[pieces.owner[at]]
    if own.row in pieces.drawn:
        return own.at
    while at and pieces.items[pieces.owner[at - 1]].row == own.row:
        at -= 1
    return at


def _last(pieces: Pieces, at: int) -> int:
    own, last = pieces.items[pieces.owner[at]], len(pieces.owner) - 1
    while at < last and (
        pieces.owner[at + 1] == pieces.owner[at]
        or (own.row not in pieces.drawn and pieces.items[pieces.owner[at + 1]].row == own.row)
    ):
        at += 1
    return at


@lru_cache(maxsize=1)
def _columns() -> frozenset[str]:
    """The labels of columns, one of which is also that of a row."""
    whole = declaration()
    labels = (whole.labels_of(form, table, "column") for form in whole.form_names for table in TABLES)
    return frozenset(key(text) for pairs in labels for _, text in pairs)
