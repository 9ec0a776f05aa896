"""The three statutory tables of a document: found, told by form, and read into cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from orchestration.form import declaration
from orchestration.intake.document import Document, Problem
from orchestration.reading import dispute_bounds, disputes
from orchestration.reading.columns import CellReading, Grid, addresses_of, place
from orchestration.reading.forms import form_of, unsure_of_form
from orchestration.reading.fuzzy import complete_chain
from orchestration.reading.headers import MOST_TEXT_BEFORE, item_grids, request_grids
from orchestration.reading.labels import Found, labels_of
from orchestration.reading.normal import key
from orchestration.reading.piece import Pieces
from orchestration.reading.pieces import pieces_of
from orchestration.reading.repeats import LEAST_HEADS, compare, disordered, repeated_rows, spans_between
from orchestration.reading.rows import RowValues, read_rows
from orchestration.reading.shifts import doubt_shifted
from orchestration.reading.table_bounds import disclosure_begins, heads, likeliest
from orchestration.reading.windows import Region

TABLES = ("disclosure", "requests", "disputes")
_MOST_TEXT_BEHIND = 60
_UNKNOWN = Grid()
_NO_DOUBT = {None}


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


@dataclass(slots=True)
class Reading:
    """All tables of a document by code, and the problems met."""

    tables: dict[str, TableReading]
    problems: list[Problem]

    @property
    def forms(self) -> dict[str, str | None]:
        """Table code to form, None where the table was not found."""
        return {code: table.form for code, table in self.tables.items()}

    @property
    def cells(self) -> list[CellReading]:
        """The cells of all tables found, in form order."""
        return [cell for code in TABLES for cell in self.tables[code].cells]


def read_tables(document: Document) -> Reading:
    """Read the statutory tables of a document; what is not certain is said in ``doubt`` or in the problems."""
    pieces = pieces_of(document)
    problems = list(document.problems)
    requests = _read_table(pieces, "requests", 0, len(pieces.text), problems)
    length = len(pieces.text)
    around = [(0, requests.start), (requests.end, length)] if requests.form else [(0, length)]
    disclosure = _read_table(pieces, "disclosure", *likeliest(pieces, "disclosure", around), problems)
    taken = [(table.start, table.end) for table in (disclosure, requests) if table.form]
    _read_again(pieces, "requests", requests, spans_between(length, taken[-1:]), problems)
    _read_again(pieces, "disclosure", disclosure, spans_between(length, taken), problems)
    doubt_shifted([disclosure.cells, requests.cells])
    form = disclosure.form or requests.form or declaration().form_names[-1]
    dispute = _read_disputes(pieces, form, max(requests.end, disclosure.end), problems)
    tables = {"disclosure": disclosure, "requests": requests, "disputes": dispute}
    for code, table in tables.items():
        if table.form is None:
            problems.append(Problem("table_not_found", f"the table {code} was not found"))
    return Reading(tables, problems)


def _read_table(pieces: Pieces, table: str, start: int, end: int, problems: list[Problem]) -> TableReading:
    form, chain = form_of(pieces.text, table, start, end)
    if form is None:
        return TableReading(None)
    return _read_chain(pieces, table, form, chain, start, end, problems)


def _read_again(
    pieces: Pieces, table: str, reading: TableReading, spans: list[tuple[int, int]], problems: list[Problem]
) -> None:
    """Compare a table with what is printed of its kind elsewhere: for another year or body, or once more."""
    for low, high in spans if reading.form else ():
        form, chain = form_of(pieces.text, table, low, high)
        if form and (table == "requests" or heads(chain) >= LEAST_HEADS):
            twin = _read_chain(pieces, table, form, chain, low, high, [])
            compare(reading.cells, twin.cells, twin.first_line, problems)
            reading.twins.append(twin.first_line or 0)


def _read_chain(
    pieces: Pieces, table: str, form: str, chain: list[Found], start: int, end: int, problems: list[Problem]
) -> TableReading:
    labels = labels_of(form, table)
    rows = [label for label in labels if label.kind == "row"]
    columns = _columns_by_row(form, table)
    widths = [len(columns[row.code]) for row in rows]
    end = dispute_bounds.begins(pieces.text, chain[-1].end, end)
    if table == "requests":
        end = disclosure_begins(pieces.text, chain[-1].end, end)
    chain = complete_chain(pieces.text, labels, chain, min(end, chain[-1].end + _MOST_TEXT_BEHIND))
    region = Region(*_items(pieces, chain, start, end), chain)
    named_rows = {found.label.code for found in chain}
    values, left_over = read_rows(pieces, region, rows, widths)
    _doubt_outside(pieces, chain, values)
    unsure = unsure_of_form(pieces, table, form, chain, values)
    if unsure:
        named = ", ".join(sorted(unsure))
        problems.append(Problem("form_uncertain", f"the {table} table may be of another form than {form}: see {named}"))
    if table == "requests":
        grids = request_grids(pieces, region, rows, values, columns[rows[0].code], form)
    else:
        grids = item_grids(pieces, region, form, columns)
    if table == "disclosure" and not heads(chain):
        unsure = set(columns)  # a list of the same subjects without the headings of the form may be any statistic
    for code in unsure:
        grids[code] = replace(grids[code], doubt="form_uncertain")
    bounds = (chain[0].start, min(end, chain[-1].end + _MOST_TEXT_BEHIND))
    for code in repeated_rows(pieces, bounds, chain, values):
        grids[code] = replace(grids[code], doubt="table_repeated")
    if disordered(pieces, bounds, chain, [label for label in rows if label.code not in named_rows]):
        for code, row in values.items():
            if row.evidence == "order":
                grids[code] = replace(grids[code], doubt="row_uncertain")
    cells = _cells(table, form, columns, values, grids, problems)
    if left_over:
        lines = sorted({piece.line for piece in left_over})
        message = f"{len(left_over)} values belong to no row: {' '.join(piece.raw for piece in left_over)[:80]}"
        problems.append(Problem("values_without_row", message, lines[0]))
    return TableReading(
        form,
        cells,
        chain[0].start,
        _text_end(pieces, region),
        first_line=pieces.items[region.first_item].line,
        last_line=pieces.items[region.last_item - 1].line,
    )


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
        placed, problem = place(found, address, columns[code], grids.get(code, _UNKNOWN))
        cells += placed
        if problem:
            problems.append(Problem(problem, f"the row {address} ({row.label_zh}) holds no value", found.line))
        doubts = {cell.doubt for cell in placed}
        if doubts != _NO_DOUBT:
            for doubt in sorted(doubts - _NO_DOUBT):
                problems.append(Problem(doubt, f"row {address} ({row.label_zh}): {_raw(found)}", found.line))
    return cells


def _doubt_outside(pieces: Pieces, chain: list[Found], values: dict[str, RowValues]) -> None:
    """Doubt values in the text outside of the table in which their label is drawn."""
    for found in chain:
        row = values.get(found.label.code) if found.label.kind == "row" else None
        if row and pieces.items[pieces.owner[found.start]].fixed and any(piece.column < 0 for piece in row.pieces):
            row.doubt = row.doubt or "row_uncertain"


@lru_cache(maxsize=16)
def _columns_by_row(form: str, table: str) -> dict[str, tuple[str, ...]]:
    """The columns of each row, by row code in the order of the form."""
    found: dict[str, list[str]] = {}
    for cell in declaration().cells_of(form, table):
        found.setdefault(cell.row_code, []).append(cell.column_code)
    return {row: tuple(columns) for row, columns in found.items()}


def _raw(values: RowValues) -> str:
    return " ".join(piece.raw for piece in values.pieces)[:80]


def _text_end(pieces: Pieces, region: Region) -> int:
    last = pieces.items[region.last_item - 1]
    return max(region.chain[-1].end, last.at)


def _items(pieces: Pieces, chain: list[Found], start: int, end: int) -> tuple[int, int]:
    """First and last item of the region: as far around the labels as little other text stands between."""
    first = pieces.owner[chain[0].start]
    if chain[0].label.kind == "row":
        low = max(start, chain[0].start - MOST_TEXT_BEFORE)
        while first > 0 and pieces.items[first - 1].at >= low:
            first -= 1
    last = pieces.owner[chain[-1].end - 1] + 1
    high = min(end, chain[-1].end + _MOST_TEXT_BEHIND)
    while last < len(pieces.items):
        piece = pieces.items[last]
        behind = piece.at + (len(key(piece.raw)) if piece.kind == "text" else 0)
        if behind > high or (piece.kind != "text" and piece.at > high):
            break
        last += 1
    return first, last


def _read_disputes(pieces: Pieces, form: str, start: int, problems: list[Problem]) -> TableReading:
    bounds = dispute_bounds.find_disputes(pieces, start) or (dispute_bounds.find_disputes(pieces, 0) if start else None)
    if bounds is None:
        return TableReading(None)
    cells, left_over, last = disputes.read_disputes(pieces, bounds, form)
    for again in dispute_bounds.further_tables(pieces, bounds):
        twin, _, _ = disputes.read_disputes(pieces, again, form)
        compare(cells, twin, pieces.items[pieces.owner[again[0]]].line, problems)
    if left_over:
        raw = " ".join(piece.raw for piece in left_over)
        problems.append(
            Problem("values_without_row", f"a number before the labels was left out: {raw}", left_over[0].line)
        )
    doubts = sorted({cell.doubt for cell in cells if cell.doubt})
    first_line = pieces.items[pieces.owner[bounds[0]]].line
    for doubt in doubts:
        problems.append(Problem(doubt, "the values of the dispute table cannot all be placed", first_line))
    if all(cell.status in ("blank", "absent") for cell in cells):
        problems.append(Problem("values_missing", "the dispute table holds no value", first_line))
    return TableReading(
        form, cells, *bounds, first_line=first_line, last_line=pieces.items[min(last, len(pieces.items) - 1)].line
    )
