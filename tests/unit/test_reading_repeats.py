"""Tables and rows that stand more than once, or without the headers of the form: what differs is never asserted."""

from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render

LAYOUTS = ("spaces", "one_per_line", "markdown", "tabs")
HEADINGS = {
    "disclosure": ("主动公开政府信息情况", "收到和处理"),
    "requests": ("收到和处理政府信息公开申请情况", "行政诉讼情况"),
    "disputes": ("行政诉讼情况", "存在的主要问题"),
}


def text_of(seed: int, layout: str) -> str:
    return render(random_report(Random(seed)), layout, seed=seed, plain=True).text


def part(text: str, table: str) -> str:
    first, behind = HEADINGS[table]
    start = text.rindex(first) + len(first)
    return text[start : text.index(behind, start)]


def asserted(text: str) -> dict:
    cells = read_report(open_document(text.encode(), "report.txt")).reading.cells
    return {cell.cell: cell.value for cell in cells if cell.status == "reported" and cell.doubt is None}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("table", HEADINGS)
def test_a_table_of_another_year_behind_the_report_takes_nothing_silently(layout, table):
    report = text_of(3, layout)
    alone = asserted(report)
    both = asserted(f"{report}\n附：上年情况统计表\n{part(text_of(8, layout), table)}\n")
    assert both.items() <= alone.items()
    assert any(cell.startswith(table) for cell in alone)
    assert alone.keys() - both.keys(), "tables that differ are a doubt"


@pytest.mark.parametrize("table", HEADINGS)
def test_the_same_table_printed_again_leaves_no_doubt(table):
    report = text_of(3, "spaces")
    assert asserted(f"{report}\n附：统计表\n{part(report, table)}\n") == asserted(report)


def test_a_row_printed_again_with_other_values_is_a_doubt():
    report = text_of(3, "spaces")
    line = next(line for line in report.splitlines() if "重复申请" in line and "大量" not in line)
    again = line.rstrip().rsplit(maxsplit=7)[0] + " 9 9 9 9 9 9 54"
    cells = asserted(report.replace(line, f"{line}\n{again}"))
    assert not any(cell.startswith("requests/not_processed.repeat/") for cell in cells)
    assert cells.keys() & {"requests/granted/total", "requests/not_processed.publication/total"}


def test_subjects_without_the_headers_of_the_form_are_any_statistic():
    report = text_of(3, "spaces")
    other = "事项 2022年 2023年\n行政许可 4 5\n行政处罚 6 7\n行政强制 0 0\n行政事业性收费 1 2\n"
    cells = asserted(report.replace(part(report, "disclosure"), f"\n{other}\n"))
    assert not any(cell.startswith("disclosure/") for cell in cells)
    assert any(cell.startswith("requests/") for cell in cells)
