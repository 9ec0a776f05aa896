"""Which words stand in which cell of the ruled tables of a PDF page, also where text is too wide or high for its cell."""

from __future__ import annotations

from collections import Counter

from orchestration.intake.containers.joining import WIDE
from orchestration.intake.containers.pdf_grids import Ruled
from orchestration.intake.containers.pdf_page import Glyph
from orchestration.intake.containers.pdf_words import TIGHT, Word, size_of

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
    for last, glyph in zip(glyphs, glyphs[1:], strict=False):
        before, place = place, _of(glyph, tables)
        tight = glyph.x0 - last.x1 < TIGHT * size_of(last)
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
        if end - start >= COLUMN_LETTERS:
            votes = Counter(place for _, place in placed[start:end] if place is not None)
            place, count = votes.most_common(1)[0] if votes else (None, 0)
            if place and len(votes) > 1 and count >= MAJORITY * (end - start) and _is_high(placed[start][0], place, tables):
                placed[start:end] = [(word, place) for word, _ in placed[start:end]]
        start = end


def _follows(above: Word, below: Word) -> bool:
    """Whether a single character stands right under another. Figures never do: columns of them are many cells."""
    if len(above.glyphs) > 1 or len(below.glyphs) > 1:
        return False
    if not (WIDE.match(above.glyphs[0].text) and WIDE.match(below.glyphs[0].text)):
        return False
    step, size = above.base - below.base, max(above.size, below.size)
    return 0.5 * size < step < STEP * size and abs(above.x0 - below.x0) < 0.3 * size


def _is_high(word: Word, place: Place, tables: list[Ruled]) -> bool:
    box = tables[place[0]].regions[place[1]].box
    return box[3] - box[1] > HIGH * word.size
