"""Which words stand in which cell of a ruled table, also where text is too wide or too high for its cell."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from orchestration.intake.containers.pdf_grids import Ruled
from orchestration.intake.containers.pdf_page import Glyph
from orchestration.intake.containers.pdf_words import TIGHT, Word

Place = tuple[int, int]  # number of the table and of its cell
COLUMN_LETTERS = 4  # a label written downwards has at least so many characters
STEP = 1.8  # of the size: from one of them to the next
HIGH = 2.5  # of the size: a cell that such a label was meant for is higher
MAJORITY = 0.6


def fill(words: list[Word], tables: list[Ruled]) -> tuple[list[dict[int, list[Word]]], list[Word]]:
    """The words of each cell by table and number of the cell, and the words outside of all tables."""
    cells: list[dict[int, list[Word]]] = [{} for _ in tables]
    outside: list[Word] = []
    placed = [(part, _place(part, tables)) for word in words for part in _parts(word, tables)]
    _mend_columns(placed, tables)
    for word, place in placed:
        if place is None:
            outside.append(word)
        else:
            cells[place[0]].setdefault(place[1], []).append(word)
    return cells, outside


def _place(word: Word, tables: list[Ruled]) -> Place | None:
    first = word.glyphs[0]
    return _at((word.x0 + word.x1) / 2, (first.y0 + first.y1) / 2, tables)


def _at(x: float, y: float, tables: list[Ruled]) -> Place | None:
    for number, table in enumerate(tables):
        region = table.region_at(x, y)
        if region is not None:
            return number, region
    return None


def _of(glyph: Glyph, tables: list[Ruled]) -> Place | None:
    return _at((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2, tables)


def _parts(word: Word, tables: list[Ruled]) -> list[Word]:
    """A word by the cells that it runs through: Chinese is parted at each line, a number only where a gap shows.

    So a number too wide for its cell stays one number.
    """
    glyphs = word.glyphs
    if not tables or len(glyphs) == 1:
        return [word]
    place = _of(glyphs[0], tables)
    if place == _of(glyphs[-1], tables) and (place is not None or len(glyphs) < 4):
        return [word]
    parts = [Word([glyphs[0]], word.spaced)]
    for last, glyph in pairwise(glyphs):
        before, place = place, _of(glyph, tables)
        tight = glyph.x0 - last.x1 < TIGHT * last.size
        if before != place and not (tight and last.text.isascii() and glyph.text.isascii()):
            parts.append(Word([glyph]))
        else:
            parts[-1].glyphs.append(glyph)
    return parts


def _mend_columns(placed: list[tuple[Word, Place | None]], tables: list[Ruled]) -> None:
    """A label written downwards, 三、本年度办理结果, that runs over the ends of its cell belongs there as a whole."""
    start = 0
    while start < len(placed):
        end = start + 1
        while end < len(placed) and _follows(placed[end - 1][0], placed[end][0]):
            end += 1
        place = _meant(placed[start:end], tables) if end - start >= COLUMN_LETTERS else None
        if place is not None:
            placed[start:end] = [(word, place) for word, _ in placed[start:end]]
        start = end


def _follows(above: Word, below: Word) -> bool:
    """Whether a single character stands right under another. Figures never do: columns of them are many cells."""
    if len(above.glyphs) > 1 or len(below.glyphs) > 1:
        return False
    if not (above.glyphs[0].wide and below.glyphs[0].wide):
        return False
    step, size = above.base - below.base, max(above.size, below.size)
    return 0.5 * size < step < STEP * size and abs(above.x0 - below.x0) < 0.3 * size


def _meant(column: list[tuple[Word, Place | None]], tables: list[Ruled]) -> Place | None:
    """The cell that a label written downwards was set into, where it runs over others: most of it, or its middle."""
    votes = Counter(place for _, place in column if place is not None)
    if not votes or (len(votes) == 1 and None not in (place for _, place in column)):
        return None
    if len({word.glyphs[0].text for word, _ in column}) < COLUMN_LETTERS - 1:
        return None  # the same mark in cell after cell
    size = column[0][0].size
    place, count = votes.most_common(1)[0]
    box = tables[place[0]].regions[place[1]].box
    if count >= MAJORITY * len(column) and box[3] - box[1] > HIGH * size:
        return place
    first, last = column[0][0].glyphs[0], column[-1][0].glyphs[0]
    middle = (first.y1 + last.y0) / 2
    place = _at((first.x0 + first.x1) / 2, middle, tables)
    if place is None:
        return None
    box = tables[place[0]].regions[place[1]].box
    narrow = box[2] - box[0] < (HIGH + 0.5) * size
    return place if narrow and abs((box[1] + box[3]) / 2 - middle) < 0.6 * size else None
