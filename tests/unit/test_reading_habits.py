"""What agencies put into the tables of the form, and how texts print their numbers: read right, or in doubt."""

from __future__ import annotations

import re
from random import Random

import pytest
from test_reading_bulk import assert_alike, inventory

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.reading.tables.tables import read_tables
from tests.rendering.model import random_report
from tests.rendering.render import render

NUMBER = re.compile(r"\d[\d.]*")


def printed(layout: str, number: int = 0, style: str = "large", form: str = "2021") -> tuple[dict, list[str]]:
    """The values of a plain report, and its lines."""
    report = random_report(Random(f"habits/{number}"), form, style)
    return report.values, render(report, layout, (), 7, plain=True).text.replace("\u3000", " ").split("\n")


def page(lines: list[str]) -> bytes:
    """A web page of a Markdown text, its tables drawn cell by cell."""
    html = []
    for line in lines:
        if line.startswith("|"):
            cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.strip()[1:-1].split("|"))
            html.append("" if set(line) <= set("|-: ") else f"<tr>{cells}</tr>")
        else:
            html.append(f"<p>{line}</p>" if line.strip() else "")
    tables = re.sub(r"((?:<tr>.*</tr>\n*)+)", r"<table>\1</table>\n", "\n".join(html))
    return f"<!DOCTYPE html><html><body>{tables}</body></html>".encode()


def judged(values: dict, text: list[str] | bytes) -> tuple[set[str], set[str], set[str]]:
    """The addresses of cells asserted right, asserted wrong, and the others that should hold a number."""
    document = open_document(text if isinstance(text, bytes) else "\n".join(text).encode())
    right, wrong, other = set(), set(), set()
    for cell in read_tables(document).cells:
        sure, value = cell.status == "reported" and not cell.doubt, values[cell.cell]
        if sure:
            (right if cell.value == value else wrong).add(cell.cell)
        elif value is not None:
            other.add(cell.cell)
    return right, wrong, other


def assert_read(values: dict, text: list[str] | bytes) -> None:
    assert not any(map(len, judged(values, text)[1:]))


def assert_in_doubt(values: dict, text: list[str] | bytes, *addresses: str) -> None:
    _, wrong, other = judged(values, text)
    assert not wrong
    assert set(addresses) <= other


def rows_of(lines: list[str], words: str, last: str) -> range:
    at = next(number for number, line in enumerate(lines) if words in line and "|" in line)
    return range(at, next(number for number in range(at, len(lines)) if last in lines[number]) + 1)


def with_column(lines: list[str], place: int, head: str, held: list[str]) -> list[str]:
    """The request table in Markdown with one more column; ``place`` counts the cells before it."""
    rows = rows_of(lines, "自然人", "四、结转下年度")
    found = list(lines)
    for number in rows:
        cells = lines[number].strip()[1:-1].split("|")
        cells[place:place] = [head if number == rows[0] else held[number % len(held)] if number > rows[1] else ""]
        found[number] = f"|{'|'.join(cells)}|"
    at = rows[0] - 1
    while lines[at].startswith("|"):
        cells = lines[at].strip()[1:-1].split("|")
        cells[place:place] = [cells[0] if set(cells[0]) <= set("-: ") else ""]
        found[at] = f"|{'|'.join(cells)}|"
        at -= 1
    return found


@pytest.mark.parametrize("style", ["large", "blanks"])
@pytest.mark.parametrize(("place", "head", "held"), [(10, "备注", ["", "2", "见附件"]), (3, "单位", ["件"])])
@pytest.mark.parametrize("drawn", [page, list])
def test_a_column_of_the_agency_s_own(drawn, place: int, head: str, held: list[str], style: str) -> None:
    for number in range(4):
        values, lines = printed("markdown", number, style)
        assert_read(values, drawn(with_column(lines, place, head, held)))


def test_a_header_that_has_moved_is_no_column_of_the_agency_s_own() -> None:
    values, lines = printed("tabs", 2, "large", "2019")
    heads = [number for number, line in enumerate(lines) if "上一年项目数量" in line]
    lines[heads[-1]], lines[heads[-1] + 1] = "\t" + lines[heads[-1]], lines[heads[-1] + 1] + "\t"
    assert_read(values, lines)


def test_a_column_without_a_name_is_in_doubt() -> None:
    values, lines = printed("markdown", 1, "blanks")
    _, wrong, _ = judged(values, page(with_column(lines, 10, "", ["", "2", "15"])))
    assert not wrong


@pytest.mark.parametrize("style", ["large", "blanks"])
@pytest.mark.parametrize(("place", "head", "held"), [(0, "年度", "2023"), (15, "合计", "18")])
@pytest.mark.parametrize("drawn", [page, list])
def test_a_column_beside_the_results(drawn, place: int, head: str, held: str, style: str) -> None:
    for number in range(4):
        values, lines = printed("markdown", number, style)
        rows = [at for at, line in enumerate(lines) if line.startswith("|") and line.count("|") == 16]
        for at in rows:
            cells = lines[at].strip()[1:-1].split("|")
            cells[place:place] = [
                "---" if "---" in cells[0] else head if at == rows[0] else held if at == rows[-1] else ""
            ]
            lines[at] = f"|{'|'.join(cells)}|"
        assert_read(values, drawn(lines))


def test_channels_in_another_order() -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if "未经复议直接起诉" in line)
    swapped = re.sub("(未经复议直接起诉)(.*)(复议后起诉)", r"\3\2\1", " ".join(lines[at : at + 2]))
    assert swapped.index("复议后起诉") < swapped.index("未经复议直接起诉")
    channels = {address for address in values if address.startswith("disputes/")}
    assert_in_doubt(values, [*lines[:at], swapped, *lines[at + 2 :]], *channels)


def test_two_years_of_which_one_is_empty() -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("一、本年新收"))
    lines[at - 1] += " 上年 本年 上年 本年 上年 本年 上年 本年 上年 本年 上年 本年 上年 本年"
    received = {address for address in values if "/received/" in address}
    assert_in_doubt(values, lines, *received)


def test_years_below_the_columns_of_a_drawn_header() -> None:
    values, lines = printed("markdown", style="blanks")
    values["disclosure/coercive_measures/decisions"] = None
    at = next(number for number, line in enumerate(lines) if "| 行政处罚 |" in line)
    width = lines[at].count("|") - 3
    lines[at + 1] = f"| 行政强制 |  | 38 |{'  |' * (width - 1)}"
    lines.insert(at, f"|  | 本年 | 上年 |{'  |' * (width - 1)}")
    assert not judged(values, lines)[1]


def test_a_row_that_is_whole_by_chance_where_others_are_too_long() -> None:
    values, lines = printed("spaces", style="small")
    rows = [at for at, line in enumerate(lines) if re.search(r"(?:\s\d+){7}$", line)]
    for at in rows[1:]:
        lines[at] += " 1 2"
    received = {address for address in values if "/received/" in address}
    assert_in_doubt(values, lines, *received)


def test_digits_that_stand_apart() -> None:
    values, lines = printed("spaces", style="zero")
    lines = [re.sub(r"\d+\.\d+$", "0", line) for line in lines]
    at = next(number for number, line in enumerate(lines) if "1.属于国家秘密" in line)
    lines[at] = re.sub(r"(?:\s\d+){7}$", " 5 2 5 1 5 2 6", lines[at])
    lines[at + 4] = re.sub(r"(?:\s\d+){7}$", " 1 2 1 0 1 2 1 1 3", lines[at + 4])
    lines[at + 2] = re.sub(r"(?:\s\d+){7}$", " 1 1", lines[at + 2])
    denied = {address for address in values if "/denied.state_secret/" in address}
    assert_in_doubt(values, lines, *denied)


def test_the_sum_of_a_group_is_not_that_of_the_row_above() -> None:
    values, lines = printed("spaces")
    values.update(dict.fromkeys(address for address in values if "/unable.still_unclear/" in address))
    at = next(number for number, line in enumerate(lines) if line.startswith("3.补正后"))
    label = next(number for number in range(at + 1, len(lines)) if "（五）不予处理" in lines[number])
    below = lines[label].replace("（五）不予处理", "").strip()
    lines[label : label + 1] = ["（五）不予处理 17 36 17 96 12 79 257", *([below] if below else [])]
    lines[at] = lines[at].split(" ")[0]
    assert not judged(values, lines)[1]


def test_two_labels_in_one_cell() -> None:
    values, lines = printed("markdown")
    at = next(number for number, line in enumerate(lines) if "| 行政处罚 |" in line)
    values["disclosure/penalties/decisions"] = 8
    lines[at : at + 2] = [lines[at].replace("行政处罚", "行政处罚<br>行政强制")]
    lines[at] = NUMBER.sub("8", lines[at])
    assert not judged(values, lines)[1]


@pytest.mark.parametrize("point", [".", "．"])
def test_a_point_for_the_comma_of_thousands(point: str) -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("行政许可 "))
    lines[at] = f"行政许可 12{point}345"
    values["disclosure/licences/decisions"] = 12345
    assert_in_doubt(values, lines, "disclosure/licences/decisions")
    assert_alike(inventory([Document("text", "\n".join(lines))]))


def test_rows_that_are_numbered() -> None:
    values, lines = printed("spaces")
    for number, words in enumerate(("行政许可", "行政处罚", "行政强制"), 5):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{words} "))
        lines[at] = f"{number} {lines[at]}"
        if words == "行政强制":
            lines[at] = f"{number} {words}"
            values["disclosure/coercive_measures/decisions"] = None
    assert not judged(values, lines)[1]


def test_values_of_disputes_between_the_labels_of_others() -> None:
    values, lines = printed("spaces", style="small")
    at = next(number for number, line in enumerate(lines) if line.startswith("四、政府信息公开行政复议"))
    end = next(number for number, line in enumerate(lines) if line.startswith("五、"))
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    channels = ["行政复议", "行政诉讼", *results, "未经复议直接起诉", "复议后起诉", *results]
    given = [str(number) for number in range(11, 26)]
    lines[at + 1 : end] = [*channels, given[0], *results[:-1], *given[1:5], results[-1], *given[5:]]
    values.update({address: None for address in values if address.startswith("disputes/")})
    assert not judged(values, lines)[1]


def without_places(lines: list[str], bar: str) -> list[str]:
    """The request table without empty places for merged cells, its cells parted by bars that close nothing."""
    rows = rows_of(lines, "一、本年新收", "四、结转下年度")
    found = [line.strip()[1:-1] if line.startswith("|") else line for line in lines]
    for number in rows:
        cells = [cell.strip() for cell in found[number].split("|")]
        found[number] = bar.join([*(cell for cell in cells[:-7] if cell), *cells[-7:]])
    return found


@pytest.mark.parametrize("bar", ["| ", "\t"])
def test_rows_that_are_all_as_long_as_the_form(bar: str) -> None:
    for number in range(4):
        values, lines = printed("markdown", number, "blanks")
        plain = without_places(lines, bar)
        assert not judged(values, plain)[2] & {address for address in values if address.startswith("requests/")}
        assert not judged(values, plain)[1]
        at = next(at for at, line in enumerate(plain) if "（七）总计" in line)
        cells = plain[at].split(bar)
        plain[at] = bar.join([*cells[:2], *cells[3:]])  # one is lost, and no row is certain
        assert not judged(values, plain)[1]
        assert_alike(inventory([Document("text", "\n".join(plain))]))


def test_a_header_printed_again_divides_no_columns() -> None:
    values, lines = printed("markdown_repeated")
    at = next(number for number, line in enumerate(lines) if line.startswith("| 行政许可 |"))
    again = next(line for line in lines if line.startswith("| 第二十条第（一）项 |"))
    assert_read(values, [*lines[:at], again, *lines[at:]])


def test_a_change_may_be_told_by_a_word() -> None:
    texts = []
    for layout in ("spaces", "one_per_line", "markdown", "tabs", "pipe_alone"):
        values, lines = printed(layout, style="small", form="2019")
        first, second = (f"disclosure/{row}/change" for row in ("licences", "penalties"))
        text = "\n".join(lines)
        for address, words in ((first, "增加5"), (second, "减少7项")):
            row = {"licences": "行政许可", "penalties": "行政处罚"}[address.split("/")[1]]
            before = [values[address.rsplit("/", 1)[0] + end] for end in ("/previous_items", "/change")]
            found = re.compile(rf"({row}[^\d+-]+{before[0]}[^\d+-]+)[+]?{before[1]}(?!\d)")
            text, count = found.subn(rf"\g<1>{words}", text, count=1)
            assert count
        values[first], values[second] = 5, -7
        assert_read(values, text.split("\n"))
        texts.append(text)
    assert_alike(inventory([Document("text", text) for text in texts]))


def test_such_a_word_elsewhere_is_in_doubt() -> None:
    values, lines = printed("spaces", style="small")
    at = next(number for number, line in enumerate(lines) if line.startswith("行政许可"))
    lines[at] = "行政许可 增加5"
    values["disclosure/licences/decisions"] = 5
    assert_in_doubt(values, lines, "disclosure/licences/decisions")
