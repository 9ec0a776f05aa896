"""Headers whose labels are wrapped beside one another: the parts of one label stand on lines between those of others.

Their text is then in no order, and only what shares a line, or is whole, tells the order of the columns.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

from orchestration.reading.pieces.piece import Pieces

Words = tuple[tuple[str, ...], ...]  # for each column in the order of the form
_LEAST_PART = 3  # characters of a part of the label that spans columns
_GAP = "  "  # at least as wide where blanks keep the places of columns
_BESIDE = 2  # columns on one line, which tell that the labels stand beside one another


def beside_in_order(
    pieces: Pieces, bounds: tuple[int, int], parts: Words, wholes: Words, spanning: tuple[str, ...]
) -> bool:
    """Whether a header printed beside one another, between two offsets of the label text, is in the order of the form.

    ``parts`` and ``wholes`` are the wordings by which columns are known, ``spanning`` those of labels above several.
    """
    found: dict[int, list[tuple[int, str]]] = {}
    for line, text in _lines(pieces, bounds).items():
        for word in sorted({p for name in spanning for p in _parts(name)}, key=len, reverse=True):
            text = text.replace(word, "\n")
        marks = [(text.find(part), number, part) for number, part in _known(text, parts)]
        if [number for _, number, _ in sorted(marks)] != [number for _, number, _ in marks]:
            return False
        found[line] = [(number, part) for _, number, part in marks]
    if max(map(len, found.values()), default=0) < _BESIDE:
        return False
    head = pieces.text[slice(*bounds)]
    for name in spanning:
        head = head.replace(name, "\n")
    places = [max(map(head.rfind, options)) for options in wholes]
    places = [place for place in places if place >= 0]
    return places == sorted(places) and not _crossed(pieces, found)


def _lines(pieces: Pieces, bounds: tuple[int, int]) -> dict[int, str]:
    """The label text of each line that is not drawn."""
    found: dict[int, str] = {}
    for at in range(*bounds):
        piece = pieces.items[pieces.owner[at]]
        if piece.row not in pieces.drawn:
            found[piece.line] = found.get(piece.line, "") + pieces.text[at]
    return found


def _known(text: str, parts: Words) -> list[tuple[int, str]]:
    """The columns that a line names, and by which part."""
    named = ((number, next((part for part in options if part in text), None)) for number, options in enumerate(parts))
    return [(number, part) for number, part in named if part]


def _parts(word: str) -> set[str]:
    sizes = range(_LEAST_PART, len(word) + 1)
    return {word[at : at + size] for size in sizes for at in range(len(word) - size + 1)}


def _crossed(pieces: Pieces, found: dict[int, list[tuple[int, str]]]) -> bool:
    """Whether blanks keep the places of columns, and a label stands wholly right of one that should follow it."""
    spans = []
    for line, marks in found.items():
        text = pieces.lines[line - 1] if line <= len(pieces.lines) else ""
        for number, part in marks if _GAP in text else ():
            if place := re.search(r"\s*".join(map(re.escape, part)), text):
                spans.append((number, [(low, high) for low, high in _measures(text, *place.span())]))
    return any(
        one[0] < other[0] and all(low >= high for (low, _), (_, high) in zip(one[1], other[1], strict=True))
        for pair in combinations(spans, 2)
        for one, other in (pair, pair[::-1])
    )


def _measures(text: str, low: int, high: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """A span by characters, and with wide characters as two."""
    wide = [unicodedata.east_asian_width(character) in "WF" for character in text[:high]]
    return (low, high), (low + sum(wide[:low]), high + sum(wide))
