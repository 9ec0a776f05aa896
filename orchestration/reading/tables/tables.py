"""The three statutory tables of a document: found, told by form, and read into cells."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.form import declaration
from orchestration.intake.document import Document, Problem
from orchestration.reading.columns.columns import CellReading
from orchestration.reading.columns.crowded import doubt_crowded
from orchestration.reading.columns.shifts import doubt_by_totals, doubt_shifted, numbered_rows
from orchestration.reading.disputes import bounds as dispute_bounds
from orchestration.reading.disputes import disputes
from orchestration.reading.pieces.piece import Pieces
from orchestration.reading.pieces.pieces import pieces_of
from orchestration.reading.tables.forms import form_of
from orchestration.reading.tables.repeats import LEAST_HEADS, compare, spans_between
from orchestration.reading.tables.table import Located, TableReading, find_rows, locate, read_cells
from orchestration.reading.tables.table_bounds import heads, likeliest

TABLES = ("disclosure", "requests", "disputes")


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
    disclosure = _read_table(pieces, "disclosure", *_around(pieces, requests), problems)
    length = len(pieces.text)
    taken = [(table.start, table.end) for table in (disclosure, requests) if table.form]
    _read_again(pieces, "requests", requests, spans_between(length, taken[-1:]), problems)
    _read_again(pieces, "disclosure", disclosure, spans_between(length, taken), problems)
    doubt_shifted([disclosure.cells, requests.cells])
    dispute = _read_disputes(pieces, disclosure, requests, problems)
    _doubt_by_totals(requests, dispute)
    doubt_crowded([disclosure.cells, requests.cells, dispute.cells])
    tables = {"disclosure": disclosure, "requests": requests, "disputes": dispute}
    for code, table in tables.items():
        if table.form is None:
            problems.append(Problem("table_not_found", f"the table {code} was not found"))
    return Reading(tables, problems)


def _doubt_by_totals(requests: TableReading, dispute: TableReading) -> None:
    for code, table in (("requests", requests), ("disputes", dispute)):
        if table.form:
            rows = numbered_rows(table.cells) if code == "requests" else [list(range(len(table.cells)))]
            doubt_by_totals(table.cells, rows, len(declaration().columns_of(table.form, code)))


def read_alone(document: Document, table: str) -> Reading:
    """The same for one table, if none of its cells is blank; the others are only read as far as it takes.

    Blank cells of the others may bring a doubt on those of a table, but only where it has some itself. How the request
    table is printed tells how that of disclosure is, and where both end tells where that of disputes begins.
    """
    pieces = pieces_of(document)
    length = len(pieces.text)
    requests = disclosure = dispute = TableReading(None)
    if located := _located(pieces, "requests", 0, length):
        requests = located.reading(pieces, read_cells(pieces, located, []) if table == "requests" else [])
        if table == "disclosure":
            find_rows(pieces, located)  # so that ``pieces.turns`` tells how it is printed
    if table != "requests":
        disclosure = _read_table(pieces, "disclosure", *_around(pieces, requests), [], table == "disclosure")
    taken = [(found.start, found.end) for found in (disclosure, requests) if found.form]
    if table == "requests":
        _read_again(pieces, table, requests, spans_between(length, taken), [])
    elif table == "disclosure":
        _read_again(pieces, table, disclosure, spans_between(length, taken), [])
    else:
        dispute = _read_disputes(pieces, disclosure, requests, [])
    return Reading({"disclosure": disclosure, "requests": requests, "disputes": dispute}, [])


def _around(pieces: Pieces, requests: TableReading) -> tuple[int, int]:
    """The part of the text that holds the disclosure table."""
    length = len(pieces.text)
    around = [(0, requests.start), (requests.end, length)] if requests.form else [(0, length)]
    return likeliest(pieces, "disclosure", around)


def _read_table(
    pieces: Pieces, table: str, start: int, end: int, problems: list[Problem], with_cells: bool = True
) -> TableReading:
    located = _located(pieces, table, start, end)
    if located is None:
        return TableReading(None)
    return located.reading(pieces, read_cells(pieces, located, problems) if with_cells else [])


def _located(pieces: Pieces, table: str, start: int, end: int) -> Located | None:
    form, chain = form_of(pieces.text, table, start, end)
    return locate(pieces, table, form, chain, start, end) if form else None


def _read_again(
    pieces: Pieces, table: str, reading: TableReading, spans: list[tuple[int, int]], problems: list[Problem]
) -> None:
    """Compare a table with what is printed of its kind elsewhere: for another year or body, or once more."""
    for low, high in spans if reading.form else ():
        form, chain = form_of(pieces.text, table, low, high)
        if form and (table == "requests" or heads(chain) >= LEAST_HEADS):
            located = locate(pieces, table, form, chain, low, high)
            line = pieces.items[located.region.first_item].line
            compare(reading.cells, read_cells(pieces, located, []), line, problems)
            reading.twins.append(line)


def _read_disputes(
    pieces: Pieces, disclosure: TableReading, requests: TableReading, problems: list[Problem]
) -> TableReading:
    form = disclosure.form or requests.form or declaration().form_names[-1]
    held = frozenset(cell.line for cell in (*disclosure.cells, *requests.cells) if cell.status == "reported")
    return read_dispute_table(pieces, max(requests.end, disclosure.end), form, problems, held)


def read_dispute_table(
    pieces: Pieces, start: int, form: str, problems: list[Problem], held: frozenset[int | None] = frozenset()
) -> TableReading:
    """The dispute table that begins at ``start`` of the label text or behind it; ``held`` are lines of other tables."""
    bounds = dispute_bounds.find_disputes(pieces, start) or (dispute_bounds.find_disputes(pieces, 0) if start else None)
    if bounds is None:
        return TableReading(None)
    cells, left_over, last = disputes.read_disputes(pieces, bounds, form, held)
    for again in dispute_bounds.further_tables(pieces, bounds):
        line = pieces.items[pieces.owner[again[0]]].line
        above = frozenset(cell.line for cell in cells if cell.status == "reported" and cell.line < line)
        twin, _, _ = disputes.read_disputes(pieces, again, form, above)
        compare(cells, twin, line, problems)
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
