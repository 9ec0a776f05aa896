"""Rows of cells drawn with bars: lost edges, cells that tools write for empty ones, and rows of different lengths."""

from random import Random

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render

ROW = "requests/granted/"
LABEL = "（一）予以公开"


def report(layout: str = "markdown") -> str:
    return render(random_report(Random(5)), layout, seed=5, plain=True).text


def asserted(text: str) -> dict:
    cells = read_report(open_document(text.encode(), "report.md")).reading.cells
    return {cell.cell: cell.value for cell in cells if cell.status == "reported" and cell.doubt is None}


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")]


def granted(text: str) -> str:
    return next(line for line in rows(text) if LABEL in line)


def test_cells_that_a_tool_prints_for_empty_ones_are_empty():
    text = report()
    filled = "\n".join(
        "|".join(
            part if part.strip() or at in (0, line.count("|")) else " NaN " for at, part in enumerate(line.split("|"))
        )
        if line.startswith("|")
        else line
        for line in text.splitlines()
    )
    assert "NaN" in filled
    assert asserted(filled) == asserted(text)


def test_bars_between_cells_alone_leave_each_cell_in_its_column():
    text = report()
    assert asserted("\n".join(line.strip().strip("|").strip() for line in text.splitlines())) == asserted(text)


def test_a_blank_in_rows_of_different_lengths_is_in_no_certain_column():
    text = report()
    ragged = "\n".join("|" + line.lstrip("| ") if line.startswith("|") else line for line in text.splitlines())
    line = granted(ragged)
    cut = "|".join(line.split("|")[:-2]) + "| |"
    cells = asserted(ragged.replace(line, cut.replace(LABEL, LABEL + "|", 1)))
    known = asserted(text)
    assert all(known[cell] == value for cell, value in cells.items())


def test_a_merged_cell_that_is_repeated_below_a_merged_header_is_one():
    text = render(random_report(Random(5), "2019"), "markdown", seed=5, plain=True).text

    def wider(line: str) -> str:
        parts = line.split("|")
        return "|".join([*parts[:-1], parts[-2], ""]) if len(parts) == 5 and line.startswith("|") else line

    spread = "\n".join(map(wider, text.splitlines()))
    line = next(line for line in spread.splitlines() if "政府集中采购" in line and line.startswith("|"))
    assert line.count("|") == 5
    assert asserted(spread) == asserted(text)
    other = "|".join([*line.split("|")[:-2], " 7 ", ""])
    unlike = asserted(spread.replace(line, other))
    assert not any(cell.startswith("disclosure/procurement") for cell in unlike)
