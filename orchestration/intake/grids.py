"""Drawn tables as a document holds them, row by row, and as they are packed beside its text.

Belongs here: which cells there are and where they stand. Does not belong here: how a container draws them, and what
they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat
from typing import NamedTuple


class GridCell(NamedTuple):
    """A cell of a drawn table: its first row and column in the grid (from 0), spans, text, line and place.

    ``place`` is where it stands in the container, for people and for tracing:
    ``table 2, row 5, cell 3`` (HTML, DOCX) or ``page 3, box 72.0 101.5 300.2 120.9`` (PDF, points from bottom left).
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    line: int
    place: str


class GridRow(NamedTuple):
    """The cells of a row, one line of the text: the first column of each, its text and its place.

    ``places`` may be the words that the number of each cell, from 1, completes. ``spans`` are the rows and columns
    that each covers, None where all cover one.
    """

    row: int
    line: int
    columns: list[int]
    texts: list[str]
    places: str | list[str]
    spans: list[tuple[int, int]] | None = None

    def placed(self) -> list[str]:
        """Where each cell stands in the container."""
        return placed(self.places, len(self.texts))


def placed(places: str | list[str], count: int) -> list[str]:
    """Where each of the ``count`` cells of a row stands in the container."""
    return [f"{places}{number}" for number in range(1, count + 1)] if isinstance(places, str) else places


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawn table: its rows in reading order, and its first and last line in the text."""

    rows: tuple[GridRow, ...]
    first_line: int
    last_line: int

    @property
    def cells(self) -> tuple[GridCell, ...]:
        """All cells in reading order."""
        return tuple(
            GridCell(row.row, column, *span, text, row.line, place)
            for row in self.rows
            for column, span, text, place in zip(
                row.columns, row.spans or repeat((1, 1)), row.texts, row.placed(), strict=False
            )
        )


def pack(grids: Iterable[Grid], lines: Sequence[str]) -> list:
    """The grids as lists for JSON; the texts of a row that are the parts of its line between tabs are left out."""
    return [
        [
            grid.first_line,
            grid.last_line,
            [
                (row, line, columns, 0 if lines[line - 1].split("\t") == texts else texts, places, spans)
                for row, line, columns, texts, places, spans in grid.rows
            ],
        ]
        for grid in grids
    ]


def unpack(packed: list, lines: Sequence[str]) -> Iterator[Grid]:
    """The grids that ``pack`` was given, or that were written down cell by cell, as earlier versions did."""
    for first, last, rows in packed:
        if rows and len(rows[0]) == len(GridCell._fields):
            rows = map(_of_cells, groupby(rows, lambda cell: cell[0]))
        yield Grid(tuple(_row(lines, row) for row in rows), first, last)


def unpack_places(packed: list) -> list[tuple[int, list[str | list[str]]]] | None:
    """For each grid its first line and the places of its rows, where each row is a line and its cells are the parts
    of this between tabs; None where any is not, or was written down cell by cell."""
    grids = []
    for first, last, rows in packed:
        if any(len(row) != len(GridRow._fields) or row[3] for row in rows):
            return None
        if [row[1] for row in rows] != list(range(first, last + 1)):
            return None
        grids.append((first, [row[4] for row in rows]))
    return grids


def _row(lines: Sequence[str], row: list) -> GridRow:
    number, line, columns, texts, places, spans = row
    return GridRow(
        number, line, columns, texts or lines[line - 1].split("\t"), places, spans and list(map(tuple, spans))
    )


def _of_cells(row: tuple[int, Iterator[list]]) -> tuple:
    # Spans are kept as they are: none larger than one says the same.
    _, columns, downs, acrosses, texts, lines, places = zip(*row[1], strict=True)
    return row[0], lines[0], list(columns), list(texts), list(places), list(zip(downs, acrosses, strict=True))
