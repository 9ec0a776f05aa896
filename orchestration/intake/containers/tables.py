"""Tables as HTML and DOCX nest them: cells that hold paragraphs and further tables, laid out into lines and grids.

A table that only arranges the page (one cell, or cells that hold tables or prose) is no grid: its contents flow.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.intake.containers.joining import join_paragraphs
from orchestration.intake.containers.rendition import Rendition
from orchestration.intake.grids import GridRow

PROSE_PARAGRAPH = 80  # the longest label of the forms has 40 characters
PROSE_CELL = 600

Item = "str | Table"


@dataclass(slots=True)
class Cell:
    """A cell: its paragraphs and tables in order, its spans, its place, and its number in the row, from 1."""

    items: list[Item]
    column_span: int = 1
    row_span: int = 1
    number: int = 1
    row: int = 0
    column: int = 0

    def nests(self) -> bool:
        """Whether it holds a table that is more than one cell."""
        return any(not isinstance(item, str) for item in self.items)

    def flows(self) -> bool:
        """Whether its contents are a part of the page and no cell of a table of numbers."""
        if len(self.items) < 2:
            return bool(self.items) and not isinstance(self.items[0], str)
        if self.nests():
            return True
        if len(self.items) < 3:
            return sum(map(len, self.items)) > PROSE_CELL
        return max(map(len, self.items)) > PROSE_PARAGRAPH or sum(map(len, self.items)) > 3 * PROSE_CELL


@dataclass(slots=True)
class Table:
    """A table: its number in the container, from 1, and its cells by row as they are placed."""

    number: int
    rows: list[list[Cell]] = field(default_factory=list)

    def single(self) -> Cell | None:
        """The only cell that holds anything, where the table is one cell."""
        filled = [cell for row in self.rows for cell in row if cell.items]
        total = sum(map(len, self.rows))
        return filled[0] if len(filled) == 1 and total == 1 else None


def render(items: list[Item], out: Rendition) -> None:
    """Add what a page or cell holds to the rendition: paragraphs as lines, tables as rows and grids."""
    for item in items:
        if isinstance(item, str):
            out.add_line(item)
        else:
            _render_table(item, out)


def _render_table(table: Table, out: Rendition) -> None:
    if only := table.single():
        render(only.items, out)
        return
    waiting: list[list[Cell]] = []
    for row in table.rows:
        several = [cell for cell in row if len(items := cell.items) > 1 or (items and type(items[0]) is not str)]
        if several and any(cell.flows() for cell in several):
            _add_rows(table, waiting, out)
            waiting = []
            for cell in row:
                render(cell.items, out)
        else:
            waiting.append(row)
    _add_rows(table, waiting, out)


def _add_rows(table: Table, rows: list[list[Cell]], out: Rendition) -> None:
    if not any(cell.items for row in rows for cell in row):
        return
    out.add_table([_drawn(row, f"table {table.number}, row {row[0].row + 1}, cell ") for row in rows if row])


def _drawn(row: list[Cell], where: str) -> GridRow:
    """A row whose line is not known yet."""
    texts = [items[0] if len(items := cell.items) == 1 else join_paragraphs(items) if items else "" for cell in row]
    spans = [(cell.row_span, cell.column_span) for cell in row]
    places = where if row[-1].number == len(row) else [f"{where}{cell.number}" for cell in row]
    columns = [cell.column for cell in row]
    return GridRow(row[0].row, 0, columns, texts, places, None if spans.count((1, 1)) == len(row) else spans)
