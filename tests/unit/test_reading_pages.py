"""What pages and prints leave in a text: their furniture, rows that they cut, and numbers at uneven heights."""

from decimal import Decimal
from random import Random

import polars as pl
import pytest

from orchestration.intake.document import Document
from orchestration.reading.columns.columns import CellReading, Grid, place
from orchestration.reading.pieces.furniture import furniture
from orchestration.reading.pieces.levels import NUMBERS, uneven_lines
from orchestration.reading.pieces.numbers import Reading
from orchestration.reading.pieces.piece import Piece
from orchestration.reading.rows.rows import RowValues
from orchestration.reading.tables.tables import read_tables
from tests.rendering.model import random_report
from tests.rendering.render import render

PAGE = ["2024/1/25 15:30\t某局政府信息公开年报", "2.重复申请 0 0 0 0 0 0 0", "https://example.org/a.html\t{}/3"]


def paged(*pages: list[str]) -> tuple[Document, list[str]]:
    lines = [line for page in pages for line in page]
    starts = [1 + sum(map(len, pages[:at])) for at in range(len(pages))]
    return Document("pdf", "\n".join(lines), None, (), tuple(starts), 0, ()), lines


def test_what_a_browser_prints_at_the_edges_is_no_part_of_the_report():
    pages = [[line.format(number) for line in PAGE] for number in (1, 2, 3)]
    assert furniture(*paged(*pages)) == {1, 3, 4, 6, 7, 9}


def test_values_that_come_again_at_the_edges_stay():
    pages = [["0 0 0 0 0 0 0", f"第{number}项", "0 0 0"] for number in "一二三四"]
    assert furniture(*paged(*pages)) == set()
    assert furniture(*paged(*[["12", "内容", "0"] for _ in range(3)])) == set()


def test_no_page_no_furniture():
    assert furniture(Document("text", "1/1\n", None, (), (), 0, ()), ["1/1"]) == set()


def test_numbers_between_those_of_the_neighbouring_line():
    assert uneven_lines([" 政府集中采购                   8040", "              0"]) == {1, 2}
    assert uneven_lines(["    0          0   0", "         34           34"]) == {1, 2}
    assert uneven_lines(["         34           34", "", "  总计       0          0   0"]) == {1, 3}


@pytest.mark.parametrize("end", ["", "\r", "\t", "\u3000"])
@pytest.mark.parametrize("number", ["0", "０"])
def test_texts_read_in_bulk_are_searched_for_the_same_lines(number, end):
    lines = [" 政府集中采购                   8040", f"              {number}{end}"]
    assert uneven_lines(lines) == {1, 2}
    assert pl.Series(["\n".join([*lines, "甲"])]).str.contains(f"(?m)^{NUMBERS}$").all()


def test_numbers_under_each_other_or_at_the_edge_are_even():
    assert uneven_lines(["    10   0   3", "     0  12  15"]) == set()
    assert uneven_lines(["行政许可   8040", "0"]) == set()
    assert uneven_lines(["     1.属于国家秘密   0   0", "                          2   3   4"]) == set()
    assert uneven_lines(["         34           34", "", "", "  总计       0          0   0"]) == set()


def dispute_text(values: str) -> Document:
    """A rendered report whose values of the dispute table are printed otherwise."""
    report = render(random_report(Random(3), "2021"), "spaces", plain=True)
    lines = report.text.splitlines()
    last = max(number for number, line in enumerate(lines) if line.split() and all(w.isdigit() for w in line.split()))
    return Document("text", "\n".join([*lines[:last], *values.splitlines(), *lines[last + 1 :]]))


def test_a_row_of_uneven_numbers_is_doubted():
    level = "    1   2   3   4  10   0   0   0   0   0   0   0   0   0   0"
    uneven = "    1       3   4  10   0   0   0   0   0   0   0   0   0   0\n        2"
    even, doubted = (read_tables(dispute_text(text)).tables["disputes"].cells for text in (level, uneven))
    assert [cell.value for cell in even][:5] == [1, 2, 3, 4, 10]
    assert {cell.doubt for cell in even} == {None}
    assert all(cell.doubt for cell in doubted if cell.status == "reported")


def cut_by_a_page(form: str, label: str, behind: str) -> list[CellReading]:
    """The request cells of a report in which a page ends behind the row of a label."""
    lines = render(random_report(Random(5), form), "tabs", plain=True).text.splitlines()
    at = next(number for number, line in enumerate(lines) if label in line)
    lines.insert(at + 1, behind)
    return read_tables(Document("text", "\n".join(lines))).tables["requests"].cells


def test_a_row_alone_in_its_drawn_row_tells_its_form():
    cells = cut_by_a_page("2019", "（六）其他处理", "2019年某某局政府信息公开工作年度报告")
    assert {cell.doubt for cell in cells} == {None}
    assert {cell.status for cell in cells} == {"reported"}


def test_the_rest_of_a_label_on_the_next_page_takes_no_values_along():
    numbers = [Piece("number", "1", 1, 1, column, "page 1", Reading("number", Decimal(1))) for column in range(3, 10)]
    blanks = [Piece("blank", "", 2, 2, column, "page 2", fixed=True) for column in range(2, 9)]
    columns = tuple("abcdefg")
    grid = Grid(starts=tuple(range(2, 9)))
    cut, blank_first = (
        place(RowValues("granted", pieces, "label", None, 1, drawn=True), "requests/granted", columns, grid)[0]
        for pieces in (numbers + blanks, blanks + numbers)
    )
    assert [(cell.value, cell.doubt) for cell in cut] == [(1, None)] * 7
    assert {cell.doubt for cell in blank_first} == {"column_uncertain"}  # these may be of a row without a label
