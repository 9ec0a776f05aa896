"""Cells that say that there is no number are doubted as numbers are, where their place is not certain."""

import re
from decimal import Decimal
from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from orchestration.reading.columns.columns import CellReading
from orchestration.reading.tables.repeats import compare
from tests.rendering.model import random_report
from tests.rendering.render import render

EMPTY = ("blank", "not_applicable")


def text_of(layout: str, seed: int = 3) -> str:
    return render(random_report(Random(seed), forms="2021", style="medium"), layout, seed=seed, plain=True).text


def cells_of(text: str) -> dict:
    return {c.cell: c for c in read_report(open_document(text.encode(), "report.txt")).reading.cells}


def silent(cells: dict, whole: dict) -> list:
    """Cells that say without a doubt that there is no number, where the report has one."""
    return [c for c in cells.values() if c.status in EMPTY and c.doubt is None and whole[c.cell].status == "reported"]


def row_of(text: str, label: str) -> str:
    return next(line for line in text.splitlines() if label in line and re.search(r"\d\s*\|?\s*$", line))


@pytest.mark.parametrize("cut", [1, 2])
def test_a_row_that_is_broken_behind_empty_cells_is_not_silently_empty(cut: int) -> None:
    text = text_of("markdown")
    row = row_of(text, "3.补正后申请内容仍不明确")
    bars = [at.start() for at in re.finditer(r"\|", row)]
    label = row.index("明确")
    first = next(at for at in bars if at > label)
    broken = row[: first + 1] + "   |" * cut + "\n" + "|   " * cut + row[first:]
    cells = cells_of(text.replace(row, broken))
    assert not silent(cells, cells_of(text))


def test_an_empty_cell_has_the_doubt_of_its_row() -> None:
    text = text_of("markdown")
    row = row_of(text, "3.补正后申请内容仍不明确")
    cut = row.rstrip().rstrip("|").rstrip()
    cut = cut[: cut.rindex("|")] + "| |"
    cells = cells_of(text.replace(row, cut))
    own = [c for c in cells.values() if c.cell.startswith("requests/unable.still_unclear/")]
    assert [c.status for c in own].count("blank") == 1
    assert all(c.doubt for c in own)


def test_an_empty_cell_is_doubted_where_the_table_printed_again_holds_a_number() -> None:
    told = [CellReading("a", "blank"), CellReading("b", "reported", Decimal(1)), CellReading("c", "not_applicable")]
    told += [CellReading("d", "blank"), CellReading("e", "absent")]
    again = [CellReading(name, "reported", Decimal(1)) for name in "abce"]
    problems: list = []
    compare(told, again, 7, problems)
    assert [cell.doubt for cell in told] == ["table_repeated", None, "table_repeated", None, None]
    assert [(problem.code, problem.line) for problem in problems] == [("table_repeated", 7)]


@pytest.mark.parametrize("layout", ["tabs", "markdown", "spaces"])
def test_a_dispute_table_printed_right_behind_itself_is_compared(layout: str) -> None:
    text = text_of(layout)
    start = text.index("\n", text.rindex("行政诉讼情况")) + 1
    table = text[start : text.index("存在的主要问题", start)].rpartition("\n")[0]
    table = table.strip("\n") + "\n"
    single = cells_of(text)
    twice = cells_of(text[:start] + table + table + text[start + len(table) :])
    own = [c.cell for c in single.values() if c.cell.startswith("disputes/") and c.status == "reported"]
    assert own and all(twice[c].value == single[c].value and not twice[c].doubt for c in own)
    other = re.sub(r"\d+(\s*\|?\s*)$", r"8888\1", table.rstrip("\n")) + "\n"
    differs = cells_of(text[:start] + table + other + text[start + len(table) :])
    assert any(differs[c].doubt for c in own)
    assert all(differs[c].doubt or differs[c].value == single[c].value for c in own)
