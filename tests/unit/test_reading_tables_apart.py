"""Tables in another order, and tables of which one is missing or told in sentences."""

from itertools import permutations
from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render

HEADINGS = ("二、主动公开", "三、收到和处理", "四、政府信息公开", "五、")


def sections(layout: str, form: str) -> tuple[str, list[str], str]:
    """A rendered report: what stands before the three tables, each with its heading, and what follows them."""
    lines = render(random_report(Random(7), form), layout, seed=7, plain=True).text.splitlines(keepends=True)
    starts = [next(at for at, line in enumerate(lines) if line.lstrip("# ").startswith(h)) for h in HEADINGS]
    parts = ["".join(lines[a:b]) for a, b in zip([0, *starts], [*starts, len(lines)], strict=True)]
    return parts[0], parts[1:4], parts[4]


def cells(text: str) -> dict:
    reading = read_report(open_document(text.encode(), "report.md")).reading
    return {c.cell: c.value for c in reading.cells if c.status == "reported" and c.doubt is None}


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("layout", ["one_per_line", "markdown", "tabs"])
def test_the_tables_in_any_order(layout, form):
    before, tables, behind = sections(layout, form)
    wanted = cells(before + "".join(tables) + behind)
    assert len(wanted) > 150
    before += "规范性文件12件，行政许可3件，行政处罚5件，行政复议1件、行政诉讼0件，结果维持1件。\n"
    for order in permutations(tables):
        assert cells(before + "".join(order) + behind) == wanted


def test_a_table_told_in_sentences_leaves_the_others():
    before, tables, behind = sections("one_per_line", "2021")
    wanted = cells(before + "".join(tables) + behind)
    told = "三、收到和处理政府信息公开申请情况\n新收申请7件，其中自然人5件，商业企业2件，总计7件。上年结转0件。\n"
    found = cells(before + tables[0] + told + tables[2].replace("四、政府信息公开", "四、因政府信息公开工作") + behind)
    assert found == {cell: value for cell, value in wanted.items() if not cell.startswith("requests/")}


def test_numbers_around_a_drawn_table_of_disputes_are_none_of_it():
    html = render(random_report(Random(7), "2021"), "html", seed=7, plain=True).data.decode()
    start = html.index("行政复议、行政诉讼情况")
    end = html.index("</table>", start) + len("</table>")
    wanted = cells(html)
    paged = html[:end] + "<p>2</p>" + html[end:]
    assert cells(paged) == wanted
    last = html.rindex("<td", start, end)
    shorter = html[:last] + html[html.index("</td>", last) + 5 : end] + "<p>2</p>" + html[end:]
    assert not any(cell.startswith("disputes/") for cell in cells(shorter))


def test_a_number_outside_of_the_table_that_draws_its_label_is_in_doubt():
    html = render(random_report(Random(7), "2021"), "html", seed=7, plain=True).data.decode()
    end = html.index("</table>", html.index("行政事业性收费")) + len("</table>")
    last = html.rindex("<td", 0, end)
    moved = html[:last] + html[html.index("</td>", last) + 5 : end] + "<p>2</p>" + html[end:]
    assert cells(moved) == {cell: value for cell, value in cells(html).items() if cell != "disclosure/fees/amount"}


def test_a_number_behind_a_row_of_tabs_is_none_of_the_disputes():
    before, tables, behind = sections("tabs", "2021")
    lines = tables[2].rstrip("\n").splitlines()
    shorter = "\n".join([*lines[:-1], lines[-1].rpartition("\t")[0], "2", ""])
    assert not any(cell.startswith("disputes/") for cell in cells(before + "".join(tables[:2]) + shorter + behind))
    paged = tables[2].rstrip("\n") + "\n2\n"
    assert cells(before + "".join(tables[:2]) + paged + behind) == cells(before + "".join(tables) + behind)
