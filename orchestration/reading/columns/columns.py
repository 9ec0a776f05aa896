"""Which column of its row each value belongs to.

A row that holds as many values as the form has columns is taken in order. Otherwise only the place of a cell in a
drawn grid, or a header that names fewer columns, tells; and where neither does, nothing is placed.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from orchestration.reading.pieces.levels import uneven_values
from orchestration.reading.pieces.numbers import CHANGES, may_be_grouped, parse
from orchestration.reading.pieces.piece import Piece, raw_of
from orchestration.reading.pieces.strung import parted
from orchestration.reading.rows.rows import RowValues

LONGEST_COUNT = {"requests": 7, "disputes": 7, "disclosure": 9}
CHANGE = "/change"  # ends the address of a cell that tells how a number has changed
AMOUNT = "/amount"  # ends the address of a cell whose number may have decimals
# Numbers at and beyond these bounds have too many digits.
_TOO_LONG = {table: (Decimal(-(10**digits)), Decimal(10**digits)) for table, digits in LONGEST_COUNT.items()}
_DIGITS = re.compile(r"\d+")
SHORT_COUNT = 5  # digits of a count in a row that lacks values: more may be two numbers that are joined
_JOINED = (Decimal(-(10**SHORT_COUNT)), Decimal(10**SHORT_COUNT))


class CellReading(NamedTuple):
    """One cell as read; see ``reading.schema.REPORT_CELLS`` for the columns."""

    cell: str
    status: str
    value: Decimal | None = None
    unit: str | None = None
    raw: str | None = None
    line: int | None = None
    place: str | None = None
    evidence: str | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """What is known of the columns of a table: their starts in the drawn grid, and the columns that a header names.

    ``header``: the starts of the cells of a header that names all columns. ``last``: the last cell of the drawn rows of
    a text, -1 where they differ in it. ``spread``: the columns over which the header repeats the text on the left, as
    for a merged cell. ``even``: each drawn row, of many, has as many cells behind its label as the table has columns.
    """

    starts: tuple[int, ...] | None = None
    named: tuple[str, ...] | None = None
    doubt: str | None = None
    header: tuple[int, ...] | None = None
    last: int | None = None
    spread: frozenset[int] = frozenset()
    even: bool = False


def without_edges(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces without the empty cells around them, as far as more than ``width`` are there."""
    low, high = 0, len(pieces)
    while high - low > width and pieces[high - 1].kind == "blank":
        high -= 1
    while high - low > width and pieces[low].kind == "blank":
        low += 1
    return pieces[low:high]


def _filled(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the empty rows behind: a page break draws the rest of a label as a row of empty cells."""
    filled = [piece.row for piece in pieces if piece.kind != "blank"]
    return [piece for piece in pieces if piece.row == filled[0]] if filled == filled[:1] * len(filled) else pieces


def _behind_label(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces without texts before the first number, which are more of the label, where just a row of cells is."""
    numbers = [piece for piece in pieces if piece.kind != "text"]
    whole = width in (len(numbers), sum(piece.kind != "blank" for piece in numbers))
    return numbers if whole and pieces[-len(numbers) :] == numbers else pieces


def _in_one_cell(row: RowValues, width: int) -> RowValues:
    """The row, and where one cell holds all of its numbers with signs between them, these as its values."""
    cell = row.pieces[0] if len(row.pieces) == 1 else None
    told = parted(cell.raw) if cell and cell.kind in ("other", "text") else ()
    if cell is None or len(told) != width:
        return row
    values = [replace(cell, kind="number", raw=raw, reading=parse(raw)) for raw in told]
    return replace(row, pieces=values, drawn=False)


def place(row: RowValues, address: str, columns: tuple[str, ...], grid: Grid) -> tuple[list[CellReading], str | None]:
    """The cells of a row in the order of ``columns``, and the code of a problem or None."""
    table = address.partition("/")[0]
    if not row.unplaced and _is_full(row, len(columns)):
        uneven = len(columns) > 1 and uneven_values(row.pieces)
        doubt = row.doubt or grid.doubt or ("column_uncertain" if uneven else None)
        if table != "disclosure" and _is_copied(row.pieces):
            doubt = doubt or "joined_numbers"
        told = zip(row.pieces, addresses_of(address, columns), strict=True)
        return [_cell(piece, cell, row.evidence, doubt, table, False) for piece, cell in told], None
    if row.drawn and row.pieces and row.pieces[0].row != row.pieces[-1].row and row.pieces[0].kind != "blank":
        row = replace(row, pieces=_filled(row.pieces))
    if row.drawn and row.pieces and row.pieces[0].kind == "text" and not row.unplaced:
        row = replace(row, pieces=_behind_label(row.pieces, len(columns)))
    if row.drawn:
        row = _in_one_cell(row, len(columns))
    inner = without_edges(row.pieces, len(columns)) if row.drawn else row.pieces
    if not inner or all(piece.kind == "blank" for piece in inner):
        status, raw, evidence = ("blank", "", row.evidence) if inner and row.drawn else ("absent", None, None)
        line = row.line if inner else None
        told = addresses_of(address, columns)
        problem = "row_uncertain" if row.unplaced and not inner else "values_missing"
        # A text with few empty cells for all columns may have broken the row: the rest is on another line.
        broken = status == "blank" and 2 * len(inner) < len(columns) and not inner[0].place
        doubt = row.doubt or ("short_row" if broken else None) if inner else None
        return [CellReading(cell, status, None, None, raw, line, None, evidence, doubt) for cell in told], problem
    if row.unplaced:
        return _unplaced(row, address, columns, "row_uncertain"), None
    chosen, evidence, doubt = _columns(row, inner, columns, grid)
    if chosen is None:
        return _unplaced(row, address, columns, doubt or "short_row"), None
    cells = []
    uneven = len(columns) > 1 and uneven_values(row.pieces)
    doubt = row.doubt or grid.doubt or doubt or ("column_uncertain" if uneven else None)
    short = [piece.kind for piece in chosen.values()].count("number") < len(columns)
    for cell, column in zip(addresses_of(address, columns), columns, strict=True):
        piece = chosen.get(column)
        cells.append(_cell(piece, cell, evidence, doubt, table, short) if piece else CellReading(cell, "absent"))
    return cells, None


def _is_copied(pieces: list[Piece]) -> bool:
    """Whether each cell of a row holds the same number, of as many digits: a merged cell that holds all its numbers."""
    return 1 < len(pieces) <= len(pieces[0].raw) and len({piece.raw for piece in pieces}) == 1


def _is_full(row: RowValues, width: int) -> bool:
    """Whether a row holds its numbers and nothing else, as most do: then no place of a cell is asked for.

    A drawn one holds them in one row of cells.
    """
    pieces = row.pieces
    return [piece.kind for piece in pieces] == ["number"] * width and (not row.drawn or pieces[0].row == pieces[-1].row)


@lru_cache(maxsize=256)
def addresses_of(row: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses of the cells of a row, which is ``table/row``."""
    return tuple(f"{row}/{column}" for column in columns)


def _columns(
    row: RowValues, inner: list[Piece], columns: tuple[str, ...], grid: Grid
) -> tuple[dict[str, Piece] | None, str, str | None]:
    width = len(columns)
    if grid.named:
        core = without_edges(inner, 1) if row.drawn else inner
        if len(core) == len(grid.named) and all(piece.kind != "blank" for piece in core):
            return dict(zip(grid.named, core, strict=True)), row.evidence, None
    repeats = row.drawn and bool(grid.spread) and len(_apart(row.pieces, grid)) == width < len(row.pieces)
    if len(inner) == width and not repeats and not (row.drawn and any(piece.kind == "blank" for piece in inner)):
        return dict(zip(columns, inner, strict=True)), row.evidence, _off(inner, row, grid)
    if not row.drawn:
        return None, row.evidence, "long_row" if len(inner) > width else "short_row"
    if width == 1 and len({piece.raw for piece in inner if piece.kind != "blank"}) == 1:
        # One value, or one merged cell repeated in each column that it spans.
        return {columns[0]: next(piece for piece in inner if piece.kind != "blank")}, row.evidence, None
    starts = grid.starts or (grid.header if inner[0].fixed else None)
    values = [piece for piece in row.pieces if piece.kind != "blank"]
    for cells in (row.pieces, inner):
        if len(apart := _apart(cells, grid)) == width < len(cells):
            return dict(zip(columns, apart, strict=True)), "position", None
    if starts and len(starts) == width and len(inner) > width:
        within = [piece for piece in inner if piece.column in starts]
        rest = [piece for piece in inner if piece.column not in starts]
        if len(within) == width and all(piece.kind == "blank" for piece in rest):
            inner = within
        elif len(within) == width and inner[0].fixed and not {piece.kind for piece in within} & {"blank", "text"}:
            return dict(zip(columns, within, strict=True)), "position", "column_uncertain"
    if len(values) == width:
        return dict(zip(columns, values, strict=True)), row.evidence, _off(values, row, grid)
    even = grid.even and len(row.pieces) == width
    ragged = None if inner[0].place or even or grid.last in (None, row.pieces[-1].column) else "column_uncertain"
    if len(inner) == width and starts and len(starts) == width:
        by_start = {piece.column: piece for piece in row.pieces}
        if all(piece.column in starts for piece in values) and all(start in by_start for start in starts):
            chosen = {c: by_start[s] for c, s in zip(columns, starts, strict=True)}
            return chosen, row.evidence, ragged
    if len(inner) == width:
        # A container that draws cells keeps an empty one; a text may have lost its spans.
        certain = even or (inner[0].fixed and not grid.starts and (inner[0].place or not starts))
        # An empty cell before them may be their first, and the last one a remark.
        moved = inner[0] is not row.pieces[0] and inner[-1] is row.pieces[-1] and inner[-1].kind != "blank"
        doubt = ragged if certain and not moved else "column_uncertain"
        return dict(zip(columns, inner, strict=True)), "position", doubt
    return None, row.evidence, "long_row" if len(inner) > width else "short_row"


def _apart(inner: list[Piece], grid: Grid) -> list[Piece]:
    """The pieces without those that only repeat the one on their left, below a header that does so too."""
    return inner[:1] + [b for a, b in itertools.pairwise(inner) if b.column not in grid.spread or a.raw != b.raw]


def _contiguous(columns: tuple[int, ...]) -> bool:
    return columns[-1] - columns[0] == len(columns) - 1


def _off(values: list[Piece], row: RowValues, grid: Grid) -> str | None:
    """A doubt where empty cells stand beside as many values as columns, and these stand in other columns."""
    if not row.drawn or len(row.pieces) == len(values):
        return None
    places = tuple(piece.column for piece in values)
    if _contiguous(places) and (values[0] is row.pieces[0] or not values[0].place):
        return None  # cells before them are missing, or a text lost spans: that moves whole rows, never one number
    if grid.starts == places and grid.header and _contiguous(places) and _contiguous(grid.header):
        return None  # the header has lost the places of merged cells: both are one run, and all rows agree
    known = [grid.starts, grid.header if values[0].fixed else None]
    return "column_uncertain" if any(starts and starts != places for starts in known) else None


def _cell(piece: Piece, cell: str, evidence: str, doubt: str | None, table: str, short: bool) -> CellReading:
    kind, raw, line, place, reading = piece.kind, piece.raw, piece.line, piece.place, piece.reading
    value = reading.value
    if kind == "number" and value is not None:
        lowest, highest = _JOINED if short and table != "disclosure" else _TOO_LONG[table]
        if lowest < value < highest:
            if ("." in raw or "．" in raw) and may_be_grouped(value) and not cell.endswith(AMOUNT):
                doubt = doubt or "number_form"
            if raw.startswith(CHANGES) and not cell.endswith(CHANGE):
                doubt = doubt or "number_form"
            return CellReading(
                cell, "reported", value, reading.unit, raw, line, place, evidence, doubt or reading.doubt
            )
        return CellReading(cell, "unreadable", None, None, raw, line, place, evidence, "joined_numbers")
    if kind in ("blank", "not_applicable"):
        return CellReading(cell, kind, None, None, raw, line, place, evidence, doubt)
    return CellReading(cell, "unreadable", None, None, raw, line, place, evidence, reading.doubt or "not_a_number")


def _unplaced(row: RowValues, address: str, columns: tuple[str, ...], doubt: str) -> list[CellReading]:
    """All cells of a row whose values are there but cannot be told apart: unreadable, with the raw values."""
    raw = raw_of(row.pieces)
    if len(row.pieces) < len(columns) and any(_may_be_joined(piece, len(columns)) for piece in row.pieces):
        doubt = "joined_numbers"
    first = row.pieces[0]
    return [
        CellReading(cell, "unreadable", None, None, raw, first.line, first.place, row.evidence, doubt)
        for cell in addresses_of(address, columns)
    ]


def _may_be_joined(piece: Piece, width: int) -> bool:
    """Whether a piece may hold the numbers of several columns: one number among words is one."""
    return len(piece.raw.strip()) >= width and (piece.kind != "text" or len(_DIGITS.findall(piece.raw)) > 1)
