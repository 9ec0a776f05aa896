"""A label that stands out of the order of the form: with which of the rows between it was exchanged, no text tells."""

from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import render


def asserted(text: str) -> set[str]:
    cells = read_report(open_document(text.encode(), "report.md")).reading.cells
    return {c.cell.rpartition("/")[0] for c in cells if c.status == "reported" and c.doubt is None}


def exchanged(one: str, two: str) -> str:
    """A report in which two labels of the request or disclosure table stand for one another."""
    text = render(random_report(Random(3), "2021"), "markdown", seed=3, plain=True).text
    assert text.count(f" {one} |") == text.count(f" {two} |") == 1
    return text.replace(f" {one} |", " ~ |").replace(f" {two} |", f" {one} |").replace(" ~ |", f" {two} |")


@pytest.mark.parametrize(
    ("one", "two", "rows"),
    [
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            ("requests/denied.state_secret", "requests/denied.prohibited_by_law"),
        ),
        ("行政处罚", "行政强制", ("disclosure/penalties", "disclosure/coercive_measures")),
        ("规章", "行政规范性文件", ("disclosure/rules", "disclosure/normative_documents")),
    ],
)
def test_rows_whose_labels_may_be_exchanged_are_in_doubt(one, two, rows):
    fine, found = asserted(exchanged(one, one)), asserted(exchanged(one, two))
    assert fine >= set(rows)
    assert not found & set(rows)
    assert len(fine - found) == len(rows)  # no other row


def test_all_rows_between_the_two_places_are_in_doubt():
    fine, found = (asserted(exchanged("1.属于国家秘密", two)) for two in ("1.属于国家秘密", "4.保护第三方合法权益"))
    lost = {row.removeprefix("requests/denied.") for row in fine - found}
    assert {"state_secret", "third_party_rights"} <= lost
    lost.discard("requests/partially_granted")  # its values may go on where the next row was not found
    assert lost <= {"state_secret", "prohibited_by_law", "security_and_stability", "third_party_rights"}


def test_a_row_that_stands_far_from_its_place_leaves_the_others_alone():
    lines = render(random_report(Random(3), "2021"), "markdown", seed=3, plain=True).text.splitlines()
    fine = asserted("\n".join(lines))
    at, to = (next(n for n, line in enumerate(lines) if label in line) for label in ("2.重复申请", "（一）予以公开"))
    lines.insert(to, lines.pop(at))
    assert fine - asserted("\n".join(lines)) == {"requests/not_processed.repeat"}


def lines_of(layout: str) -> list[str]:
    return render(random_report(Random(3), "2021", style="medium"), layout, seed=3, plain=True).text.splitlines()


def test_one_row_beside_its_values_is_in_doubt_where_all_others_stand_before_their_labels():
    lines = lines_of("values_first")
    at = lines.index("3.要求提供公开出版物")
    joined = [*lines[:at], f"{lines[at]} {lines[at + 1]}", *lines[at + 2 :]]  # the values of the next row
    assert "requests/not_processed.publication" in asserted("\n".join(lines))
    assert not any(row.startswith("requests/") for row in asserted("\n".join(joined)))


def test_values_of_two_rows_behind_the_label_of_one_are_both_in_doubt():
    text = render(random_report(Random(3), "2019", style="medium"), "flattened", seed=3, plain=True).text
    lines = [line for line in text.splitlines() if line.strip()]
    assert "disclosure/other_services" in asserted("\n".join(lines))
    at = lines.index("其他对外管理服务事项")
    lost = next(number for number in range(at, 0, -1) if lines[number].startswith("第二十条"))
    damaged = "\n".join([*lines[: lost - 1], *lines[at:]])  # a row of values, and the header and label below it
    assert not {row for row in asserted(damaged) if row in ("disclosure/other_services", "disclosure/penalties")}
