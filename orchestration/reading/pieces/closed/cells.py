"""Tables in a text whose cells are closed by bars, one cell or row to a line; the bars of spans end the row.

Belongs here: where such tables stand, and the ways in which their bars may part rows. So an empty cell has a place
that its line alone does not tell. Which way is right, ``rows`` tells. Does not belong here: tables without
empty cells side by side, whose values need no places, and rows on lines that begin with a bar (``cutting``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from orchestration.form import declaration
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.chunks import classify
from orchestration.reading.pieces.closed.rows import PlacedCell, is_word, placed_rows, rows_by_words
from orchestration.reading.pieces.closed.spans import Cell, Cells
from orchestration.reading.pieces.cutting import FOOTER

# Two empty cells side by side on a line that does not begin with a bar, or three bars each on its own line, as before
# and behind a row there may be two. The pattern is for Polars too.
SPARSE = r"\n[ \t]*[^|\s][^\n]*\|[ \t]+\|[ \t]+\||(?:\n[ \t]*\|[ \t]*\r?(?:\n[ \t]*\r?)?){3}\n"
_SPARSE = re.compile(SPARSE)
_LONGEST_PART = 40  # characters of a line that ends within a cell
_MOST_PARTS = 3  # such lines of one cell
_WIDTHS = range(4, 19)
_LEAST_ROWS = 4
_SENTENCE = tuple("。：:；;，,")


class ClosedTable(NamedTuple):
    """Its first and its last line, and the rows of its cells."""

    first_line: int
    last_line: int
    rows: list[list[PlacedCell]]


def closed_tables(text: str, lines: Sequence[str]) -> Iterator[ClosedTable]:
    """The tables of a text that are drawn so, each proved by its bars as a whole."""
    for part in _parts(lines) if "|" in text and _SPARSE.search(text) else ():
        rows = _rows(lines, part)
        above = next((number for number in range(part[0] - 1, 0, -1) if lines[number - 1].strip()), 0)
        if not rows and above and _goes_on(lines[above - 1].strip(), False):  # the first cell, its bar on the next line
            part = [above, *part]
            rows = _rows(lines, part)
        if rows:
            yield ClosedTable(part[0], part[-1], rows)


def _rows(lines: Sequence[str], part: list[int]) -> list[list[PlacedCell]] | None:
    return next(filter(None, map(placed_rows, _cuts(_cells(lines, part)))), None)


def _parts(lines: Sequence[str]) -> Iterator[list[int]]:
    """The numbers of lines that may make a table: all but the first parts of a cell end with a bar."""
    part: list[int] = []
    unclosed = 0
    for number, line in enumerate([*lines, "。"], 1):
        bare = line.strip()
        if not bare or FOOTER.fullmatch(bare):
            continue
        unclosed = 0 if bare[-1] == "|" else unclosed + 1
        if unclosed and not part and bare[0] != "|":
            continue
        opens = unclosed and bare[0] == "|" and _goes_on(bare[1:].strip(), True)  # a row, with its first cell
        led = bare[0] == "|" and bool(bare.strip("| \t"))  # in a table without such lines, by an empty cell
        closed = not unclosed and (not led or (part and lines[part[0] - 1].strip()[0] != "|"))
        if closed or opens or (part and unclosed <= _MOST_PARTS and _goes_on(bare, unclosed == 1)):
            part.append(number)
            continue
        while part and not lines[part[-1] - 1].rstrip().endswith("|"):
            part.pop()
        if part:
            yield part
        part = []


def _goes_on(line: str, alone: bool) -> bool:
    """Whether a line without a bar at its end may be the first part of a cell, or all of it if it is ``alone``."""
    if "|" in line or len(line) > _LONGEST_PART or line.endswith(_SENTENCE):
        return False
    if classify(line)[0] != "text":
        return alone
    word = key(line)
    return not any(heading in word for heading in _headings())


@lru_cache(maxsize=1)
def _headings() -> tuple[str, ...]:
    return tuple({key(form.name_zh) for form in declaration().forms})


def _cells(lines: Sequence[str], part: list[int]) -> Cells:
    """The cells, each with the line of its bar."""
    cells: Cells = []
    held = ""
    for number in part:
        closed, rest = _fields(lines[number - 1])
        for text, behind, bare in closed:
            cells.append(Cell(_joined(held, text) if held else text, number, behind, bare))
            held = ""
        held = _joined(held, rest)
    return cells


@lru_cache(maxsize=8192)  # most lines hold one cell, as many others do
def _fields(line: str) -> tuple[tuple[tuple[str, bool, bool], ...], str]:
    """What stands before each bar of a line (see ``Cell``), and behind the last one."""
    *closed, rest = line.strip().split("|")
    return tuple((text.strip(), at > 0, not text) for at, text in enumerate(closed)), rest.strip()


def _joined(before: str, text: str) -> str:
    """Two parts of a cell: words go on, and of anything else it is seen that there are two."""
    if not (before and text):
        return before or text
    return before + text if classify(before)[0] == classify(text)[0] == "text" else f"{before} {text}"


def _cuts(cells: Cells) -> Iterator[list[Cells]]:
    """The cells in rows of as many bars each, after a bar that opens the row or not; by their lines; by their words."""
    for width in _WIDTHS:
        if len(cells) % width == 0 and len(cells) >= _LEAST_ROWS * width:
            led = not any(cell.text for cell in cells[::width])
            if all(map(is_word, cells[led:-width:width])):
                yield [cells[at + led : at + width] for at in range(0, len(cells), width)]
    rows = [list(row) for _, row in groupby(cells, lambda cell: cell[1])]
    yield rows_by_words(cells, led=not cells[0].text) if len(rows) == len(cells) else rows
