"""Characters with places into words, lines and the texts of cells, by the gaps that a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from orchestration.intake.containers.joining import LOWERED, RAISED, WIDE, join_paragraphs
from orchestration.intake.containers.pdf_page import Glyph

TIGHT = 0.08  # of the size of a character: no gap at all
SPACE = 0.25  # a gap between words
WIDE_SPACE = 0.7  # the same between Chinese characters, which justified lines spread
COLUMN = 1.6  # a gap between columns
LEVEL = 0.45  # of the size: how far baselines of one line may differ
RAISE = 0.6  # the same for a raised or lowered figure
SMALL = 0.78  # of the size of its line: a raised or lowered figure
NEIGHBOURS = tuple((row, place) for row in (-1, 0, 1) for place in (-1, 0, 1))


@dataclass(slots=True)
class Word:
    """Characters that follow each other on one line without a gap."""

    glyphs: list[Glyph]
    spaced: bool = False  # a printed space stands before it

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def base(self) -> float:
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        return size_of(self.glyphs[0])


def size_of(glyph: Glyph) -> float:
    """The size of a character in points; Latin fonts have taller boxes than Chinese ones of the same size."""
    height = glyph.y1 - glyph.y0
    return max(1.0, height if WIDE.match(glyph.text) else height / 1.2)


def drop_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Without the copies that make letters look bold: 5 printed twice a hair apart is no 55."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for glyph in glyphs:
        text, x0, _, x1, _, base = glyph
        step = max(0.05, (x1 - x0) * 0.35)
        row, place = round(base / 2), round(x0 / step)
        if text != " " and any((text, row + r, place + p) in seen for r, p in NEIGHBOURS):
            continue
        seen.add((text, row, place))
        kept.append(glyph)
    return kept


def split_words(glyphs: list[Glyph]) -> list[Word]:
    """Words in the order in which the page draws them."""
    words: list[Word] = []
    last: Glyph | None = None
    spaced = False
    for glyph in glyphs:
        if glyph.text == " ":
            last, spaced = None, True
            continue
        if last is not None:
            size = size_of(last)
            gap = glyph.x0 - last.x1
            near = WIDE_SPACE if WIDE.match(last.text) and WIDE.match(glyph.text) else SPACE
            level = abs(glyph.base - last.base) <= (LEVEL if _alike(last, glyph) else 0.08) * size
            if level and -0.5 * size < gap < near * size:
                words[-1].glyphs.append(glyph)
                last = glyph
                continue
        words.append(Word([glyph], spaced))
        last, spaced = glyph, False
    return words


def _alike(first: Glyph, second: Glyph) -> bool:
    """Whether two characters are of one size; a note raised a little is of another."""
    small, large = sorted((size_of(first), size_of(second)))
    return small >= SMALL * large


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words by visual line from the top, each line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.base):
        line = lines[-1] if lines else None
        if line and line[0].base - word.base <= _tolerance(line[0].size, word.size):
            line.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.x0) for line in lines]


def _tolerance(first: float, second: float) -> float:
    """How far two baselines of one line may lie apart: more for a raised or lowered figure."""
    small, large = min(first, second), max(first, second)
    return RAISE * large if small < SMALL * large else LEVEL * small


def line_text(words: list[Word], columns: bool = False) -> str:
    """The text of a line; ``columns``: wide gaps are tabs, as between the cells of a table without lines."""
    usual = max(word.size for word in words)
    level = median(word.base for word in words if word.size >= SMALL * usual)
    text = ""
    end = words[0].x0
    for word in words:
        piece = "".join(glyph.text for glyph in word.glyphs)
        size = word.size
        gap = word.x0 - end
        if word.size < SMALL * usual and abs(word.base - level) > 0.15 * usual:
            piece = piece.translate(RAISED if word.base > level else LOWERED)
        if text:
            near = WIDE_SPACE if WIDE.match(text[-1]) and WIDE.match(piece[0]) else SPACE
            if columns and gap > COLUMN * size:
                text += "\t"
            elif gap > near * size or (word.spaced and gap > TIGHT * size):
                text += " "
        text += piece
        end = max(end, word.x1)
    return text


def cell_text(words: list[Word]) -> str:
    """The text of a cell, its wrapped lines put together."""
    return join_paragraphs([line_text(line) for line in lines_of(words)]) if words else ""
