"""The table algorithm of HTML: which grid slots a cell covers, with row groups, spans and their limits."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.intake.containers.limits import MAX_COLUMN_SPAN, MAX_ROW_CELLS
from orchestration.intake.containers.tables import Cell, Item, Table
from orchestration.intake.document import SetAsideError

COLUMN_SPAN = re.compile(r'\scolspan="\s*\+?(\d{1,9})')
ROW_SPAN = re.compile(r'\srowspan="\s*\+?(\d{1,9})')
_LONGEST_KEPT = 64  # characters of attributes that may come again
TO_THE_END = 65_534  # what browsers clamp a row span to; also what rowspan=0 means


class OpenTable:
    """A table while its elements arrive. ``parent`` is what holds it, and takes what stands between its cells."""

    def __init__(self, number: int, parent: list[Item]) -> None:
        self.table = Table(number)
        self.parent = parent
        self._groups: list[tuple[str, list[list[Cell]]]] = [("tbody", [])]
        self._row: list[Cell] | None = None  # the last one of the last group

    def open_group(self, name: str) -> None:
        """A thead, tbody or tfoot begins."""
        self._groups.append((name, []))
        self._row = None

    def open_row(self) -> None:
        """A row begins."""
        self._row = []
        self._groups[-1][1].append(self._row)

    def open_cell(self, attributes: str) -> list[Item]:
        """A cell begins; what it holds is to be put there. Raises SetAsideError ``reading_limit`` for endless rows."""
        if self._row is None:
            self.open_row()
        if len(self._row) >= MAX_ROW_CELLS:
            raise self._endless()
        known = _known_spans if len(attributes) <= _LONGEST_KEPT else spans
        cell = Cell([], *known(attributes))
        self._row.append(cell)
        return cell.items

    def add_row(self, cells: list[tuple[str, int, int]]) -> list[Item]:
        """A whole row: the only text of each cell, its columns and rows. Returns and raises as ``open_cell``."""
        if len(cells) > MAX_ROW_CELLS:
            raise self._endless()
        self._row = [Cell([text] if text else [], across, down) for text, across, down in cells]
        self._groups[-1][1].append(self._row)
        return self._row[-1].items

    def _endless(self) -> SetAsideError:
        return SetAsideError(
            "reading_limit",
            f"Table {self.table.number} has a row of more than {MAX_ROW_CELLS} cells. Check that it is a report.",
        )

    def close(self) -> Table:
        """The table with every cell in its place; footers stand last, and spans end with their group."""
        groups = sorted(self._groups, key=lambda group: group[0] == "tfoot")
        first = 0
        for _, rows in groups:
            _place(rows, first)
            self.table.rows += rows
            first += len(rows)
        return self.table


def spans(attributes: str) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    if "span" not in attributes:
        return 1, 1
    across, down = COLUMN_SPAN.search(attributes), ROW_SPAN.search(attributes)
    return (
        min(max(int(across[1]), 1), MAX_COLUMN_SPAN) if across else 1,
        min(int(down[1]) or TO_THE_END, TO_THE_END) if down else 1,
    )


_known_spans = lru_cache(maxsize=1024)(spans)


def _place(rows: list[list[Cell]], first: int) -> None:
    """Row and column of each cell of a row group that begins at row ``first``."""
    taken: dict[int, int] = {}  # column -> last row of the group that a cell above covers it in
    for number, row in enumerate(rows):
        column = 0
        at, last = first + number, len(rows) - number
        for place, cell in enumerate(row, 1):
            while column in taken and taken[column] >= number:
                column += 1
            cell.row, cell.column, cell.number = at, column, place
            if cell.row_span == 1:
                column += cell.column_span
                continue
            cell.row_span = min(cell.row_span, last)
            if cell.row_span > 1:
                for covered in range(column, column + cell.column_span):
                    taken[covered] = max(taken.get(covered, -1), number + cell.row_span - 1)
            column += cell.column_span
