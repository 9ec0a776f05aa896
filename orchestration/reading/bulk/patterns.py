"""What the cells of a row are, by which of its places are filled: asked of the careful path once for all such rows.

The values of a row do not matter for that, as far as ``gaps`` lets them through: only how many characters the longest
has. Belongs here: rows of numbers, marks and empty cells put to ``columns.place``, and what a table tells of its
columns put to ``headers``. Does not belong here: which values belong to which row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from orchestration.form import declaration
from orchestration.reading import numbers
from orchestration.reading.bulk.drawn_lines import MOST_CELLS
from orchestration.reading.bulk.own_headers import may_divide, texts_of
from orchestration.reading.bulk.vocabulary import STATUSES, number_of
from orchestration.reading.columns import CellReading, Grid
from orchestration.reading.cutting import cut_line
from orchestration.reading.headers import known_columns, named_columns, narrowed, own_in_header
from orchestration.reading.labels import labels_of
from orchestration.reading.normal import key
from orchestration.reading.own_columns import own_columns, repeats
from orchestration.reading.piece import Piece
from orchestration.reading.rows import RowValues
from orchestration.reading.table import row_cells

ALL, NONE = -2, -1  # sources of a cell that holds all values of its row, or none
_REPORTED, _BLANK = STATUSES.index("reported"), STATUSES.index("blank")
_MOST_GRIDS = 4096
_grids: dict[tuple, tuple[tuple[Piece, ...], Grid, Grid]] = {}
_MOST_ABOVE = 4  # lines from a row up to the header of its columns
_FIRST_MARK = 0xE000
_MARK = 2  # the digit of a mark for no value
_SECOND = 3  # codes from here on have values behind the first place


class RowShape(NamedTuple):
    """A row of a form as it stands in a text: see ``gaps.Gaps`` for label, cells, code and longest."""

    form: str
    table: str
    number: int  # of the row in its form
    drawn: bool
    fixed: bool
    label: int
    cells: int
    code: int
    longest: int

    def values(self) -> RowValues:
        """The row with values that tell their places."""
        digits = [
            self.code // 3**at % 3 for at in range(max(self.cells - self.label - 1, 0) if self.drawn else MOST_CELLS)
        ]
        columns = range(self.label + 1, self.cells) if self.drawn else (-1,) * len(digits)
        held = []
        count = 0
        for digit, column in zip(digits, columns, strict=True):
            if digit or self.drawn:
                held.append(self._piece(digit, column, count))
                count += digit > 0
        return RowValues(self.row.row_code, held, "label", None, 1, self.drawn and bool(held))

    def full(self, width: int) -> bool:
        """Whether it holds a number for each column and no mark."""
        digits = [self.code // 3**at % 3 for at in range(MOST_CELLS)]
        return digits.count(1) == width and _MARK not in digits

    @property
    def row(self) -> object:
        """The declared row."""
        return declaration().rows_of(self.form, self.table)[self.number]

    def _piece(self, digit: int, column: int, count: int) -> Piece:
        if not digit:
            return Piece("blank", "", 1, 1, column, None, numbers.BLANK, 1, self.fixed)
        piece = flow_piece(digit, count, 1 if count else self.longest)
        piece.column, piece.fixed = column, self.fixed
        return piece


@dataclass(frozen=True, slots=True, eq=False)
class RowCells:
    """The cells of a row: for each a place in STATUSES, evidence and doubt as numbers, and the value that it holds.

    ``filled`` tells for each piece of the row whether it is a value, ``together`` whether a cell holds all of them.
    """

    cells: np.ndarray
    problems: tuple[str, ...]
    filled: tuple[bool, ...]
    together: bool
    shift: tuple[int, int, bool, bool, bool]


def _shift(cells: tuple[tuple[int, int, int, int], ...]) -> tuple[int, int, bool, bool, bool]:
    """What ``shifts.doubt_shifted`` asks: empty cells, those at the beginning, and whether rows may be doubted.

    The flags: it begins with one, it ends with one, and one stands before a filled cell.
    """
    blank = [status == _BLANK for status, *_ in cells]
    numbered = any(status == _REPORTED for status, *_ in cells) and len(blank) > 1
    between = numbered and any(a and not b for a, b in pairwise(blank))
    begins = numbered and blank[0]
    return sum(blank), blank.index(False) if begins else 0, begins, numbered and blank[-1], between


@lru_cache(maxsize=65536)
def cells_of_row(shape: RowShape, grid: Grid) -> RowCells:
    """The cells of a row that takes its own values, and the codes of the problems that were met."""
    return _cells_of(shape.values(), f"{shape.table}/{shape.row.row_code}", _columns(shape), grid)


@lru_cache(maxsize=65536)
def cells_of_flow(
    form: str, table: str, number: int, kinds: str, longest: int, evidence: str, doubt: str | None, unplaced: bool
) -> RowCells:
    """The same for a row of a text without cells; ``kinds`` are those of its values: 1 for a number, 2 for a mark."""
    row = declaration().rows_of(form, table)[number].row_code
    held = [flow_piece(int(kind), at, longest if not at else 1) for at, kind in enumerate(kinds)]
    found = RowValues(row, held, evidence, doubt, 1, False, unplaced)
    return _cells_of(found, f"{table}/{row}", columns_of(form, table, number), Grid())


def flow_piece(kind: int, number: int, length: int, line: int = 1, at: int = 1) -> Piece:
    """A value that tells its number."""
    raw = chr(_FIRST_MARK + number) + "1" * (length - 1)
    reading = numbers.NOT_APPLICABLE if kind == _MARK else numbers.Reading("number", Decimal(1))
    return Piece(reading.kind, raw, line, line, -1, None, reading, at)


def place_among(piece: Piece) -> int:
    """The number that such a value tells."""
    return ord(piece.raw[0]) - _FIRST_MARK


def _cells_of(found: RowValues, address: str, columns: tuple[str, ...], grid: Grid) -> RowCells:
    placed, problems = row_cells(found, address, columns, grid)
    cells = tuple(map(_told, placed))
    filled = tuple(piece.kind != "blank" for piece in found.pieces)
    return RowCells(np.array(cells), tuple(problems), filled, any(source == ALL for *_, source in cells), _shift(cells))


@lru_cache(maxsize=256)
def columns_of(form: str, table: str, number: int) -> tuple[str, ...]:
    """The columns of a row."""
    code = declaration().rows_of(form, table)[number].row_code
    return tuple(cell.column_code for cell in declaration().cells_of(form, table) if cell.row_code == code)


def _columns(shape: RowShape) -> tuple[str, ...]:
    return columns_of(shape.form, shape.table, shape.number)


def _told(cell: CellReading) -> tuple[int, int, int, int]:
    marks = [ord(character) - _FIRST_MARK for character in cell.raw or "" if ord(character) >= _FIRST_MARK]
    single = len(marks) == 1 and " " not in cell.raw  # which empty cells beside it leave
    source = NONE if not marks else marks[0] if single else ALL
    return STATUSES.index(cell.status), number_of(cell.evidence), number_of(cell.doubt), source


@lru_cache(maxsize=4096)
def names_all_or_few(form: str, head: str) -> bool:
    """Whether a header of the request table does not lack just one of its columns: then rows may lack it too."""
    columns = columns_of(form, "requests", 0)
    present, _ = named_columns(head, columns, form)
    return len(present) != len(columns) - 1 and not repeats(head, form, "requests")


@lru_cache(maxsize=4096)
def header_cells(lines: tuple[str, ...], before: int) -> tuple[Piece, ...]:
    """The cells of the drawn lines above the rows, the last of them with those ``before`` the first label."""
    found: list[Piece] = []
    for number, line in enumerate(lines, 1):
        cut = cut_line(line)
        cells = cut.pieces if cut.drawn else []
        found += [
            Piece(*cell[:2], number, number, cell[2]) for cell in cells if number < len(lines) or cell[2] < before
        ]
    return tuple(found)


def request_grids(shapes: list[RowShape], above: tuple[Piece, ...]) -> list[Grid | None]:
    """What is known of the columns of a request table, per row, where its header is in order; None for more columns."""
    columns = _columns(shapes[0])
    told = [_place_of_values(shape.code, len(columns)) for shape in shapes]
    places = tuple(
        (shape.label, shape.cells, start) for shape, (start, _, _) in zip(shapes, told, strict=True) if shape.drawn
    )
    filled = 0
    for shape, (_, mask, _) in zip(shapes, told, strict=True):
        filled |= mask << shape.label + 1 if shape.drawn else 0
    labels = tuple(shape.label for shape in shapes)
    key = columns, labels, places, filled, any(shape.fixed for shape in shapes), id(above)
    known = _grids.get(key)
    if known is None or known[0] is not above:
        if own_in_header(list(above), list(labels), columns)[1]:
            return [None]
        rows = [shape.values() for shape in shapes]
        grid = known_columns(list(above), list(labels), rows, columns, True)
        narrow = narrowed(grid, rows, len(columns))
        if len(_grids) > _MOST_GRIDS:
            _grids.clear()
        known = _grids[key] = above, grid, replace(grid, doubt="column_uncertain") if narrow else grid
    return [known[1] if count == len(columns) else known[2] for _, _, count in told]


@lru_cache(maxsize=65536)
def _place_of_values(code: int, width: int) -> tuple[int, int, int]:
    """Where the values of a row begin if they are as many as its columns and stand together, else -1.

    Then the places that are filled, as bits, and how many they are.
    """
    filled = [at for at in range(MOST_CELLS) if code // 3**at % 3]
    together = len(filled) == width == filled[-1] - filled[0] + 1
    return filled[0] if together else -1, sum(1 << at for at in filled), len(filled)


def item_grid(shape: RowShape, lines: list[str], line: int) -> Grid | None:
    """The same for a row of the disclosure table, from the header right above it; None where it is not plain."""
    form, columns = shape.form, _columns(shape)
    words = _column_words(form)
    if shape.drawn and may_divide(lines[line - 2], words):
        return None
    told = not shape.drawn or not shape.code or (len(columns) == 1 and shape.code < _SECOND)
    if told or (shape.full(len(columns)) and shape.cells - shape.label - 1 == len(columns)):
        return Grid()  # nothing is asked of it
    for above in range(line - 1, max(line - 1 - _MOST_ABOVE, 0), -1):
        cells = _keys(lines[above - 1])
        if cells is None:
            continue
        found = [[at for word, at in cells if word in words.get(column, ())] for column in columns]
        named = [word for word, _ in cells if any(word in known for known in words.values())]
        if not named:
            continue
        places = [at for column in found for at in column]
        if len(named) != len(columns) or any(len(column) != 1 for column in found) or places != sorted(places):
            return None
        return (
            None
            if own_columns(tuple(places), texts_of(lines[above - 1]), [shape.label])
            else Grid(header=tuple(places))
        )
    return None


@lru_cache(maxsize=8192)
def _keys(line: str) -> tuple[tuple[str, int], ...] | None:
    """The words of the cells of a drawn line, with their places."""
    cut = cut_line(line)
    return tuple((key(cell[1]), cell[2]) for cell in cut.pieces if cell[0] == "text") if cut.drawn else None


@lru_cache(maxsize=4)
def _column_words(form: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for label in labels_of(form, "disclosure"):
        if label.kind == "column":
            found[label.code] = (*found.get(label.code, ()), *label.words)
    return found
