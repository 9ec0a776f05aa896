"""The five sample reports: every cell, agency and year as people read them."""

import json
from pathlib import Path

import pytest

from orchestration.agencies.resolving import resolve
from orchestration.editing import judge_one
from orchestration.intake.containers import open_document
from orchestration.reading import Report, read_report

ROOT = Path(__file__).resolve().parents[2]
TRUTH = json.loads((ROOT / "tests" / "fixtures" / "truth.json").read_text(encoding="utf-8"))


def read(name: str) -> tuple[Report, str]:
    document = open_document((ROOT / "data" / "raw" / name).read_bytes(), name)
    return read_report(document), document.text


def sample(number: str) -> str:
    return next(name for name in TRUTH if name.startswith(number))


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_every_cell_is_as_its_truth(name: str) -> None:
    report, text = read(name)
    truth = TRUTH[name]
    cells = {cell.cell: cell for cell in report.reading.cells}
    assert list(cells) == list(truth["cells"])
    for address, (value, status) in truth["cells"].items():
        cell = cells[address]
        if status == "reported":
            assert (cell.status, float(cell.value)) == ("reported", value), address
            assert cell.raw in text.splitlines()[cell.line - 1]
        else:
            assert cell.status in ("blank", "absent") and cell.value is None, address
    agency = resolve(report.heading, text)
    assert (agency.name, report.heading.year) == (truth["agency"], truth["year"])
    assert agency.name_in_title == truth.get("agency_in_title", truth["agency"])


def test_all_cells_are_counted() -> None:
    statuses = [status for truth in TRUTH.values() for _, status in truth["cells"].values()]
    assert (len(statuses), statuses.count("reported")) == (1000, 953)


def test_a_lost_row_label_is_placed_by_order_under_doubt() -> None:
    report, _ = read(sample("004"))
    row = [cell for cell in report.reading.cells if cell.cell.startswith("requests/denied.state_secret/")]
    assert [cell.status for cell in row] == ["reported"] * 6 + ["absent"]
    assert {(cell.evidence, cell.doubt) for cell in row[:6]} == {("order", "label_lost")}
    totals = [cell for cell in report.reading.cells if cell.cell.endswith("/total") and cell.status == "absent"]
    assert len(totals) == 5


def test_missing_cells_leave_identities_open() -> None:
    report, _ = read(sample("001"))
    values = {cell.cell: cell.value for cell in report.reading.cells if cell.status == "reported"}
    verdicts = [judgement.verdict for judgement in judge_one(report.reading.forms, values)]
    assert (len(verdicts), verdicts.count("holds"), verdicts.count("unverifiable")) == (42, 29, 13)
