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
