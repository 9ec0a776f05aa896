"""Wrapped cells in tables of Markdown and of plain text: breaks, drawn rules, a group's label beside that of a row."""

from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render


def report(layout: str) -> str:
    return render(random_report(Random(7)), layout, seed=7, plain=True).text


def asserted(text: str) -> dict:
    document = open_document(text.encode(), "report.md")
    assert document.container == "text"
    return {c.cell: c.value for c in read_report(document).reading.cells if c.status == "reported" and not c.doubt}


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />"])
def test_a_break_within_a_row_of_markdown_wraps_its_words(tag):
    text = report("markdown")
    wrapped = (
        text.replace("属于行政", f"属于{tag}行政").replace("本年新收", f"本年{tag}新收").replace("掌握", f"掌{tag}握")
    )
    assert wrapped.count(tag) > 3
    assert asserted(wrapped) == asserted(text)


@pytest.mark.parametrize("rule", ["-", "=", "─"])
def test_rules_between_the_rows_of_a_text_table_are_no_values(rule):
    text = report("spaces")
    lines = []
    for line in text.splitlines():
        lines += [f"  {rule * 12} {rule * 4} {rule * 4}", line] if line[-1:].isdigit() else [line]
    assert asserted("\n".join(lines)) == asserted(text)


def test_a_group_label_wrapped_beside_that_of_a_row_does_not_hide_it():
    text = report("spaces")
    line = next(line for line in text.splitlines() if "补正后申请内容" in line)
    values = " ".join(line.split()[-7:])
    parted = f"三、本年度 3.补正后申\n办理结果 请内容仍不 {values}\n明确"
    before = line[: line.index("3")].strip()
    assert asserted(text.replace(line, f"{before}\n{parted}" if before else parted)) == asserted(text)


@pytest.mark.parametrize(
    "parted",
    [
        ["1.本机关不掌握相关政府 {}", "三、本年度办理结果 信息", "（四）无法提供 {}"],
        ["1.本机关", "三、本年 不掌握相 {}", "度办理结 关政府信", "果 息", "（四）无法提供 {}"],
    ],
)
def test_group_labels_beside_the_middle_of_their_rows_do_not_hide_a_wrapped_label(parted):
    text = report("spaces")
    lines = [line for line in text.splitlines() if line and line not in ("三、本年度办理结果", "（四）无法提供")]
    at = next(number for number, line in enumerate(lines) if "本机关不掌握" in line)
    values, below = " ".join(lines[at].split()[-7:]), lines[at + 1]
    assert "没有现成" in below
    moved = "\n".join(parted).format(values, below).splitlines()
    assert asserted("\n".join([*lines[:at], *moved, *lines[at + 2 :]])) == asserted(text)


def test_a_torn_row_of_the_old_form_is_no_row_of_the_new_one():
    text = render(random_report(Random(7), "2019"), "spaces", seed=7, plain=True).text
    line = next(line for line in text.splitlines() if "（六）其他处理" in line)
    values = line.partition("处理")[2]
    header = "申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他"
    torn = f"{header}\n（六）其 {values}\n三、本年度办理结果 他处理"
    assert asserted(text.replace(line, torn)).items() <= asserted(text).items()
