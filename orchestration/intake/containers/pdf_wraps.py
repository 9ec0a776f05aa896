"""Tables without ruling lines: a label wrapped over two lines, with its values level with the gap between them."""

from __future__ import annotations

import re

from orchestration.intake.containers.joining import join_paragraphs
from orchestration.intake.containers.pdf_words import Word, line_text

VALUE = re.compile(r"[+\-－]?[\d０-９][\d０-９.,，．]*[件条元万%]*|[/／—–－-]+|无|不适用")
BETWEEN = 0.2  # of the size: values nearer to one of the lines stand on that line
STEP = 1.7  # of the size: from the first line of the label to its second
ALIGNED = 0.4  # of the size: how far the beginnings, or the middles, of the two lines may lie apart


def page_lines(lines: list[list[Word]]) -> list[tuple[float, str]]:
    """Height and text of each visual line; ``lines`` from the top. A wrapped label is one line with its values."""
    found: list[tuple[float, str]] = []
    number = 0
    while number < len(lines):
        if number + 2 < len(lines) and (row := _wrapped(*lines[number : number + 3])):
            found.append((lines[number][0].base, row))
            number += 3
        else:
            found.append((lines[number][0].base, line_text(lines[number], columns=True)))
            number += 1
    return found


def _wrapped(above: list[Word], values: list[Word], below: list[Word]) -> str | None:
    """The row that three lines make up: a label, its values on the right, the rest of the label."""
    if any(map(_is_value, below)) or not all(map(_is_value, values)) or _is_value(above[-1]):
        return None
    size = above[0].size
    high, middle, low = above[0].base, values[0].base, below[0].base
    if not (high - low <= STEP * size and min(high - middle, middle - low) >= BETWEEN * size):
        return None
    # A group's label may stand before the one that is wrapped: the lines that belong together begin alike.
    start = next((place for place, word in enumerate(above) if _aligned(above[place:], below, size)), None)
    right = max(above[-1].x1, below[-1].x1)
    if start is None or values[0].x0 < right:
        return None
    label = join_paragraphs([line_text(above[start:]), line_text(below)])
    before = f"{line_text(above[:start], columns=True)}\t" if start else ""
    return before + " ".join(label.split("\n")) + "\t" + line_text(values, columns=True)


def _aligned(first: list[Word], second: list[Word], size: float) -> bool:
    starts = abs(first[0].x0 - second[0].x0)
    middles = abs(first[0].x0 + first[-1].x1 - second[0].x0 - second[-1].x1) / 2
    return min(starts, middles) <= ALIGNED * size


def _is_value(word: Word) -> bool:
    return VALUE.fullmatch("".join(glyph.text for glyph in word.glyphs)) is not None
