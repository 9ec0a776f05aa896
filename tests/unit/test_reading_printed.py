"""How texts print numbers and labels, and what stands between their pages: read as if it were not there."""

from __future__ import annotations

import re

import pytest
from test_reading_bulk import assert_alike, inventory
from test_reading_habits import assert_read, printed

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document


@pytest.mark.parametrize(
    ("pattern", "printed_as"),
    [
        (r"(?<=[\d ])(\d)(?=\d)", "\\1\u200b"),
        (r"(?<= )(\d)", "\ufeff\\1"),
        (r"(?<= )(\d[\d.]*)(?!\S)", r"__\1__"),
        (r"(?<= )(\d[\d.]*)(?!\S)", r"*\1*"),
        (r"(?<= )(\d[\d.]*)(?!\S)", r"\1 件"),
        (r"(?m)^(?=[^\n]* \d+$)(?=[（\u4e00-\u9fff])", "- "),
        (r"(?m)^(\S*[\u4e00-\u9fff])(?= \d[\d .]*$)", r"\1 (Item of the form)"),
    ],
)
def test_how_texts_print_numbers_and_labels(pattern: str, printed_as: str) -> None:
    values, lines = printed("spaces")
    start = next(number for number, line in enumerate(lines) if line.startswith("二、"))
    end = next(number for number, line in enumerate(lines) if line.startswith("五、"))
    table = re.sub(pattern, printed_as, "\n".join(lines[start:end]))
    assert table != "\n".join(lines[start:end])
    text = [*lines[:start], *table.split("\n"), *lines[end:]]
    assert_read(values, text)
    assert_alike(inventory([open_document("\n".join(text).encode())]))


def test_entities_for_blanks_in_markdown() -> None:
    values, lines = printed("markdown", style="blanks")
    assert_read(values, [re.sub(r"(?<=\|)\s+(?=\|)", " &nbsp; ", line) for line in lines])


@pytest.mark.parametrize(
    "between",
    [
        ["11/22/26, 12:40 AM                        某县公安局_政府信息公开"],
        ["2024/1/16 下午2:40    某县公安局"],
        ["file:///D:/2022/2.html                        2/4", "11/22/26, 12:40 AM", "某县公安局_政府信息公开"],
        ["ﬁle:///D:/2022/2.html 2/4"],
        ["https://www.example.gov.cn/art/2024/1/16/art_12_99.html"],
        ["Page 8 - 2022年政府信息公开工作年度报告", "P. 8"],
        ["=== Page 8 ==="],
        ["（第8页）"],
        ["---"],
        ["8 of 9"],
        ["某县人民政府 2023-01-15 14:20:33"],
    ],
)
def test_what_browsers_and_flip_books_print_between_pages(between: list[str]) -> None:
    for words, width in (("行政许可", 1), ("（二）部分公开", 7), ("5.属于三类", 7), ("四、结转下年度", 7)):
        values, lines = printed("one_per_line")
        at = next(number for number, line in enumerate(lines) if line.startswith(words)) + width
        lines[at + 1 : at + 1] = between
        assert_read(values, lines)
        assert_alike(inventory([Document("text", "\n".join(lines))]))


def test_a_number_of_a_label_at_the_end_of_its_line() -> None:
    values, lines = printed("spaces")
    text = "\n".join(lines).replace("保留4位小数", "保留 4\n位小数")
    assert "保留 4\n" in text
    assert_read(values, text.split("\n"))


@pytest.mark.parametrize("layout", ["one_per_line", "spaces", "pipe_trailing"])
@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (
            "三、收到和处理政府信息公开申请情况",
            "2023年，本年新收政府信息公开申请51件，上年结转8件，予以公开2件，部分公开6件，不予公开9件，结转下年度继续办理8件。",
        ),
        (
            "四、政府信息公开行政复议、行政诉讼情况",
            "因政府信息公开被申请行政复议51件，其中结果维持8件，结果纠正2件；行政诉讼6件，尚未审结9件。",
        ),
    ],
)
def test_sentences_between_a_heading_and_its_table(layout: str, heading: str, told: str) -> None:
    values, lines = printed(layout)
    at = next(number for number, line in enumerate(lines) if line.startswith(heading))
    lines.insert(at + 1, told)
    assert_read(values, lines)
    assert_alike(inventory([Document("text", "\n".join(lines))]))
