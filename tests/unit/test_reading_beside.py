"""Labels wrapped beside one another in a text without cells, and tables that lost their headings or merged cells."""

from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render

HEADER = [
    "申请人情况",
    "（本列数据的勾稽关系为：第一项加第二项",
    "社会",
    "之和，等于第三项加第四项之和） 自然人 科研 法律服务 总计",
    "商业企业 公益 其他",
    "机构 机构",
    "组织",
]
RESULTS = [
    "行政复议 行政诉讼",
    "总计 未经复议直接起诉 复议后起诉",
    "结果 结果 其他 尚未",
    "结果 结果 其他 尚未 结果 结果 其他 尚未",
    "维持 纠正 结果 审结 总计 总计",
    "维持 纠正 结果 审结 维持 纠正 结果 审结",
]


def report(layout: str = "spaces") -> str:
    return render(random_report(Random(7), "2021", "medium"), layout, seed=7, plain=True).text


def headed(text: str, first: str, values: str, lines: list[str]) -> str:
    """The text with other lines between the section heading and the first line of values."""
    before, heading, rest = text.rpartition(first)
    assert values in rest
    return before + heading + "\n" + "\n".join(lines) + "\n" + values + rest.partition(values)[2]


def read(text: str) -> dict:
    cells = read_report(open_document(text.encode(), "report.txt")).reading.cells
    return {cell.cell: (cell.value, cell.doubt) for cell in cells if cell.status == "reported"}


def requests(lines: list[str]) -> tuple[dict, dict]:
    text = report()
    changed = headed(text, "收到和处理政府信息公开申请情况", "一、本年新收", lines)
    assert changed != text
    known, found = read(text), read(changed)
    return {c: v for c, v in known.items() if c.startswith("requests")}, found


def disputes(lines: list[str], values: list[str] | None = None) -> tuple[dict, dict]:
    text = report()
    line = next(line for line in text.splitlines() if line.count(" ") == 14 and line.replace(" ", "").isdigit())
    changed = headed(text, "行政诉讼情况", line, lines)
    changed = changed.replace(line, "\n".join(values(line.split()))) if values else changed
    known, found = read(text), read(changed)
    return {c: v for c, v in known.items() if c.startswith("disputes")}, found


def test_a_header_wrapped_cell_beside_cell_is_in_order():
    known, found = requests(HEADER)
    assert len(known) == 175
    assert {cell: found[cell] for cell in known} == known


@pytest.mark.parametrize(
    ("line", "other"),
    [("自然人 科研 法律服务", "自然人 法律服务 科研"), ("商业企业 公益 其他", "公益 商业企业 其他")],
)
def test_columns_exchanged_in_a_wrapped_header_are_in_doubt(line, other):
    known, found = requests([text.replace(line, other) for text in HEADER])
    assert {found[cell][1] for cell in known} == {"header_order"}


def test_blanks_that_keep_the_places_of_columns_tell_exchanged_ones():
    wide = ["申请人情况", f"{'':30}科研", "  自然人  商业企业            公益  法律  其他  总计", f"{'':30}机构"]
    known, found = requests(wide)
    assert {cell: found[cell] for cell in known} == known
    known, found = requests([wide[0], f"{'':8}科研", f"  自然人{'':12}商业企业  公益  法律  其他  总计", f"{'':8}机构"])
    assert {found[cell][1] for cell in known} == {"header_order"}


def test_results_wrapped_cell_beside_cell_are_in_order():
    known, found = disputes(RESULTS)
    assert len(known) == 15
    assert {cell: found[cell] for cell in known} == known


def test_exchanged_results_in_a_wrapped_header_are_in_doubt():
    other = [line.replace("维持 纠正", "纠正 维持") for line in RESULTS]
    known, found = disputes(other)
    assert {found[cell][1] for cell in known} == {"header_order"}
    other = ["总计 " + line.replace("总计 ", "") if "结果 其他" in line else line for line in RESULTS]
    known, found = disputes(other)
    assert {found[cell][1] for cell in known} == {"header_order"}


def test_values_that_stand_higher_than_others_of_their_row_are_in_doubt():
    known, found = disputes(RESULTS, lambda row: [f"{row[4]} {row[11]}", " ".join(row[:4] + row[5:11] + row[12:])])
    assert all(found.get(cell, (None, "lost"))[1] for cell in known)


def test_a_table_right_below_the_row_of_another_has_none_of_its_values():
    text = report("markdown")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    whole = text[: text.index(lines[0])] + "\n".join(lines)
    assert whole.count("|") == text.count("|")
    known, found = read(text), read(whole)
    assert len(known) == 200
    assert found == known


def test_a_header_that_lost_its_merged_cells_moves_no_column():
    text = report("markdown")
    lines = text.splitlines()
    heads = [line for line in lines if line.startswith("|") and ("商业企业" in line or "自然人" in line)]
    assert len(heads) == 2
    moved = "\n".join(
        "| 自然人 | 法人或其他组织 | | | | | 总计 | | | |"
        if "自然人" in line
        else "| | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | | | | |"
        if line in heads
        else line
        for line in lines
    )
    known, found = read(text), read(moved)
    assert found == known
