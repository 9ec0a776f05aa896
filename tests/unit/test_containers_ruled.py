"""Tables that a text draws with lines: cells put together from the lines of a text, merged ones and wrapped ones."""

import unicodedata
from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render

BOXES = """
 ┌───────────────┬─────────┐
 │               │申请人情 │
 │  （本列数据） │   况    │
 │               ├────┬────┤
 │               │自然│总计│
 │               │ 人 │    │
 ├──────┬────────┼────┼────┤
 │三、本│（一）予│12  │28  │
 │年度办│以公开  │    │7   │
 │理结果├────────┼────┼────┤
 │      │其他    │    │+2  │
 └──────┴────────┴────┴────┘
"""
CORNERLESS = """
   +-------------------------+
   |               |申请人情 |
   |  （本列数据） |   况    |
   |               |---------|
   |               |自然|总计|
   |               | 人 |    |
   |---------------+----+----|
   |三、本|（一）予|12  |28  |
   |年度办|以公开  |    |7   |
   |理结果|--------+----+----|
   |      |其他    |    |+2  |
   +-------------------------+
"""
TEXTS = [
    ["（本列数据）", "申请人情况"],
    ["自然人", "总计"],
    ["三、本年度办理结果", "（一）予以公开", "12", "28\n7"],
    ["其他", "", "+2"],
]


def opened(text: str) -> Document:
    return open_document(("政府信息公开工作年度报告\n" + text).encode(), "report.txt")


@pytest.mark.parametrize("text", [BOXES, CORNERLESS])
def test_cells_are_put_together_from_the_lines_between_rules(text):
    document = opened(text)
    (grid,) = document.grids
    assert [row.texts for row in grid.rows] == TEXTS
    spans = {cell.text: (cell.column, cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans["（本列数据）"] == (0, 2, 2)
    assert spans["三、本年度办理结果"] == (0, 2, 1)
    assert spans["+2"] == (3, 1, 1)
    assert all(any(character.isdigit() for character in document.lines[row.line - 1]) for row in grid.rows[2:])


def test_a_wide_character_in_a_narrow_cell_moves_no_bar():
    (grid,) = opened("+--+---+\n| 其 |  |\n| 他 |   |\n+==+===+\n| 1|0  |\n+--+---+\n|2 |3  |\n+--+---+\n").grids
    assert [row.texts for row in grid.rows] == [["其他", ""], ["1", "0"], ["2", "3"]]


@pytest.mark.parametrize("lost", ["│12 ", "│28 ", "年度办│"])
def test_a_line_that_lost_a_bar_is_not_read(lost):
    (grid,) = opened(BOXES.replace(lost, lost.replace("│", ""))).grids
    assert [row.texts for row in grid.rows[:2]] == TEXTS[:2]
    assert [len(row.texts) for row in grid.rows[2:]] == [4, 3]
    assert all("?" in text for text in grid.rows[2].texts)


def test_rows_that_no_rule_parts_are_lines_as_before():
    table = "+--------+----+----+\n| 内容   | 甲 | 乙 |\n+--------+----+----+\n"
    for rows in (
        ["| 规章   | 1件| 2件|", "| 其他   | 3件| 4件|"],
        ["| 处罚   | 1  |    |"] * 3,
        ["|        | 丙 |    |"] * 2,
    ):
        assert not opened(table + "\n".join(rows) + "\n+--------+----+----+\n").grids


def test_drawn_tables_are_kept_with_the_text():
    document = opened(BOXES)
    assert Document.restore("text", document.text, document.encoding, document.layout()) == document


def boxed(text: str, wrap: int) -> str:
    """Tables of Markdown with a rule behind each row, all their cells wrapped."""
    lines: list[str] = []
    table: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if not line.startswith("|"):
            lines += [*drawn(table, wrap), line]
            table = []
        elif "---" not in line:
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return "\n".join(lines)


def drawn(table: list[list[str]], wrap: int) -> list[str]:
    rule = "+" + ("-" * 2 * wrap + "+") * len(table[0]) if table else ""
    lines = [rule] * bool(table)
    for cells in table:
        high = max(1, *(-(-len(cell) // wrap) for cell in cells))
        for at in range(0, high * wrap, wrap):
            parts = [cell[at : at + wrap] for cell in cells]
            lines.append("|" + "".join(part + " " * (2 * wrap - wide(part)) + "|" for part in parts))
        lines.append(rule)
    return lines


def wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@pytest.mark.parametrize("wrap", [2, 6])
def test_numbers_wrapped_between_rules_are_never_read_short(wrap):
    rendered = render(random_report(Random(5), "2021", "large"), "markdown", seed=5, plain=True)
    found = read_report(opened(boxed(rendered.text, wrap))).reading.cells
    known = {cell.cell: cell.value for cell in read_report(open_document(rendered.text.encode(), "r.md")).reading.cells}
    asserted = {cell.cell: cell.value for cell in found if cell.status == "reported" and cell.doubt is None}
    assert all(known[cell] == value for cell, value in asserted.items())
    assert wrap == 2 or len(asserted) > 150
