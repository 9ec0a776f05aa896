"""A cell lost from a drawn row moves those behind it; one too many does too: neither is read in silence."""

from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render


def report() -> str:
    return render(random_report(Random(3)), "markdown", seed=3, plain=True).text


def asserted(text: str) -> dict:
    cells = read_report(open_document(text.encode(), "report.md")).reading.cells
    return {c.cell: c.value for c in cells if c.status == "reported" and c.doubt is None}


def changed(text: str, label: str, change) -> str:
    line = next(line for line in text.splitlines() if label in line and line.startswith("|"))
    return text.replace(line, "|".join(change(line.split("|"))))


@pytest.mark.parametrize(
    ("label", "row"), [("重复申请", "requests/not_processed.repeat"), ("规范性文件", "disclosure/normative_documents")]
)
@pytest.mark.parametrize("lost", [2, 3])
def test_a_row_that_ends_in_an_empty_cell_where_no_other_does_may_be_shifted(label, row, lost):
    text = report()
    cells = asserted(changed(text, label, lambda parts: [*parts[:-lost], *parts[1 - lost : -1], " ", ""]))
    assert not any(cell.startswith(row + "/") for cell in cells)
    assert cells.items() <= asserted(text).items()
    assert cells.keys() & {"requests/granted/total", "requests/not_processed.publication/total"}


@pytest.mark.parametrize(
    ("label", "row", "width"),
    [("重复申请", "requests/not_processed.repeat", 7), ("规范性文件", "disclosure/normative_documents", 3)],
)
def test_a_row_that_begins_with_an_empty_cell_where_no_other_does_may_be_shifted(label, row, width):
    text = report()
    cells = asserted(changed(text, label, lambda parts: [*parts[: -width - 1], " ", *parts[-width - 1 : -2], ""]))
    assert not any(cell.startswith(row + "/") for cell in cells)
    assert cells.items() <= asserted(text).items()


def test_an_empty_cell_is_no_sign_where_others_are_empty():
    text = report()
    for label, gap in (("重复申请", -8), ("属于国家秘密", -5)):
        text = changed(text, label, lambda parts, at=gap: [*parts[:at], " ", *parts[at + 1 :]])
    assert "requests/not_processed.repeat/total" in asserted(text)


def test_empty_totals_in_all_rows_are_the_manner_of_the_report():
    text = report()
    first = next(line for line in text.splitlines() if line.startswith("| 一、本年新收"))
    start = text.index(first)
    rows = text[start : text.index("\n\n", start)]
    empty = "\n".join("|".join([*line.split("|")[:-2], " ", ""]) for line in rows.splitlines())
    cells = asserted(text.replace(rows, empty))
    assert "requests/granted/natural_person" in cells
    assert "requests/granted/total" not in cells


def moved(text: str, label: str, change) -> str:
    """The values of all rows of the table that begins with a label, without a cell of it, and changed."""
    start = text.index(next(line for line in text.splitlines() if line.startswith(f"| {label}")))
    rows = text[start : text.index("\n\n", start)]
    return text.replace(rows, "\n".join("|".join(change(line.split("|"))) for line in rows.splitlines()))


@pytest.mark.parametrize("lost", range(2, 8))
def test_a_column_lost_from_all_rows_is_told_by_the_totals_in_the_column_before(lost):
    text = report()
    cells = asserted(moved(text, "一、本年新收", lambda parts: [*parts[: -lost - 1], *parts[-lost:-1], " ", ""]))
    assert not any(cell.startswith("requests/") for cell in cells)
    assert any(cell.startswith("disclosure/") for cell in cells)


@pytest.mark.parametrize("lost", range(3, 8))
def test_a_column_lost_from_all_rows_is_told_by_empty_cells_before_the_others(lost):
    text = report()
    change = moved(text, "一、本年新收", lambda parts: [*parts[:-8], " ", *parts[-8 : -lost - 1], *parts[-lost:]])
    assert not any(cell.startswith("requests/") for cell in asserted(change))


def disputes(groups: str) -> dict:
    """The cells of the dispute table that are asserted, where this row of cells stands."""
    text = report()
    start = next(line for line in text[text.index("行政复议、行政诉讼情况") :].splitlines() if line[-3:-2].isdigit())
    return {cell: v for cell, v in asserted(text.replace(start, groups)).items() if cell.startswith("disputes/")}


def test_an_empty_cell_at_an_end_of_the_dispute_row_is_told_by_its_sums():
    fine = "| | 2 | | | 2 | 1 | | | | 1 | | 3 | | 1 | 4 |"
    assert len(disputes(fine)) == 7
    assert not disputes("| | | 2 | | | 2 | 1 | | | | 1 | | 3 | | 1 |")  # one too many
    assert not disputes("| | 2 | | | 2 | 1 | | | 1 | | 3 | | 1 | 4 | |")  # one lost
    assert not disputes("| 0 | 2 | 0 | 0 | 2 | 1 | 0 | 0 | 1 | 0 | 3 | 0 | 1 | 4 | |")
    assert not disputes("| | 2 | 0 | 0 | 2 | 1 | 0 | 0 | 1 | 0 | 3 | 0 | 1 | 4 | 0 |")
    assert len(disputes("| 1 | 2 | | | | | | | | | 1 | 3 | | 1 | |")) == 5  # no total at all


def test_a_value_too_many_is_no_column_of_the_agency_without_a_header():
    text = report()
    wider = "\n".join(line + " |" if line.startswith("|") else line for line in text.splitlines())
    line = next(line for line in wider.splitlines() if "重复申请" in line and line.startswith("|"))
    parts = line.split("|")
    more = "|".join([*parts[:-3], " 7 ", *parts[-3:-2], ""])
    cells = asserted(wider.replace(line, more))
    assert cells.items() <= asserted(text).items()


def test_an_empty_cell_below_a_header_without_one_column_may_stand_for_it():
    text = report()
    rows = [line for line in text.splitlines() if line.startswith("|") and line.count("|") > 8]
    narrow = [line.replace(" 科研机构 |", "") + " |" if "科研机构" in line else line for line in rows]
    moved = [
        "|".join([*p[:-6], *p[-5:-1], " ", ""]) if (p := line.split("|"))[-2].strip().isdigit() else line
        for line in narrow
    ]
    for old, new in zip(rows, moved, strict=True):
        text = text.replace(old, new)
    cells = asserted(text)
    assert not any(cell.startswith("requests/") for cell in cells)
    assert any(cell.startswith("disclosure/") for cell in cells)
