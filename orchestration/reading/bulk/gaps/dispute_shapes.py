"""Dispute tables with empty cells: read by the careful path, once for all texts that differ in their numbers alone.

A shape is the text from the heading of the table to the next line of other text. Ones stand in it for the numbers
behind the words of each line, and one text each for its heading and for what follows. Belongs here: what such a shape
is read as, and which of its numbers each cell holds.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from orchestration.form import declaration
from orchestration.intake.document import Document, Problem
from orchestration.reading.bulk.cells.vocabulary import REPORTED, STATUSES, number_of
from orchestration.reading.bulk.gaps.patterns import NONE
from orchestration.reading.columns.columns import SHORT_COUNT
from orchestration.reading.columns.shifts import moved_by_totals
from orchestration.reading.disputes.bounds import BEYOND, beyond_labels, count_labels
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces import numbers
from orchestration.reading.pieces.cutting import Bars, cut_line
from orchestration.reading.pieces.piece import Piece
from orchestration.reading.pieces.pieces import bars_of, pieces_of
from orchestration.reading.tables.tables import read_dispute_table

_MOST_LINES = 80
_MOST_PROSE = 2000  # characters behind the heading in which the labels of the table are sought, with blanks
_TAIL = re.compile(r"(?:(?<![^\s|])(?:0|[1-9]\d*)(?![^\s|])[\s|]*)+$")  # the numbers behind the words of a line
_NUMBER = re.compile(r"\d+")
_SPACES = re.compile(" {2,}")
_BEYOND = "〇" * (BEYOND + 1)
_FIRST = 0xE000  # a private character that stands for a number in a shape that is read
_TOKEN = re.compile("[\ue000-\uf8ff]")
_NUMERALS = "一二三四五六七八九十"  # one of which may stand before a heading


class Shape(NamedTuple):
    """The text of a table with ones for its numbers, and these in order."""

    text: str
    numbers: list[str]


class ShapeCells(NamedTuple):
    """The cells of a shape: for each its status, evidence and doubt as numbers, line, and place in ``sources``.

    ``sources`` are the numbers that a cell holds, -1 for an empty one among them; ``problems`` are codes, messages and
    lines, ``ends`` the first line and the last. Lines count from 0; -1 stands for no line and no source.
    """

    cells: np.ndarray
    sources: tuple[tuple[int, ...], ...]
    problems: tuple[tuple[str, str, int | None], ...]
    ends: tuple[int, int]

    def moved(self, told: list[str], form: str) -> bool:
        """Whether ``shifts.doubt_by_totals`` has something to doubt where these are the numbers."""
        row = [
            int(told[self.sources[source][0]]) if status == REPORTED else None
            for status, *_, source in self.cells.tolist()
        ]
        return moved_by_totals(row, len(declaration().columns_of(form, "disputes")))


def shape_of(lines: list[str], first: int) -> Shape | None:
    """The shape of the table whose heading stands on a line (from 0), or None where its end does not show at once."""
    told: list[str] = []
    held: list[str] = []
    for line in lines[first : first + _MOST_LINES]:
        with_ones, found = _with_ones(line)
        if any(len(number) > SHORT_COUNT for number in found):
            return None
        held += found
        begun = _begun(line) if told and not found else None
        if begun is not None:
            heading = _heading(told[0])
            again = {told[0].strip(), heading}.intersection(map(str.strip, told[1:]))
            return Shape("\n".join([told[0] if again else heading, *told[1:], begun + _BEYOND]), held)
        told.append(with_ones)
    return None


@lru_cache(maxsize=8192)  # those of many texts are alike, but for full rows
def _with_ones(line: str) -> tuple[str, list[str]]:
    """A line with ones for the numbers behind its words, and these."""
    tail = _TAIL.search(line)
    if not tail:
        return line, []
    return line[: tail.start()] + _SPACES.sub(" ", _NUMBER.sub(_ones, tail[0])), _NUMBER.findall(tail[0])


def labels_behind(lines: list[str], first: int, shape: Shape) -> bool:
    """Whether the text behind a shape has half as many labels as it, so that it may hold the table."""
    behind = key("".join(lines[first + shape.text.count("\n") :])[:_MOST_PROSE])
    return 2 * count_labels(behind) >= _labels_in(shape.text)


@lru_cache(maxsize=4096)
def _labels_in(text: str) -> int:
    return count_labels(key(text))


def _ones(number: re.Match) -> str:
    # With as many digits as a row has columns, it may be all of them joined.
    return "1" * len(number[0]) if len(number[0]) >= _results() else "1"


@lru_cache(maxsize=1)
def _results() -> int:
    """How many columns a row of the table has, of the form that has the fewest."""
    return min(len(declaration().columns_of(form, "disputes")) for form in declaration().form_names)


@lru_cache(maxsize=8192)
def _heading(line: str) -> str:
    """The line, or the heading that the form has for it, if it differs from that in its number and its marks alone."""
    name = next(form.name_zh for form in declaration().forms if form.table_code == "disputes")
    alike = key(line) in (before + key(name) for before in ("", *_NUMERALS))
    return name if alike and _is_text(line) else line


def _is_text(line: str) -> bool:
    return not ("\t" in line or "|" in line or any(kind != "text" for kind, *_ in cut_line(line).pieces))


@lru_cache(maxsize=8192)
def _begun(line: str) -> str | None:
    """What a line of other text has of the table: its first characters at most; None for one that may belong to it."""
    text = key(line)
    beyond = beyond_labels(text)
    return text[: len(text) - beyond] if beyond >= BEYOND and _is_text(line) else None


@lru_cache(maxsize=4096)
def cells_of_shape(text: str, form: str, fixed: bool, cellwise: bool) -> ShapeCells | None:
    """How the table is read, or None where more of the report would have to be known.

    All lines with tabs are ``fixed``, or all those with bars hold single cells.
    """
    if bars_of(text.split("\n")) != Bars(cellwise, False, False):
        return None
    pieces = pieces_of(Document("text", text + "\n"))
    tabbed = {row for _, row, _ in pieces.tabbed} if fixed else ()
    values: dict[int, list[Piece]] = {}
    for piece in pieces.items:
        piece.fixed |= piece.row in tabbed
        if piece.kind == "not_applicable":
            return None
        if piece.kind == "number":
            values.setdefault(piece.line, []).append(piece)
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        tail = _TAIL.search(line) if number in values else None
        for piece in values[number][-len(_NUMBER.findall(tail[0])) :] if tail else ():
            piece.raw = chr(_FIRST + count) + piece.raw[1:]
            piece.reading = numbers.Reading("number", Decimal(count))
            count += 1
    problems: list[Problem] = []
    table = read_dispute_table(pieces, 0, form, problems)
    stray = any(_TOKEN.search(problem.message) for problem in problems)
    stray = stray or any(cell.doubt == "table_repeated" for cell in table.cells)  # of which the numbers matter
    if table.form is None or len(pieces.text) - table.end < BEYOND or stray:
        return None
    sources: dict[tuple[int, ...], int] = {}
    places: dict[str | None, int] = {}  # in ``sources``, of what cells hold
    for held in dict.fromkeys(cell.raw for cell in table.cells if cell.raw):
        raws = held.split(" ")
        if any(raw and not _TOKEN.match(raw) for raw in raws):
            return None
        places[held] = sources.setdefault(tuple(ord(raw[0]) - _FIRST if raw else NONE for raw in raws), len(sources))
    cells = []
    for cell in table.cells:
        line = NONE if cell.line is None else cell.line - 1
        at = places.get(cell.raw, NONE)
        cells.append((STATUSES.index(cell.status), number_of(cell.evidence), number_of(cell.doubt), line, at))
    met = tuple((problem.code, problem.message, problem.line and problem.line - 1) for problem in problems)
    return ShapeCells(np.array(cells), tuple(sources), met, (table.first_line - 1, table.last_line - 1))
