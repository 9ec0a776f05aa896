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


def test_results_drawn_in_two_rows_are_in_order():
    text = report("tabs")
    known = read(text)
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("结果维持"))
    upper = ["结果", "结果", "其他", "尚未", "总计", "未经复议直接起诉", "", "", "", "", "复议后起诉"]
    lower = ["维持", "纠正", "结果", "审结", "", *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2]
    changed = [*lines[:at], "\t".join(upper), "\t".join(lower), *lines[at + 2 :]]
    assert read("\n".join(changed)) == known
    lower[:2] = lower[1::-1]
    changed[at + 1] = "\t".join(lower)
    found = read("\n".join(changed))
    assert all(doubt for cell, (_, doubt) in found.items() if cell.startswith("disputes"))


def test_two_tabs_between_the_results_part_them_as_one():
    text = report("tabs")
    known = read(text)
    doubled = "\n".join(line.replace("\t", "\t\t") if line.count("\t") == 14 else line for line in text.splitlines())
    assert doubled.count("\t") > text.count("\t") + 40
    assert read(doubled) == known


def test_rows_between_one_without_values_and_one_with_too_many_are_in_doubt():
    text = report("one_per_line")
    lines = [line for line in text.splitlines() if line]
    labels = ["2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确", "1.信访举报投诉类申请"]
    places = [lines.index(label) for label in labels]
    values = [lines[place + 1 : place + 8] for place in places]
    group = [line for line in lines[places[1] + 8 : places[2]] if not line.isdigit()]
    moved = [labels[0], labels[1], *values[0], *group, labels[2], *values[1], *values[2]]
    found = read("\n".join([*lines[: places[0]], *moved, *lines[places[2] + 8 :]]))
    known = read(text)
    assert all(known[cell] == told for cell, told in found.items() if told[1] is None)


@pytest.mark.parametrize("below", ["{0:>24}7   5   9", "{0:>31}7"])
def test_a_row_with_numbers_below_it_that_are_of_no_row_is_in_doubt(below):
    lines = report().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("（七）总计"))
    lines[at] = f"{'（七）总计':15}{'28':>11}   0   12   0   45   6   40"
    lines.insert(at + 1, below.format(""))
    found = read("\n".join(lines))
    assert found["requests/processed_total/total"][1] == "row_uncertain"
    del lines[at + 1]
    assert read("\n".join(lines))["requests/processed_total/total"][1] is None


def carried_out(layout: str, glue: str) -> tuple[str, str]:
    """A text in which the total of its last request row is 385, and one in which that is broken over two lines."""
    lines = report(layout).splitlines()
    at = next(number for number, line in enumerate(lines) if "结转下年度继续办理" in line)
    closing = glue.strip() and f" {glue.strip()}"
    line = lines[at].rstrip(" |\t")
    line = line[: -len(line.split()[-1])] + "385" + closing
    broken = line.replace("385", f"38\n{'5'}")
    return tuple("\n".join([*lines[:at], text, *lines[at + 1 :]]) for text in (line, broken))


@pytest.mark.parametrize(("layout", "glue"), [("spaces", " "), ("markdown", "|")])
def test_a_number_broken_at_the_end_of_its_row_is_in_doubt(layout, glue):
    whole, broken = carried_out(layout, glue)
    total = "requests/carried_out/total"
    assert read(whole)[total] == (385, None)
    assert total not in read(broken) or read(broken)[total][1]
    paged = whole.replace("385", "385\n5", 1) + "\n6\n"
    assert glue != " " or read(paged)[total] == (385, None)


def test_a_number_broken_at_the_end_of_the_disputes_is_in_doubt():
    known, found = disputes(RESULTS, lambda row: [" ".join([*row[:-1], "2"]), "1"])
    assert found[next(reversed(known))][1]
    known, found = disputes(RESULTS, lambda row: [" ".join([*row[:-1], "2"]), "- 5 -"])
    assert found[next(reversed(known))] == (2, None)


def test_values_below_a_label_are_in_doubt_where_the_next_row_is_lost():
    text = report("one_per_line")
    lines = [line for line in text.splitlines() if line]
    at = lines.index("7.属于行政执法案卷")
    found = read("\n".join([*lines[: at + 3], *lines[at + 11 :]]))
    assert lines[at + 8] == "8.属于行政查询事项"
    assert {found[f"requests/denied.enforcement_file/{column}"][1] for column in ("business", "total")} == {
        "row_uncertain"
    }
    lines = report().splitlines()
    lost = "\n".join(line for line in lines if not line.startswith("8.属于行政查询事项"))
    assert read(lost)["requests/denied.enforcement_file/total"][1] is None


def test_units_parted_from_their_numbers_are_no_parts_of_a_label():
    lines = [line for line in report("one_per_line").splitlines() if line]
    at = lines.index("（七）总计")
    known = read("\n".join(lines))

    def parted(unit: str) -> str:
        return "\n".join(
            [*lines[: at + 1], *(part for n in lines[at + 1 : at + 8] for part in (n, unit)), *lines[at + 8 :]]
        )

    assert read(parted("件")) == known
    assert read(parted("总"))["requests/processed_total/total"][1] == "row_uncertain"
