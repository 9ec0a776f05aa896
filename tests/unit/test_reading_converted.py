"""Texts as common converters write them: grids drawn with borders, tabs doubled, merged cells lost, numbers wrapped."""

from __future__ import annotations

from random import Random

import pytest
from test_reading_bulk import assert_alike, inventory

from orchestration.intake.document import Document
from orchestration.reading.tables.tables import read_tables
from tests.rendering.model import random_report
from tests.rendering.render import render


def _lines(layout: str, number: int = 0, style: str = "large") -> tuple[dict, list[str]]:
    """The values of a plain report of the current form, and its lines."""
    report = random_report(Random(f"converted/{number}"), "2021", style)
    return report.values, render(report, layout, (), 7, plain=True).text.split("\n")


def _judged(values: dict, lines: list[str]) -> tuple[set[str], set[str], set[str]]:
    """The addresses of cells asserted right, asserted wrong, and the others."""
    right, wrong, other = set(), set(), set()
    for cell in read_tables(Document("text", "\n".join(lines))).cells:
        sure = cell.status == "reported" and not cell.doubt
        (other if not sure else right if cell.value == values[cell.cell] else wrong).add(cell.cell)
    return right, wrong, other


def _at(lines: list[str], words: str) -> int:
    return next(number for number, line in enumerate(lines) if words in line)


def test_borders_between_cells_beside_one_that_covers_several_rows() -> None:
    values, lines = _lines("markdown")
    at = _at(lines, "| 结果维持 |")
    lines[at + 1 : at + 1] = ["|      |      |      |      |      +------+------+------+------+------+"]
    assert not any(map(len, _judged(values, lines)[1:]))


def test_doubled_tabs() -> None:
    values, lines = _lines("tabs")
    assert not any(map(len, _judged(values, [line.replace("\t", "\t\t") for line in lines])[1:]))


def test_values_beside_a_label_that_lost_the_merged_cell_before_it() -> None:
    values, lines = _lines("tabs")
    at = _at(lines, "6.属于四类过程性信息")
    assert lines[at].startswith("\t")
    lines[at] = lines[at][1:] + "\t"
    assert not any(map(len, _judged(values, lines)[1:]))


def test_a_header_that_lost_its_merged_cell_tells_no_columns() -> None:
    values, lines = _lines("markdown")
    for words in ("| 自然人 |", "| 商业企业 |"):
        at = _at(lines, words)
        lines[at] = "| " + lines[at].lstrip("| ")
    at = _at(lines, "本年新收")
    lines[at] = lines[at].rstrip(" |") + " |  |"
    right, wrong, _ = _judged(values, lines)
    assert not wrong
    assert {address for address in right if "/received/" in address}


def _number(values: dict, lines: list[str], words: str, row: str) -> tuple[int, str]:
    """The line of a row and its first value, which is made a long one, printed in the first and the last column."""
    at = _at(lines, words)
    label, *_ = lines[at].split()
    values.update({address: 0 for address in values if address.startswith(f"{row}/")})
    values[f"{row}/natural_person"] = values[f"{row}/total"] = 39777
    lines[at] = f"{label} 39777 0 0 0 0 0 39777"
    return at, label


@pytest.mark.parametrize("rest", ["7 7", "            7                    7"])
def test_the_rests_of_wrapped_numbers_on_the_next_line(rest: str) -> None:
    values, lines = _lines("spaces")
    at, label = _number(values, lines, "（七）总计", "requests/processed_total")
    lines[at : at + 1] = [f"{label} 3977 0 0 0 0 0 3977", rest]
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert {address for address in other if "/processed_total/" in address}


def test_rests_of_wrapped_numbers_that_look_like_the_numbers_of_pages() -> None:
    values, lines = _lines("spaces")
    values["disclosure/licences/decisions"], values["disclosure/penalties/decisions"] = 23794, 94965
    for words, parts in (("行政许可 ", ("2379", "4")), ("行政处罚 ", ("9496", "5"))):
        at = _at(lines, words)
        lines[at : at + 1] = [f"{words}{parts[0]}", parts[1]]
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert {"disclosure/licences/decisions", "disclosure/penalties/decisions"} <= other


def test_the_rest_of_a_wrapped_number_glued_to_the_next_label() -> None:
    values, lines = _lines("spaces")
    at, below = _at(lines, "行政处罚 "), _at(lines, "行政强制 ")
    values["disclosure/penalties/decisions"] = 23799
    lines[at] = "行政处罚 2379"
    lines[below] = f"9{lines[below]}"
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert "disclosure/penalties/decisions" in other


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("行政处罚 23799", ""),
        ("行政处罚 2379", "9"),
        ("行政处罚 279", "1"),
        ("行政处罚 2379", "1."),
        ("行政处罚 2379", "11."),
    ],
)
def test_glued_digits_are_read_alike_in_bulk(before: str, behind: str) -> None:
    reports = []
    for number in range(20):
        _, lines = _lines("spaces", number, "small")
        at, below = _at(lines, "行政处罚 "), _at(lines, "行政强制 ")
        lines[at], lines[below] = before, f"{behind}{lines[below]}"
        reports.append(Document("text", "\n".join(lines)))
    assert_alike(inventory(reports))


def test_values_between_the_parts_of_a_label() -> None:
    values, lines = _lines("spaces")
    at = _at(lines, "5.属于三类内部事务信息")
    label, *numbers = lines[at].split()
    lines[at : at + 1] = [f"{label[:5]} {' '.join(numbers[:3])}", f"{label[5:]} {' '.join(numbers[3:])}"]
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert {address for address in other if "/denied.internal_affairs/" in address}


@pytest.mark.parametrize("lengths", [(1, 2, 4), (2, 1, 1, 3)])
def test_values_on_ragged_lines(lengths: tuple[int, ...]) -> None:
    values, lines = _lines("spaces")
    at = _at(lines, "5.属于三类内部事务信息")
    label, *numbers = lines[at].split()
    lines[at : at + 1] = [label, *(" ".join(numbers.pop(0) for _ in range(length)) for length in lengths)]
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert {address for address in other if "/denied.internal_affairs/" in address}


def test_dispute_values_on_ragged_lines() -> None:
    values, lines = _lines("spaces")
    at = max(number for number, line in enumerate(lines) if len(line.split()) >= 15 and line.split()[-1].isdigit())
    numbers = lines[at].split()[-15:]
    lines[at : at + 1] = [
        " ".join(numbers[:1]),
        " ".join(numbers[1:3]),
        *numbers[3:8],
        " ".join(numbers[8:10]),
        *numbers[10:],
    ]
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert {address for address in other if address.startswith("disputes/")}


@pytest.mark.parametrize(
    ("columns", "doubted"),
    [
        (("本年制发件数", "本年废止件数", "现行有效件数"), False),
        (("本年废止件数", "本年制发件数", "现行有效件数"), True),
    ],
)
def test_a_header_of_the_disclosure_table_wrapped_cell_beside_cell(columns: tuple[str, ...], doubted: bool) -> None:
    values, lines = _lines("spaces")
    at = _at(lines, "本年制发件数")
    cells = ("信息内容", *columns)
    lines[at : at + 1] = [" ".join(name[:3] for name in cells), " ".join(name[3:] for name in cells)]
    _, _, other = _judged(values, lines)
    rules = {address for address in values if address.startswith("disclosure/rules/")}
    assert rules <= other if doubted else not other


def test_dispute_values_one_per_line_below_a_header_printed_column_by_column() -> None:
    values, lines = _lines("one_per_line")
    assert not any(map(len, _judged(values, lines)[1:]))
    at = max(number for number, line in enumerate(lines) if line.strip() == "尚未审结")
    lines[at : at + 1] = ["尚", "未 总", "审 计", "结"]
    _, wrong, other = _judged(values, lines)
    assert not wrong
    assert {address for address in other if address.startswith("disputes/")}


@pytest.mark.parametrize(
    ("words", "row"),
    [("2.没有现成信息需要另行制作", "unable.needs_creation"), ("四、结转下年度继续办理", "carried_out")],
)
def test_a_number_at_which_the_text_is_cut_off(words: str, row: str) -> None:
    values, lines = _lines("spaces")
    at = _at(lines, words)
    label, *numbers = lines[at].split()
    values[f"requests/{row}/total"] = 12345
    kept = [*lines[:at], " ".join([label, *numbers[:-1], "123"])]
    _, wrong, _ = _judged(values, kept)
    assert not wrong
    _, wrong, _ = _judged(values, [*kept, ""])
    assert wrong == {f"requests/{row}/total"}  # where its line ends, nothing tells


def test_a_text_that_ends_with_a_number_is_read_alike_in_bulk() -> None:
    reports = []
    for number in range(20):
        _, lines = _lines("spaces", number, "small")
        last = max(at for at, line in enumerate(lines) if len(line.split()) >= 15 and line.split()[-1].isdigit())
        reports.append(Document("text", "\n".join(lines[: last + 1])))
    assert_alike(inventory(reports))
    cells = read_tables(reports[0]).tables["disputes"].cells
    assert {cell.doubt for cell in cells} == {"row_uncertain"}


def test_sounds_behind_characters_in_traditional_form() -> None:
    sounds = {
        "规章": "規(guī)章",
        "数量": "數(shù)量",
        "处理": "處(chù)理",
        "机构": "機(jī)構(gòu)",
        "务": "務(wù)",
        "确认": "確(què)認(rèn)",
    }
    texts = []
    for layout in ("one_per_line", "spaces", "markdown", "pipe_alone"):
        values, lines = _lines(layout)
        for words, said in sounds.items():
            lines = [line.replace(words, said) for line in lines]
        assert not any(map(len, _judged(values, lines)[1:]))
        texts.append("\n".join(lines))
    assert_alike(inventory([Document("text", text) for text in texts]))
