"""The text of a container without lines of its own: paragraphs and table rows, one line each, and the grids."""

from __future__ import annotations

from orchestration.intake.containers.limits import MAX_CELLS, MAX_ROW_CELLS
from orchestration.intake.document import LINE_END, Document, Problem, SetAsideError
from orchestration.intake.grids import Grid, GridRow


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

    def add_table(self, rows: list[GridRow]) -> None:
        """A line for each row, its cells from the left and parted by tabs, and one grid of all; the rows lack lines.

        Raises SetAsideError ``reading_limit`` for tables that no report has.
        """
        self.cells += sum(len(row.texts) for row in rows)
        if self.cells > MAX_CELLS:
            raise SetAsideError("reading_limit", f"The tables hold more than {MAX_CELLS} cells. Split the file.")
        first = len(self.lines) + 1
        for row in rows:
            if len(row.texts) > MAX_ROW_CELLS:
                place = row.placed()[0]
                raise SetAsideError("reading_limit", f"A row has more than {MAX_ROW_CELLS} cells ({place}).")
            text = "\t".join(row.texts)
            whole = text.count("\t") < len(row.texts)
            self.add_line(text if whole else "\t".join(text.replace("\t", " ") for text in row.texts))
        if rows:
            drawn = tuple(GridRow(row[0], line, *row[2:]) for line, row in enumerate(rows, first))
            self.grids.append(Grid(drawn, first, len(self.lines)))

    def document(
        self, container: str, encoding: str | None = None, images: int = 0, problems: tuple[Problem, ...] = ()
    ) -> Document:
        """The document. Raises SetAsideError ``empty_file`` where there is neither text nor a picture."""
        if not images and not any(map(str.strip, self.lines)):
            raise SetAsideError("empty_file", "The file opens and holds no text. Ask the agency for the report again.")
        return Document(
            container, "\n".join(self.lines), encoding, tuple(self.grids), tuple(self.pages), images, problems
        )
