"""What printers, converters and typists of other houses do to a report: read as far as it is certain, else in doubt."""

from itertools import pairwise

import pytest
from test_reading_bulk import assert_alike, inventory
from test_reading_habits import judged, printed

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.reading.tables.tables import read_tables


def put(lines: list[str], label: str, after: list[str]) -> list[str]:
    """The lines with others behind the first one that begins with a label."""
    at = next(number for number, line in enumerate(lines) if line.startswith(label))
    return [*lines[: at + 1], *after, *lines[at + 1 :]]


@pytest.mark.parametrize("label", ["规章", "行政规范性文件"])
def test_a_short_row_printed_twice_with_other_values(label: str) -> None:
    values, lines = printed("spaces")
    _, wrong, _ = judged(values, put(lines, label, ["", f"{label} 37 46 38"]))
    assert not wrong


def test_a_row_printed_twice_with_its_values_below() -> None:
    values, lines = printed("one_per_line")
    at = lines.index("4.无正当理由大量反复申请")
    _, wrong, _ = judged(values, [*lines[:at], "3.要求提供公开出版物", *"7654321", *lines[at:]])
    assert not wrong


def test_a_lost_row_is_not_found_in_the_whole_label_of_another() -> None:
    values, lines = printed("tabs")
    first = next(number for number, line in enumerate(lines) if "二、上年结转" in line)
    above = lines[first - 1].split("\t")
    label = next(cell for cell in above if cell)
    told = [cell for cell in above if cell and cell != label]
    doubled = "\t".join([label, label, *told])
    _, wrong, _ = judged(values, [*lines[: first - 1], doubled, *lines[first + 1 :]])
    assert not wrong


@pytest.mark.parametrize("place", [0, 10, 15])
def test_a_cell_too_many_among_those_of_the_disputes(place: int) -> None:
    values, lines = printed("tabs")
    head = next(number for number, line in enumerate(lines) if line.startswith("行政复议"))
    row = next(number for number in range(head, len(lines)) if lines[number][:1].isdecimal())
    padded = [line + "\t" if head <= number < row else line for number, line in enumerate(lines)]
    cells = padded[row].split("\t")
    padded[row] = "\t".join([*cells[:place], "34", *cells[place:]])
    _, wrong, _ = judged(values, padded)
    assert not wrong


def test_a_merged_cell_repeated_beside_an_empty_one() -> None:
    values, lines = printed("tabs", form="2019")
    at = next(number for number, line in enumerate(lines) if line.startswith("政府集中采购"))
    header = ["信息内容\t采购项目数量\t采购总金额\t采购总金额", "政府集中采购\t\t1234.5\t1234.5"]
    _, wrong, _ = judged(
        values | {"disclosure/procurement/amount": 1234.5}, [*lines[: at - 1], *header, *lines[at + 1 :]]
    )
    assert not wrong


@pytest.mark.parametrize(
    "torn", [("行政事业性收费 1,234,567", "              .89"), ("     1,234,", "行政事业性收费 567.8")]
)
def test_an_amount_torn_at_its_point_or_comma(torn: tuple[str, str]) -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("行政事业性收费"))
    _, wrong, _ = judged(values, [*lines[:at], *torn, *lines[at + 1 :]])
    assert not wrong


def test_a_row_printed_twice_of_which_one_holds_marks() -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("2.重复申请"))
    _, wrong, _ = judged(values, [*lines[: at + 1], "2.重复申请 / / / / / / /", *lines[at + 1 :]])
    assert not {
        cell for cell in judged(values, [*lines[:at], "2.重复申请 / / / / / / /", *lines[at:]])[0] if "repeat" in cell
    }
    assert not wrong


@pytest.mark.parametrize("foot", ["- {} -", "第 {} 页", "{}"])
@pytest.mark.parametrize("layout", ["one_per_line", "spaces"])
def test_running_heads_beside_the_numbers_of_pages(foot: str, layout: str) -> None:
    values, lines = printed(layout)
    head = next(line for line in lines if line.strip())
    paged: list[str] = []
    for number, line in enumerate(lines, 1):
        paged += [line, *([foot.format(number // 33), head] if number % 33 == 0 else [])]
    _, wrong, other = judged(values, paged)
    assert not wrong
    assert not other


@pytest.mark.parametrize("layout", ["one_per_line", "wrapped_after", "spaces", "pipe_alone"])
def test_tables_without_their_headings(layout: str) -> None:
    values, lines = printed(layout)
    bare = [line for line in lines if not line.startswith(("二、主动", "三、收到", "四、政府"))]
    assert len(bare) == len(lines) - 3
    _, wrong, other = judged(values, bare)
    assert not wrong
    assert not other


@pytest.mark.parametrize("dash", ["-", " :-: ", ":-"])
def test_the_shortest_rules_of_markdown(dash: str) -> None:
    values, lines = printed("markdown")
    short: list[str] = []
    for before, line in pairwise(line for line in ["", *lines] if not set(line) or set(line) - set("|-: ")):
        rule = [f"|{dash}" * (line.count("|") - 1) + "|"] if "|" in line and "|" not in before else []
        short += [line, *rule]
    assert len(short) > len(lines) - 20
    _, wrong, other = judged(values, short)
    assert not wrong
    assert not other


def test_signs_escaped_for_markdown() -> None:
    values, lines = printed("markdown", form="2019")
    escaped = [
        line.replace("1.", "1\\.").replace("-", "\\-") if "---" not in line and ":-" not in line else line
        for line in lines
    ]
    _, wrong, other = judged(values, escaped)
    assert not wrong
    assert not other


def test_a_number_in_a_note_wrapped_within_its_cell() -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("行政规范性文件"))
    note = ["                            127（其中修订", "行政规范性文件    0       2 件）       298"]
    _, wrong, _ = judged(values, [*lines[:at], *note, *lines[at + 1 :]])
    assert not wrong


def test_a_group_is_not_the_mistyped_label_of_a_row() -> None:
    values, lines = printed("tabs")
    at = next(number for number, line in enumerate(lines) if "予以公开" in line and "\t0" in line)
    denied = next(number for number, line in enumerate(lines) if "（三）不予公开" in line)
    lost = {
        at: "（一）予以公开",
        at + 1: "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        denied: "1.属于国家秘密",
    }
    text = [line.replace(lost.get(number, "\0"), "") for number, line in enumerate(lines)]
    _, wrong, _ = judged(values, text)
    assert not wrong


@pytest.mark.parametrize("label", ["（七）总计", "2.重复申请"])
def test_labels_in_another_order_before_all_values(label: str) -> None:
    values, lines = printed("flattened")
    at = next(number for number, line in enumerate(lines) if line.startswith(label))
    moved = [*lines[:at], *lines[at + 1 :]]
    to = next(number for number, line in enumerate(moved) if line.startswith("（二）部分公开"))
    right, _, _ = judged(values, [*moved[:to], label, *moved[to:]])
    assert not {cell for cell in right if cell.startswith("requests/")}


@pytest.mark.parametrize("mark", ["無", "不適用"])
def test_marks_for_no_value_in_traditional_characters(mark: str) -> None:
    _, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("3.危及"))
    marked = [*lines[:at], " ".join(["3.危及“三安全一稳定”", *[mark] * 7]), *lines[at + 1 :]]
    told = read_tables(open_document("\n".join(marked).encode())).cells
    found = {cell.status for cell in told if "security_and_stability" in cell.cell}
    assert found == {"not_applicable"}


def test_a_number_longer_than_any_is_left_to_the_careful_path_in_bulk() -> None:
    texts = [printed("one_per_line", number)[1] for number in range(20)]
    at = texts[0].index("2.重复申请")
    texts[0][at + 1] = "9" * 20
    assert_alike(inventory([Document("text", "\n".join(text)) for text in texts]))


def test_a_joined_number_beside_one_that_is_split() -> None:
    values, lines = printed("spaces")
    at = next(number for number, line in enumerate(lines) if line.startswith("2.重复申请"))
    text = [*lines[:at], "2.重复申请 80753849 1929 0 0 3314 1 7167", *lines[at + 1 :]]
    _, wrong, _ = judged(values, text)
    assert not wrong


@pytest.mark.parametrize("layout", ["spaces", "tabs"])
def test_a_number_broken_in_two_where_a_column_is_missing(layout: str) -> None:
    """Without its total each row holds six numbers, and the broken one seven again."""
    values, lines = printed(layout)
    low, high = (
        next(at for at, line in enumerate(lines) if title in line) for title in ("三、收到", "四、政府信息公开")
    )
    sign = "\t" if layout == "tabs" else " "
    rows = [at for at in range(low, high) if sum(map(str.isdecimal, lines[at].split()[-7:])) == 7]
    for at in rows:
        lines[at] = lines[at].rstrip().rpartition(sign)[0]
    at = next(at for at in rows if lines[at].split()[-6].isdecimal() and len(lines[at].split()[-6]) > 1)
    *label, first, five, four, three, two, one = lines[at].split()
    lines[at] = sign.join([" ".join(label), first[0], first[1:], five, four, three, two, one])
    _, wrong, _ = judged(values, lines)
    assert rows[2:] and not wrong
    assert_alike(inventory([Document("text", "\n".join(lines))]))


def test_a_merged_cell_repeated_in_each_column_of_its_row() -> None:
    values, lines = printed("tabs")
    at = next(number for number, line in enumerate(lines) if "2.重复申请" in line)
    row = lines[at].split("\t")
    lines[at] = "\t".join([*row[:-7], *["5000005"] * 7])
    _, wrong, _ = judged(values, lines)
    assert not wrong
    assert_alike(inventory([Document("text", "\n".join(lines))]))


def test_marks_with_a_line_each_are_no_rule_of_markdown() -> None:
    _, lines = printed("pipe_trailing")
    at = next(number for number, line in enumerate(lines) if line.startswith("规章"))
    text = "\n".join([*lines[:at], "", "规章 |", *["- |"] * 3, "", *lines[at + 4 :]])
    marked = [cell.status for cell in read_tables(open_document(text.encode())).cells][:3]
    assert marked == ["not_applicable"] * 3
    assert_alike(inventory([Document("text", text)]))
