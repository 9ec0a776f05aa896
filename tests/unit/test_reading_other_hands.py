"""What printers, converters and typists of other houses do to a report: read as far as it is certain, else in doubt."""

import pytest
from test_reading_habits import judged, printed


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
