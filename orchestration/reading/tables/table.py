"""One table of which the labels were found: where it begins and ends, and its rows read into cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orchestration.form import declaration
from orchestration.intake.document import Problem
from orchestration.reading.columns.columns import CellReading, Grid, addresses_of, place
from orchestration.reading.columns.crowded import doubt_full
from orchestration.reading.columns.emptied import doubt_emptied, without_emptied
from orchestration.reading.columns.headers import MOST_TEXT_BEFORE, item_grids, request_grids
from orchestration.reading.disputes import bounds as dispute_bounds
from orchestration.reading.labels.fuzzy import complete_chain
from orchestration.reading.labels.labels import Found, Label, labels_of
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Piece, Pieces, raw_of
from orchestration.reading.rows.rows import RowValues, read_rows
from orchestration.reading.rows.shares import Region
from orchestration.reading.rows.strung_rows import doubt_strung
from orchestration.reading.rows.torn import doubt_torn
from orchestration.reading.tables.beginnings import alone
from orchestration.reading.tables.forms import unsure_of_form
from orchestration.reading.tables.repeats import displaced, repeated_rows
from orchestration.reading.tables.table_bounds import disclosure_begins, heads

_MOST_TEXT_BEHIND = 60
_RAW_SHOWN = 80  # characters of the values of a row in a message
_UNKNOWN = Grid()
_NO_DOUBT = {None}
_EMPTY = {
    "values_missing": "holds no value",
    "row_uncertain": "has no values of its own: those that stand near it cannot be parted among the rows",
}


@dataclass(slots=True)
class TableReading:
    """One table: its form, its cells in form order, its bounds in the label text and in lines.

    ``twins`` are the first lines of tables of its kind elsewhere in the text.
    """

    form: str | None
    cells: list[CellReading] = field(default_factory=list)
    start: int = 0
    end: int = 0
    twins: list[int] = field(default_factory=list)
    first_line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A table found in the pieces; ``high`` is how far in the label text it may reach."""

    table: str
    form: str
    region: Region
    high: int

    @property
    def rows(self) -> list[Label]:
        """The labels of the rows of its form."""
        return [label for label in labels_of(self.form, self.table) if label.kind == "row"]

    def reading(self, pieces: Pieces, cells: list[CellReading]) -> TableReading:
        """The table with its bounds."""
        first, last = pieces.items[self.region.first_item], pieces.items[self.region.last_item - 1]
        chain = self.region.chain
        end = max(chain[-1].end, last.at)
        return TableReading(self.form, cells, chain[0].start, end, first_line=first.line, last_line=last.line)


def locate(pieces: Pieces, table: str, form: str, chain: list[Found], start: int, end: int) -> Located:
    """The table of which a chain of labels was found between two offsets of the label text."""
    end = dispute_bounds.begins(pieces.text, chain[-1].end, end)
    if table == "requests":
        end = disclosure_begins(pieces.text, chain[-1].end, end)
    behind = min(end, chain[-1].end + _MOST_TEXT_BEHIND)
    chain = alone(pieces, chain, start, behind)
    chain = complete_chain(pieces.text, labels_of(form, table), chain, behind)
    heading = labels_of(form, table)[0]
    header = key(declaration().labels_of(form, table, "column")[0][1])
    return Located(table, form, Region(*_items(pieces, heading, header, chain, start, end), chain), end)


def find_rows(pieces: Pieces, located: Located) -> tuple[dict[str, RowValues], list[Piece]]:
    """The values of each row by its code, and those of no row."""
    columns = declaration().columns_by_row(located.form, located.table)
    rows = located.rows
    return read_rows(pieces, located.region, rows, [len(columns[row.code]) for row in rows])


def read_cells(pieces: Pieces, located: Located, problems: list[Problem]) -> list[CellReading]:
    """The cells of all rows in the order of the form; what was met is put behind ``problems``."""
    table, form, region = located.table, located.form, located.region
    chain, rows = region.chain, located.rows
    columns = declaration().columns_by_row(form, table)
    values, left_over = find_rows(pieces, located)
    _doubt_outside(pieces, chain, values)
    doubt_torn(pieces, chain, values, left_over)
    doubt_strung(pieces, chain, values)
    unsure = unsure_of_form(pieces, table, form, chain, values, left_over)
    if unsure:
        named = ", ".join(sorted(unsure))
        problems.append(Problem("form_uncertain", f"the {table} table may be of another form than {form}: see {named}"))
    if table == "requests":
        grids = request_grids(pieces, region, rows, values, columns[rows[0].code], form)
    else:
        grids = item_grids(pieces, region, values, columns, form)
    if table == "disclosure" and not heads(chain):
        unsure = set(columns)  # a list of the same subjects without the headings of the form may be any statistic
    for code in unsure:
        grids[code] = replace(grids[code], doubt="form_uncertain")
    bounds = (chain[0].start, min(located.high, chain[-1].end + _MOST_TEXT_BEHIND))
    around = (pieces.items[region.first_item].at, bounds[1])
    for code in repeated_rows(pieces, around, chain, values, columns):
        grids[code] = replace(grids[code], doubt="table_repeated")
    elsewhere, between = displaced(pieces, bounds, chain, rows)
    if elsewhere:
        listed = {piece.at for row in values.values() if row.evidence == "order" for piece in row.pieces}
        for code, row in values.items():
            if code in between or row.evidence == "order" or any(piece.at in listed for piece in row.pieces):
                grids[code] = replace(grids[code], doubt="row_uncertain")
    cells = _cells(table, form, columns, values, grids, problems)
    doubt_emptied(pieces, values, left_over, cells, labels_of(form, table))
    doubt_full(cells)
    if left_over:
        lines = sorted({piece.line for piece in left_over})
        message = f"{len(left_over)} values belong to no row: {' '.join(piece.raw for piece in left_over)[:80]}"
        problems.append(Problem("values_without_row", message, lines[0]))
    return cells


def _cells(
    table: str,
    form: str,
    columns: dict[str, tuple[str, ...]],
    values: dict[str, RowValues],
    grids: dict[str, Grid],
    problems: list[Problem],
) -> list[CellReading]:
    """The cells of all rows in the order of the form."""
    cells: list[CellReading] = []
    for row in declaration().rows_of(form, table):
        code = row.row_code
        address, found = f"{table}/{code}", values.get(code)
        if found is None:
            cells += [CellReading(cell, "absent") for cell in addresses_of(address, columns[code])]
            problems.append(Problem("row_not_found", f"the row {address} ({row.label_zh}) was not found"))
            continue
        placed, met = row_cells(found, address, columns[code], grids.get(code, _UNKNOWN))
        cells += placed
        for problem in met:
            message = problem_message(problem, address, row.label_zh, [raw_of(found.pieces)] if found.pieces else [])
            problems.append(Problem(problem, message, found.line))
    return cells


def row_cells(
    found: RowValues, address: str, columns: tuple[str, ...], grid: Grid
) -> tuple[list[CellReading], list[str]]:
    """The cells of a row in the order of its columns, and the codes of what was met."""
    placed, problem = place(found, address, columns, grid)
    if len(columns) > 1 and any(cell.doubt == "joined_numbers" and cell.place is None for cell in placed):
        # As many values as columns, of which one is two that are joined: another is one too many.
        placed = [
            cell._replace(doubt=cell.doubt or "column_uncertain") if cell.status == "reported" else cell
            for cell in placed
        ]
    placed = without_emptied(placed, found.pieces)
    doubts = {cell.doubt for cell in placed}
    return placed, [problem] * (problem is not None) + (sorted(doubts - _NO_DOUBT) if doubts != _NO_DOUBT else [])


def problem_message(problem: str, address: str, label: str, raws: Sequence[str]) -> str:
    """What a problem of a row says, of which ``raws`` are the values and the empty cells as printed."""
    if problem in _EMPTY and (problem == "values_missing" or not raws):
        return f"the row {address} ({label}) {_EMPTY[problem]}"
    return f"row {address} ({label}): {' '.join(raws)[:_RAW_SHOWN]}"


def _doubt_outside(pieces: Pieces, chain: list[Found], values: dict[str, RowValues]) -> None:
    """Doubt values in the text outside of the table in which their label is drawn."""
    for found in chain:
        row = values.get(found.label.code) if found.label.kind == "row" else None
        if row and pieces.items[pieces.owner[found.start]].fixed and any(piece.column < 0 for piece in row.pieces):
            row.doubt = row.doubt or "row_uncertain"


def _headed(pieces: Pieces, header: str, low: int, high: int) -> int:
    """The first item of the words and empty cells around the label of the first column, or 0 where it is not found."""
    at = pieces.text.rfind(header, low, high)
    first = pieces.owner[at] if at >= 0 else 0
    while first and pieces.items[first - 1].kind in ("text", "blank"):
        first -= 1
    return first


def _items(pieces: Pieces, heading: Label, header: str, chain: list[Found], start: int, end: int) -> tuple[int, int]:
    """First and last item of the region: as far around the labels as little other text stands between.

    Nothing before the heading of the table belongs to it, nor, where there is none, a value before its first column.
    """
    first = pieces.owner[chain[0].start]
    if chain[0].label.kind == "row":
        low = max(start, chain[0].start - MOST_TEXT_BEFORE)
        above = max(pieces.text.rfind(word, low, chain[0].start) for word in heading.words)
        lowest = pieces.owner[above] if above >= 0 else _headed(pieces, header, low, chain[0].start)
        while first > lowest and pieces.items[first - 1].at >= low:
            first -= 1
    last = pieces.owner[chain[-1].end - 1] + 1
    high = min(end, chain[-1].end + _MOST_TEXT_BEHIND)
    while last < len(pieces.items):
        piece = pieces.items[last]
        behind = pieces.items[last + 1].at if last + 1 < len(pieces.items) else len(pieces.text)
        if behind > high or (piece.kind != "text" and piece.at > high):
            break
        last += 1
    return first, last
