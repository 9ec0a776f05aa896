"""A document as one sequence of pieces: words of labels, numbers, marks and empty cells, in reading order.

Each piece knows its line and, where the text or the container draws cells, its row and its column in the grid.
No label is known here.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from orchestration.intake.document import Document
from orchestration.intake.grids import Grid
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.breaks import rejoined
from orchestration.reading.pieces.chunks import LONGEST_KEPT, classify
from orchestration.reading.pieces.closed.cells import ClosedTable, closed_tables
from orchestration.reading.pieces.cutting import Bars, Cut, cut_line
from orchestration.reading.pieces.delimiters import delimiters
from orchestration.reading.pieces.furniture import furniture
from orchestration.reading.pieces.glosses import may_gloss, without_glosses
from orchestration.reading.pieces.levels import uneven_lines
from orchestration.reading.pieces.numbers import ENDS
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.pieces.strung import parted

Count = int | np.ndarray

_FULL = 6
LEAST_STEADY = 12  # rows; fewer do not tell how all are drawn


def pieces_of(document: Document) -> Pieces:
    """The pieces of a document: its grids cell by cell, its other lines chunk by chunk."""
    found = Pieces()
    items, owner = found.items, found.owner
    lines = found.lines = document.lines
    found.broken = document.container == "text" and document.text.endswith(ENDS)
    bars = bars_of(lines)
    cut_short = _cut_short(bars)
    whole = rejoined(document) if document.pages else document.grids
    grids = {grid.first_line: grid for grid in whole}
    closed = {table.first_line: table for table in _closed(document, lines)}
    of_pages = furniture(document, lines) | delimiters(lines)
    words: list[str] = []
    row = 0
    skip_to = 0
    for number, line in enumerate(lines, 1):
        if number in grids:
            row = _grid(found, words, grids[number], row)
            skip_to = max(skip_to, grids[number].last_line)
        if number in closed:
            row = _closed_rows(found, words, closed[number], row)
            skip_to = max(skip_to, closed[number].last_line)
        if not line or number <= skip_to or number in of_pages or is_empty(line):
            continue
        row += 1
        cut = cut_short(line) if len(line) <= LONGEST_KEPT else cut_line(line, bars)
        at = len(owner)
        for kind, raw, column, reading, fixed, word in cut.pieces:
            items.append(Piece(kind, raw, number, row, column, None, reading, at, fixed))
            if word:
                words.append(word)
                owner += [len(items) - 1] * len(word)
                at = len(owner)
        if cut.strung:
            found.strung = True
            for piece in items[len(items) - len(parted(cut.strung)) :]:
                piece.strung = cut.strung
        if cut.drawn:
            found.drawn.add(row)
            if cut.tabbed:
                found.tabbed.append((number, row, line))
    found.text = "".join(words)
    if may_gloss(document.text):
        without_glosses(found)
    if steady(found.tabbed):
        rows = {row for _, row, _ in found.tabbed}
        for piece in found.items:
            piece.fixed |= piece.row in rows
    if uneven := uneven_lines(lines):
        for piece in found.items:
            piece.uneven = piece.line in uneven and piece.row not in found.drawn
    return found


def is_empty(line: str) -> bool:
    """Whether a line holds nothing, and too few tabs for a row of empty cells."""
    return not line or not (line.strip() or line.count("\t") > 2)


def steady(tabbed: list[tuple[int, int, str]]) -> bool:
    """Whether neighbouring lines have as many tabs each, but at the edges of tables: then none were lost.

    Full lines with tabs behind their last value have lost those of their label: a lost value would leave one more.
    """
    near = [(a[2].count("\t"), b[2].count("\t")) for a, b in itertools.pairwise(tabbed) if b[0] == a[0] + 1]
    full = [line for _, _, line in tabbed if len(line.split()) > _FULL]
    padded = sum(line.rstrip(" \r\n").endswith("\t") for line in full)
    return len(near) >= LEAST_STEADY and sum(a != b for a, b in near) * 10 <= len(near) and padded * 10 <= len(full)


def bars_of(lines: Iterable[str]) -> Bars:
    """How bars part cells: whether they close cells that stand one on each line, whether rows begin and end without.

    Rows that begin with an empty cell seem to begin with a bar.
    """
    barred = [line.strip() for line in lines if "|" in line]
    filled = [sum(map(bool, map(str.strip, line.split("|")))) for line in barred]
    rows = [line for line, count in zip(barred, filled, strict=True) if count > 1]
    unled = mostly_open(sum(line[0] == "|" for line in rows), len(rows))
    unclosed = unled and mostly_open(sum(line[-1] == "|" for line in rows), len(rows))
    return Bars(mostly_single(filled.count(1), len(rows)), unled, unclosed)


def mostly_single(single: Count, rows: Count) -> Count:
    """Whether so many lines whose bars enclose one cell outweigh so many rows; of numbers, or of arrays of them."""
    return single > 4 * rows


def mostly_open(barred: Count, rows: Count) -> Count:
    """Whether rows have no bar at an end as a rule, where so many have one there; as ``mostly_single``."""
    return (rows >= LEAST_STEADY) & (5 * barred <= 4 * rows)


@lru_cache(maxsize=8)
def _cut_short(bars: Bars) -> Callable[[str], Cut]:
    """``cut_line`` for lines that may come again."""
    return lru_cache(maxsize=8192)(partial(cut_line, bars=bars))


def _closed(document: Document, lines: list[str]) -> Iterable[ClosedTable]:
    return closed_tables(document.text, lines) if document.container == "text" else ()


def _closed_rows(found: Pieces, words: list[str], table: ClosedTable, row: int) -> int:
    for cells in table.rows:
        row += 1
        found.drawn.add(row)
        for column, text, line, moved in cells:
            _cell(found, words, text, line, row, column, None)
            piece = found.items[-1]
            if moved and piece.kind == "number":
                piece.reading = replace(piece.reading, doubt="column_uncertain")
    return row


def _grid(found: Pieces, words: list[str], grid: Grid, row: int) -> int:
    for drawn in grid.rows:
        row += 1
        found.drawn.add(row)
        for column, text, place in zip(drawn.columns, drawn.texts, drawn.placed(), strict=True):
            _cell(found, words, text, drawn.line, row, column, place)
    return row


def _cell(found: Pieces, words: list[str], text: str, line: int, row: int, column: int, place: str | None) -> None:
    """Append a drawn cell."""
    kind, reading = classify(text)
    found.items.append(Piece(kind, text, line, row, column, place, reading, len(found.owner), True))
    if kind == "text":
        words.append(key(text))
        found.owner += [len(found.items) - 1] * len(words[-1])
