"""Text made from the cells of a grid: one cell a line, pipes, Markdown, tabs. Each row becomes a chunk of lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.rendering.grids import Cell, Grid, grids
from tests.rendering.plan import RESULTS, Row, Table


@dataclass(slots=True)
class Chunks:
    """The lines of a table: header first, then row by row, so that pages can break between them."""

    head: list[str]
    rows: list[list[str]] = field(default_factory=list)
    sources: list[Row | None] = field(default_factory=list)
    whole: bool = False  # lines that must not be parted by a page break (Markdown)


def _spell(cell: Cell, look) -> list[str]:
    if look.vertical and cell.text == RESULTS and cell.kind == "label":
        return list(cell.text)
    return [cell.text]


def _chunks(grid: Grid, lines: list[list[str]]) -> Chunks:
    """The lines of each row of a grid, header and body apart."""
    head = [line for row in lines[: grid.head] for line in row]
    return Chunks(head, lines[grid.head :], grid.sources[grid.head :])


def _spread(lines: list[str]) -> list[str]:
    return [text for line in lines for text in (line, "")]


def one_per_line(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """A cell a line; spans leave no trace; an empty cell may leave an empty line."""
    keep = rng.random() < 0.5
    for grid in grids(table, look, rng):
        lines = [[text for cell in row if cell.text or keep for text in _spell(cell, look)] for row in grid.rows]
        yield _chunks(grid, lines)


def one_per_line_spaced(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """A cell a line with blank lines between."""
    for chunks in one_per_line(table, look, rng):
        yield Chunks(_spread(chunks.head), [_spread(row) for row in chunks.rows], chunks.sources)


def pipe_alone(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """Cells and ``|`` on lines of their own."""
    for grid in grids(table, look, rng):
        lines = []
        for row in grid.rows:
            found = ["|"]
            for cell in row:
                found += [*([cell.text] if cell.text else []), "|"]
            lines.append(found)
        yield _chunks(grid, lines)


def pipe_trailing(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """``cell |`` line by line, with runs of pipes where a span covers further places."""
    for grid in grids(table, look, rng):
        lines = []
        for row in grid.occupied():
            found: list[str] = []
            for place, cell in enumerate(row):
                if cell is not None:
                    found.append(f"{cell.text} |" if cell.text else "|")
                elif found and place:
                    found[-1] += "|"
                else:
                    found.append("|")
            lines.append(found)
        yield _chunks(grid, lines)


def _with_spans(grid: Grid, row: list[Cell]) -> Iterator[str]:
    """Each cell of a row closed by a bar; the bars of places that no cell of its own fills stand behind the last."""
    *before, last = [cell.text for cell in row]
    yield from (f"{text} |" if text else "|" for text in before)
    rest = "|" * max(grid.width - len(row), 0)
    yield f"{last} | {rest}".strip() if rest else f"{last} |".strip()


def pipe_led(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """A ``|`` opens the row, then ``cell |`` line by line, the bars of spans behind the last."""
    for grid in grids(table, look, rng):
        yield _chunks(grid, [["|", *_with_spans(grid, row)] for row in grid.rows])


def pipe_rows(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """A row a line, without a bar at the beginning, the bars of spans at the end."""
    for grid in grids(table, look, rng):
        yield _chunks(grid, [[" ".join(_with_spans(grid, row))] for row in grid.rows])


def _filled(grid: Grid, repeat: bool) -> list[list[str]]:
    """Texts by position; ``repeat`` writes a spanning text into every place that it covers."""
    found: list[list[str]] = []
    spans: list[list[Cell | None]] = grid.occupied()
    down: dict[int, tuple[Cell, int]] = {}
    for row in spans:
        line: list[str] = []
        last: Cell | None = None
        for place, cell in enumerate(row):
            if cell is not None:
                last = cell
                for right in range(cell.column_span):
                    down[place + right] = (cell, cell.row_span)
            owner = cell or (last if last and place < len(row) and down.get(place, (None,))[0] is last else None)
            if owner is None and place in down:
                owner = down[place][0]
            text = owner.text if owner else ""
            line.append(text if cell is not None or (repeat and owner and owner.kind != "value") else "")
        found.append(line)
    return found


def markdown(table: Table, look, rng: Random, repeat: bool = False) -> Iterator[Chunks]:
    """Pipe tables with a separator row; some tools put an empty header before."""
    empty_head = rng.random() < 0.25
    for grid in grids(table, look, rng):
        texts = _filled(grid, repeat)
        for row in texts:
            if set(row) <= {"-", "——", ""}:  # not to be taken for the rule
                row[:] = ["—" if text else "" for text in row]
        lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in texts]
        rule = "|" + rng.choice((" --- |", "---|", " :---: |", " :-- |")) * grid.width
        if empty_head:
            head, rest = ["|" + "  |" * grid.width, rule, *lines[: grid.head]], grid.head
        else:
            head, rest = [lines[0], rule, *lines[1 : grid.head]], max(grid.head, 1)
        yield Chunks(head, [[line] for line in lines[rest:]], grid.sources[rest:], True)


def markdown_repeated(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """Pipe tables in which a spanning label stands in every place that it covers."""
    return markdown(table, look, rng, True)


def tabs(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """Tab-separated, every place of a span kept as an empty field."""
    for grid in grids(table, look, rng):
        lines = [["\t".join(row)] for row in _filled(grid, False)]
        yield _chunks(grid, lines)


def tabs_lost(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """Tab-separated with spans lost: labels in varying fields, extra tabs before or after the values."""
    for grid in grids(table, look, rng):
        lines = []
        for number, row in enumerate(grid.rows):
            labels = [cell.text for cell in row if cell.kind != "value"]
            values = [cell.text for cell in row if cell.kind == "value"]
            lead = "\t" * rng.choice((0, 0, 1, 2)) if number >= grid.head and grid.width > 8 else ""
            gap = "\t" * rng.choice((1, 1, 2, 3) if grid.width > 8 else (1,)) if labels and values else ""
            tail = "\t" * rng.choice((0, 0, 1, 2))
            lines.append([lead + "\t".join(labels) + gap + "\t".join(values) + tail])
        yield _chunks(grid, lines)
