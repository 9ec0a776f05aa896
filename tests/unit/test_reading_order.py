"""Values that only their order places: labels out of order, cut labels, values beyond a header."""

from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render


def report(layout: str) -> str:
    return render(random_report(Random(3)), layout, seed=3, plain=True).text


def section(text: str) -> tuple[int, int]:
    start = text.rindex("主动公开政府信息情况")
    return start, text.index("收到和处理", start)


def asserted(text: str) -> dict:
    cells = read_report(open_document(text.encode(), "report.txt")).reading.cells
    return {c.cell: c.value for c in cells if c.status == "reported" and c.doubt is None}


def with_disclosure(lines: list[str]) -> dict:
    text = report("one_per_line")
    start, stop = section(text)
    return asserted(text[:start] + "\n".join(["主动公开政府信息情况", *lines, "三、"]) + text[stop:])


HEAD = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
FIFTH = ["第二十条第（五）项", "信息内容", "本年处理决定数量"]
SIXTH = ["第二十条第（六）项", "信息内容", "本年处理决定数量"]
EIGHTH = ["第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）"]


def test_a_value_behind_the_next_header_is_not_that_of_the_row_above():
    rows = [
        *HEAD,
        "规章",
        *"000",
        "行政规范性文件",
        *"123",
        *FIFTH,
        "行政许可",
        "7",
        *SIXTH,
        "行政处罚",
        "5",
        "行政强制",
    ]
    cells = with_disclosure([*rows, *EIGHTH, "行政事业性收费", "12.5", "8"])
    assert "disclosure/coercive_measures/decisions" not in cells
    assert cells["disclosure/normative_documents/in_force"] == 3


def test_a_strange_character_before_a_cut_label_is_no_part_of_it():
    third = ["上一年项目数量", "本年增/减", "处理决定数量"]
    first = ["第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    rows = [*first, "规章", *"000", "规范性文件", *"123", *FIFTH[:2], *third]
    rows += ["行政政许", "可", "63", "-1", "4", "他对外管理服务事项", "8", "9", "6", *SIXTH[:2], *third]
    rows += ["行政处罚", *"777", "行政强制", *"555"]
    cells = with_disclosure(rows)
    assert cells.get("disclosure/other_services/previous_items") in (None, 8)
    assert cells.get("disclosure/other_services/change") in (None, 9)


@pytest.mark.parametrize("layout", ["flattened", "values_first"])
def test_labels_in_another_order_than_the_form_put_a_doubt_on_values_that_are_only_listed(layout):
    text = report(layout)
    one, two = "2.其他法律行政法规禁止公开", "1.属于国家秘密"
    swapped = text.replace(one, "@").replace(two, one).replace("@", two)
    if swapped != text:
        assert not {cell for cell in asserted(swapped) if cell.startswith("requests/denied.")} & {
            "requests/denied.state_secret/total",
            "requests/denied.prohibited_by_law/total",
        }
