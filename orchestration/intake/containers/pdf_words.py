"""Characters with places into words, lines and the texts of cells, by the gaps that a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor
from statistics import median

from orchestration.intake.containers.joining import LOWERED, RAISED, WIDE, join_paragraphs
from orchestration.intake.containers.pdf_page import Glyph

TIGHT = 0.08  # of the size of a character: no gap at all
SPACE = 0.25  # a gap between words
WIDE_SPACE = 0.7  # the same between Chinese characters, which justified lines spread
OVER = 0.2  # of the width of a figure: how far the next may reach over it
COLUMN = 1.6  # a gap between columns
LEVEL = 0.45  # of the size: how far baselines of one line may differ
RAISE = 0.6  # the same for a raised or lowered figure
VALUE = re.compile(r"[+\-－]?[\d０-９][\d０-９.,，．]*[件条元万%]*|[/／—–－-]+|无|不适用")
FEW = 3  # more figures at the end of a line are cells, however near to each other
SMALL = 0.78  # of the size of its line: a raised or lowered figure


@dataclass(slots=True)
class Word:
    """Characters that follow each other on one line without a gap."""

    glyphs: list[Glyph]
    spaced: bool = False  # a printed space stands before it
    cell: bool = False  # it is a column of its own, however near to the word before

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
        return self.glyphs[0].size


def drop_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Without the copies that make letters look bold: 5 printed twice a hair apart is no 55."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for glyph in glyphs:
        text = glyph.text
        row = glyph.base / 2
        place = glyph.x0 / max(0.05, (glyph.x1 - glyph.x0) * 0.35)
        # Each is looked up in the nearest four of a net of small fields; 11 lies some fields apart.
        row0, place0 = floor(row), floor(place)
        row1 = row0 + (1 if row - row0 >= 0.5 else -1)
        place1 = place0 + (1 if place - place0 >= 0.5 else -1)
        found = (
            (text, row0, place0) in seen
            or (text, row1, place0) in seen
            or (text, row0, place1) in seen
            or (text, row1, place1) in seen
        )
        if found and text != " ":
            continue
        seen.add((text, row0, place0))
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
            size = last.size
            gap = glyph.x0 - last.x1
            near = WIDE_SPACE if last.wide and glyph.wide else SPACE
            level = abs(glyph.base - last.base) <= _level(last, glyph)
            if level and -0.5 * size < gap < near * size and not _apart(last, glyph):
                words[-1].glyphs.append(glyph)
                last = glyph
                continue
        words.append(Word([glyph], spaced))
        last, spaced = glyph, False
    return words


def _apart(first: Glyph, second: Glyph) -> bool:
    """Whether two figures are no one number: one is of another colour, as in a watermark, or printed over the other."""
    if not (first.text.isdigit() and second.text.isdigit()):
        return False
    return first.ink != second.ink or second.x0 - first.x1 < -OVER * min(first.x1 - first.x0, second.x1 - second.x0)


def _level(first: Glyph, second: Glyph) -> float:
    """How far the baselines of neighbours may lie apart in one word; a note raised a little is another word."""
    small, large = min(first.size, second.size), max(first.size, second.size)
    return LEVEL * first.size if small >= SMALL * large else 0.08 * first.size


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


def is_value(word: Word) -> bool:
    """Whether a word could fill a cell of values: a figure, or a mark for none."""
    return VALUE.fullmatch("".join(glyph.text for glyph in word.glyphs)) is not None


def count_values(line: list[Word]) -> int:
    """How many figures a line ends with."""
    count = 0
    for word in reversed(line):
        if not is_value(word):
            break
        count += 1
    return count


def is_row(line: list[Word]) -> bool:
    """Whether a line ends with the values of a row; the page number in - 3 - is none."""
    count = count_values(line)
    return count > FEW or (count > 1 and sum(word.glyphs[-1].text.isdigit() for word in line[-count:]) > 1)


def _tolerance(first: float, second: float) -> float:
    """How far two baselines of one line may lie apart: more for a raised or lowered figure."""
    small, large = min(first, second), max(first, second)
    return RAISE * large if small < SMALL * large else LEVEL * small


def line_text(words: list[Word], columns: bool = False) -> str:
    """The text of a line; ``columns``: wide gaps are tabs, as between the cells of a table without lines."""
    usual = max(word.size for word in words)
    level = median(word.base for word in words if word.size >= SMALL * usual)
    text = ""
    end, last = words[0].x0, words[0].glyphs[-1]
    values = count_values(words) if columns else 0
    first_value = len(words) - values if values > FEW else len(words)
    for number, word in enumerate(words):
        piece = "".join(glyph.text for glyph in word.glyphs)
        size = word.size
        gap = word.x0 - end
        if word.size < SMALL * usual and abs(word.base - level) > 0.15 * usual:
            piece = piece.translate(RAISED if word.base > level else LOWERED)
        if text:
            near = WIDE_SPACE if WIDE.match(text[-1]) and WIDE.match(piece[0]) else SPACE
            if columns and (gap > COLUMN * size or word.cell or number >= first_value):
                text += "\t"
            elif gap > near * size or (word.spaced and gap > TIGHT * size) or _apart(last, word.glyphs[0]):
                text += " "
        text += piece
        last = word.glyphs[-1]
        end = max(end, word.x1)
    return text


def cell_text(words: list[Word]) -> str:
    """The text of a cell, its wrapped lines put together."""
    return join_paragraphs([line_text(line) for line in lines_of(words)]) if words else ""
