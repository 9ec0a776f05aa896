"""The text of a container without lines of its own: paragraphs and table rows, one line each, and the grids."""

from __future__ import annotations

from typing import NamedTuple

from orchestration.intake.containers.limits import MAX_CELLS, MAX_ROW_CELLS
from orchestration.intake.document import LINE_END, Document, Grid, GridCell, Problem, SetAsideError


class Placed(NamedTuple):
    """A cell that knows its place in the grid and in the container."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    place: str


class Rendition:
    """Lines and grids as they are added, in reading order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.grids: list[Grid] = []
        self.pages: list[int] = []
        self.cells = 0

    def add_line(self, text: str) -> None:
        """One line; a line end inside it would shift all that follow, so it becomes a space."""
        self.lines.append(LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text)

    def start_page(self) -> None:
        """The next line is the first of a page."""
        self.pages.append(len(self.lines) + 1)

    def add_table(self, rows: list[list[Placed]]) -> None:
        """A line for each row, its cells from the left and parted by tabs, and one grid of all.

        Raises SetAsideError ``reading_limit`` for tables that no report has.
        """
        self.cells += sum(map(len, rows))
        if self.cells > MAX_CELLS:
            raise SetAsideError("reading_limit", f"The tables hold more than {MAX_CELLS} cells. Split the file.")
        first = len(self.lines) + 1
        drawn: list[GridCell] = []
        for row in rows:
            if len(row) > MAX_ROW_CELLS:
                raise SetAsideError("reading_limit", f"A row has more than {MAX_ROW_CELLS} cells ({row[0].place}).")
            text = "\t".join([cell.text for cell in row])
            self.add_line(text if text.count("\t") < len(row) else "\t".join(c.text.replace("\t", " ") for c in row))
            line = len(self.lines)
            drawn += [GridCell(r, c, down, across, text, line, place) for r, c, down, across, text, place in row]
        if drawn:
            self.grids.append(Grid(tuple(drawn), first, len(self.lines)))

    def document(
        self, container: str, encoding: str | None = None, images: int = 0, problems: tuple[Problem, ...] = ()
    ) -> Document:
        """The document. Raises SetAsideError ``empty_file`` where there is neither text nor a picture."""
        if not images and not any(map(str.strip, self.lines)):
            raise SetAsideError("empty_file", "The file opens and holds no text. Ask the agency for the report again.")
        return Document(
            container, "\n".join(self.lines), encoding, tuple(self.grids), tuple(self.pages), images, problems
        )
