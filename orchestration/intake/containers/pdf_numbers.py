"""Numbers that are too long for their narrow cell and go on in its next line.

Only the page tells a wrapped number from two numbers over one another: its line is full, so that not one more digit
would fit, and the cells beside it that hold one number have one line. Where such a cell stands between the lines of the
number, the row is proven to be one, and two figures may be a full line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from orchestration.intake.containers.pdf_words import Word, line_text, lines_of

_FIGURES = re.compile(r"[+-]?[\d.,．，]+")
_VALUE = re.compile(r"[+-]?[\d.,．，]+\D?|[/／—–－-]+|无")
_STACKED = re.compile(r"[\d.,．，]\n[\d.,．，]")
_LEAST = 3  # characters of a full line
_FEWEST = 2  # the same where the cells beside it prove that it goes on
_MARGINS = 12.0  # points that word processors leave empty at the sides of a cell, together, or less
_SLACK = 0.5  # points
_STEP = 1.8  # of the size: from one line of a cell to the next
_CLOSE = 0.7  # the same, at least: what stands nearer is printed over it
_FAR = 3.0  # the same where the cells beside it prove that it goes on
_CENTRED = 0.3  # of the size: how far the middles of cells of one row lie apart


def spare(cells: Iterable[tuple[list[Word], float]]) -> float:
    """The least room, in points, that a number leaves in its cell; each cell by its words and its width."""
    return min((width - _width(word) for words, width in cells for word in words if _is_figure(word)), default=0.0)


def rejoin(texts: list[str], cells: list[list[Word]], widths: list[float], least: float | None = None) -> list[str]:
    """The texts of a row of cells, wrapped numbers in one line; as they are where any cell holds two numbers.

    ``least`` is the room that the fullest line of the table leaves.
    """
    if not any(_STACKED.search(text) for text in texts):
        return texts
    held = [(text, lines_of(words)) for text, words in zip(texts, cells, strict=True)]
    proven = _one_row(held)
    found = [
        _whole(lines, width, least, proven) if _STACKED.search(text) else text
        for (text, lines), width in zip(held, widths, strict=True)
    ]
    return texts if None in found else found


def _one_row(held: list[tuple[str, list[list[Word]]]]) -> bool:
    """Whether a value stands between the lines of a number, level with their middle: neither has its own row."""
    middles = [
        (len(lines), (lines[0][0].base + lines[-1][0].base) / 2, lines[0][0].size)
        for text, lines in held
        if lines and all(map(_VALUE.fullmatch, text.split("\n")))
    ]
    return any(
        (one - other) % 2 and abs(middle - beside) <= _CENTRED * size
        for one, middle, size in middles
        for other, beside, _ in middles
    )


def _whole(lines: list[list[Word]], width: float, least: float | None, proven: bool) -> str | None:
    """The number of a cell whose lines but the last are full, and the last is shorter; else None."""
    parts = [line_text(line) for line in lines]  # a turned page may draw the figures of a number in any order
    *full, last = (Word([glyph for word in line for glyph in word.glyphs]) for line in lines)
    if not all(map(_FIGURES.fullmatch, parts)) or min(map(len, parts[:-1])) < (_FEWEST if proven else _LEAST):
        return None
    longer = _width(last) - _width(full[0])
    if longer > _SLACK or (longer > -_SLACK and not proven):
        return None
    for word, below in zip(full, [*full[1:], last], strict=True):
        digit, room = _width(word) / len(word.glyphs), width - _width(word)
        if room > digit + _MARGINS or (least is not None and room - least > digit + _SLACK):
            return None
        if not _CLOSE * word.size < word.base - below.base <= (_FAR if proven else _STEP) * word.size:
            return None
    return "".join(parts)


def _is_figure(word: Word) -> bool:
    return _FIGURES.fullmatch("".join(glyph.text for glyph in word.glyphs)) is not None


def _width(word: Word) -> float:
    return word.x1 - word.x0
