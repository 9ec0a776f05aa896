"""Empty cells that are none: a converter has put their numbers into other cells, or into a row without a label."""

from __future__ import annotations

from random import Random

import pytest

from orchestration.intake.document import Document
from orchestration.reading.columns.columns import CellReading
from orchestration.reading.tables.tables import read_tables
from tests.rendering.model import random_report
from tests.rendering.render import render

ROW = "requests/not_processed.repeat"


def drawn(layout: str = "markdown") -> tuple[dict, list[str], int]:
    """The values of a report, its lines, and the line of a row."""
    report = random_report(Random("emptied"), "2021", "medium")
    lines = render(report, layout, (), 7, plain=True).text.split("\n")
    return report.values, lines, next(at for at, line in enumerate(lines) if "2.重复申请" in line)


def row(lines: list[str], address: str = ROW) -> list[CellReading]:
    cells = read_tables(Document("text", "\n".join(lines))).cells
    return [cell for cell in cells if cell.cell.startswith(address + "/")]


def other_values(lines: list[str], at: int, values: list[str]) -> None:
    label = lines[at][: lines[at].index("2.重复申请") + len("2.重复申请")]
    lines[at] = " | ".join([label, *values]) + " |"


def test_empty_cells_beside_one_that_holds_several_numbers() -> None:
    _, lines, at = drawn()
    other_values(lines, at, ["", "", "0 3 0", "4", "", "0 7", "9"])
    assert {cell.status for cell in row(lines)} == {"unreadable", "reported"}
    assert all(cell.doubt for cell in row(lines))


def test_a_number_alone_leaves_empty_cells_empty() -> None:
    _, lines, at = drawn()
    other_values(lines, at, ["3", "", "", "", "", "", "3"])
    assert [cell.status for cell in row(lines)] == ["reported", *["blank"] * 5, "reported"]


@pytest.mark.parametrize(
    ("label", "status"), [("", "unreadable"), ("理结果", "unreadable"), ("其中：本级受理", "blank")]
)
@pytest.mark.parametrize("step", [0, 1])
def test_numbers_without_a_label_over_or_under_empty_cells(label: str, status: str, step: int) -> None:
    _, lines, at = drawn()
    width = lines[at].count("|") - 1
    other_values(lines, at, ["", "0", "0", "0", "0", "0", ""])
    rest = [label, *[""] * (width - 8), "34", *[""] * 5, "34"]
    lines.insert(at + step, "| " + " | ".join(rest) + " |")
    found = row(lines)
    assert [found[0].status, found[-1].status] == [status] * 2


def test_the_beginnings_of_wrapped_numbers_on_the_line_above() -> None:
    values, lines, at = drawn("spaces")
    values.update({address: 0 for address in values if address.startswith(ROW + "/")})
    lines[at : at + 1] = ["三、本      204                 204", "2.重复申请   72  0  0  0  0  0   72"]
    assert all(cell.doubt for cell in row(lines))
    lines[at] = "204 204"
    assert all(cell.doubt for cell in row(lines))
    lines[at] = "单位：件，截至 2023 年"
    assert not any(cell.doubt for cell in row(lines))
