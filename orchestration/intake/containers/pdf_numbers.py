"""Numbers that are too long for their narrow cell and go on in its next line.

Only the page tells a wrapped number from two numbers over one another: its line is full, so that not one more digit
would fit, and the cells beside it that hold one number have one line.
"""

from __future__ import annotations

import re

from orchestration.intake.containers.pdf_words import Word, lines_of

_FIGURES = re.compile(r"[+-]?[\d.,]+")
_STACKED = re.compile(r"[\d.,]\n[\d.,]")
_LEAST = 3  # characters of a full line
_MARGINS = 12.0  # points that word processors leave empty at the sides of a cell, together, or less
_STEP = 1.8  # of the size: from one line of a cell to the next


def rejoin(texts: list[str], cells: list[list[Word]], widths: list[float]) -> list[str]:
    """The texts of a row of cells, wrapped numbers in one line; as they are where any cell holds two numbers."""
    if not any(_STACKED.search(text) for text in texts):
        return texts
    found = [
        _whole(words, width) if _STACKED.search(text) else text
        for text, words, width in zip(texts, cells, widths, strict=True)
    ]
    return texts if None in found else found


def _whole(words: list[Word], width: float) -> str | None:
    """The number of a cell whose lines but the last are full, and the last is shorter; else None."""
    lines = lines_of(words)
    if any(len(line) != 1 for line in lines):
        return None
    parts = ["".join(glyph.text for glyph in line[0].glyphs) for line in lines]
    *full, last = (line[0] for line in lines)
    if not all(map(_FIGURES.fullmatch, parts)) or len(parts[0]) < _LEAST or _width(last) >= _width(full[0]):
        return None
    for word, below in zip(full, [*full[1:], last], strict=True):
        digit = _width(word) / len(word.glyphs)
        if width - _width(word) > digit + _MARGINS or word.base - below.base > _STEP * word.size:
            return None
    return "".join(parts)


def _width(word: Word) -> float:
    return word.x1 - word.x0
