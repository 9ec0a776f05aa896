"""What the cells of a row are, by which of its places are filled: asked of the careful path once for all such rows.

The values of a row do not matter for that, as far as ``gaps`` lets them through: only how many characters the longest
has. Belongs here: rows of numbers, marks and empty cells put to ``columns.place``. Does not belong here: which values
belong to which row, and what headers tell of the columns (``pattern_headers``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from orchestration.form import declaration
from orchestration.reading.bulk.cells.vocabulary import BLANK, REPORTED, STATUSES, number_of
from orchestration.reading.bulk.texts.drawn_lines import MOST_CELLS
from orchestration.reading.columns.columns import CellReading, Grid
from orchestration.reading.pieces import numbers
from orchestration.reading.pieces.piece import Piece
from orchestration.reading.rows.rows import RowValues
from orchestration.reading.tables.table import row_cells

ALL, NONE = -2, -1  # sources of a cell that holds all values of its row, or none
_ANY_ROW = "row"  # for the code of a row, of which nothing is asked
_FIRST_MARK = 0xE000
_MARK = 2  # the digit of a mark for no value


class RowShape(NamedTuple):
    """A row as it stands in a text, whichever it is of those with its columns.

    See ``gaps.Gaps`` for label, cells, code and longest.
    """

    table: str
    columns: tuple[str, ...]
    drawn: bool
    fixed: bool
    label: int
    cells: int
    code: int
    longest: int

    @property
    def full(self) -> bool:
        """Whether it holds a number for each column and no mark."""
        digits = digits_of(self.code)
        return digits.count(1) == len(self.columns) and _MARK not in digits


class Shift(NamedTuple):
    """What ``shifts`` asks of a row: how many cells are empty, and how many of them before all others.

    And if it has numbers: whether it begins or ends with an empty cell, or has one before a filled cell.
    """

    blank: int
    heads: int
    begins: bool
    ends: bool
    between: bool
    numbered: bool


@dataclass(frozen=True, slots=True, eq=False)
class RowCells:
    """The cells of a row: for each a place in STATUSES, evidence and doubt as numbers, and the value that it holds.

    ``filled`` tells for each piece of the row whether it is a value, ``together`` whether a cell holds all of them.
    """

    cells: np.ndarray
    problems: tuple[str, ...]
    filled: tuple[bool, ...]
    together: bool
    shift: Shift


def _shift(cells: tuple[tuple[int, int, int, int], ...]) -> Shift:
    blank = [status == BLANK for status, *_ in cells]
    numbered = any(status == REPORTED for status, *_ in cells) and len(blank) > 1
    between = numbered and any(a and not b for a, b in pairwise(blank))
    begins = numbered and blank[0]
    heads = blank.index(False) if begins else 0
    return Shift(sum(blank), heads, begins, numbered and blank[-1], between, numbered)


@lru_cache(maxsize=65536)
def digits_of(code: int) -> tuple[int, ...]:
    """The ternary digits of the code of a row: one for each place behind its label."""
    return tuple(code // 3**at % 3 for at in range(MOST_CELLS))


@lru_cache(maxsize=65536)
def values_of(shape: RowShape) -> RowValues:
    """The row with values that tell their places; it is not to be changed."""
    digits = digits_of(shape.code)[: max(shape.cells - shape.label - 1, 0) if shape.drawn else MOST_CELLS]
    columns = range(shape.label + 1, shape.cells) if shape.drawn else (-1,) * len(digits)
    held = []
    count = 0
    for digit, column in zip(digits, columns, strict=True):
        if digit or shape.drawn:
            held.append(_piece(shape, digit, column, count))
            count += digit > 0
    return RowValues(_ANY_ROW, held, "label", None, 1, shape.drawn and bool(held))


def _piece(shape: RowShape, digit: int, column: int, count: int) -> Piece:
    if not digit:
        return Piece("blank", "", 1, 1, column, None, numbers.BLANK, 1, shape.fixed)
    piece = flow_piece(digit, count, 1 if count else shape.longest)
    piece.column, piece.fixed = column, shape.fixed
    return piece


@lru_cache(maxsize=65536)
def cells_of_row(shape: RowShape, grid: Grid) -> RowCells:
    """The cells of a row that takes its own values, and the codes of the problems that were met."""
    return _cells_of(values_of(shape), shape.table, shape.columns, grid)


@lru_cache(maxsize=65536)
def cells_of_flow(
    table: str, columns: tuple[str, ...], kinds: str, longest: int, evidence: str, doubt: str | None, unplaced: bool
) -> RowCells:
    """The same for a row of a text without cells; ``kinds`` are those of its values: 1 for a number, 2 for a mark."""
    held = [flow_piece(int(kind), at, longest if not at else 1) for at, kind in enumerate(kinds)]
    return _cells_of(RowValues(_ANY_ROW, held, evidence, doubt, 1, False, unplaced), table, columns, Grid())


def flow_piece(kind: int, number: int, length: int, line: int = 1, at: int = 1) -> Piece:
    """A value that tells its number."""
    raw = chr(_FIRST_MARK + number) + "1" * (length - 1)
    reading = numbers.NOT_APPLICABLE if kind == _MARK else numbers.Reading("number", Decimal(1))
    return Piece(reading.kind, raw, line, line, -1, None, reading, at)


def place_among(piece: Piece) -> int:
    """The number that such a value tells."""
    return ord(piece.raw[0]) - _FIRST_MARK


def _cells_of(found: RowValues, table: str, columns: tuple[str, ...], grid: Grid) -> RowCells:
    placed, problems = row_cells(found, f"{table}/{found.code}", columns, grid)
    cells = tuple(map(_told, placed))
    filled = tuple(piece.kind != "blank" for piece in found.pieces)
    return RowCells(np.array(cells), tuple(problems), filled, any(source == ALL for *_, source in cells), _shift(cells))


@lru_cache(maxsize=16)
def columns_of_rows(form: str, table: str) -> tuple[tuple[str, ...], ...]:
    """The columns of each row of a table."""
    return tuple(declaration().columns_by_row(form, table).values())


def _told(cell: CellReading) -> tuple[int, int, int, int]:
    marks = [ord(character) - _FIRST_MARK for character in cell.raw or "" if ord(character) >= _FIRST_MARK]
    single = len(marks) == 1 and " " not in cell.raw  # which empty cells beside it leave
    source = NONE if not marks else marks[0] if single else ALL
    return STATUSES.index(cell.status), number_of(cell.evidence), number_of(cell.doubt), source
