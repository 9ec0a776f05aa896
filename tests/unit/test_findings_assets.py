"""What the assets of editing rest on: what makes them stale, and the notes that stand beside their rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from orchestration.assets import metadata
from orchestration.assets.findings import proved
from orchestration.assets.metadata import code_version, file_version
from orchestration.editing.review.exceptions import KnownException
from orchestration.editing.review.notes import REVIEW_NOTES, notes_on_cells, notes_on_checks
from orchestration.editing.review.reviews import ReviewDecision
from orchestration.editing.schema import DERIVED_CELLS

DECIDED = {"decided_by": "审核员", "decided_on": date(2024, 5, 1), "why": "原件", "citation": "来函"}
HEADINGS = pl.DataFrame(
    {"report_id": ["r1", "r2"], "agency_name": ["甲市人民政府", "乙县财政局"], "year": [2022, 2022]},
    {"report_id": pl.String, "agency_name": pl.String, "year": pl.Int16},
)


def decision(name: str, report_id: str, **told: object) -> ReviewDecision:
    empty = dict.fromkeys(("agency_name", "year", "cell", "identity", "member", "decided_value"))
    return ReviewDecision(**{"decision_id": name, "report_id": report_id, **empty, **DECIDED, **told})


def checks(*rows: tuple[str, str, str, str]) -> pl.LazyFrame:
    names = ["report_id", "identity", "member", "verdict"]
    return pl.LazyFrame(rows, names, orient="row").with_columns(year=pl.lit(2022, pl.Int16))


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with one module and one file of each kind of seed."""
    seeds = tmp_path / "dbt_project" / "seeds"
    files = ("form/rows.csv", "reviews/review_decisions.csv", "reference/known_exceptions.csv", "reference/roster.csv")
    for path in (*(seeds / name for name in files), tmp_path / "orchestration" / "form" / "a.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    monkeypatch.setattr(metadata, "CHECKOUT", tmp_path)
    monkeypatch.setattr(metadata, "SEEDS", seeds)
    monkeypatch.setattr(metadata, "REVIEWED", (seeds / "reviews", seeds / "reference" / "known_exceptions.csv"))
    code_version.cache_clear()
    yield seeds
    code_version.cache_clear()


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ("reviews/review_decisions.csv", False),
        ("reference/known_exceptions.csv", False),
        ("reference/roster.csv", True),
        ("form/rows.csv", True),
    ],
)
def test_a_review_makes_nothing_stale(checkout, changed, stale):
    before, file_before = code_version("form"), file_version(checkout / changed)
    (checkout / changed).write_text("2")
    code_version.cache_clear()
    assert (code_version("form") != before) is stale
    assert file_version(checkout / changed) != file_before


def test_notes_on_checks_are_of_those_spoken_of_only():
    rows = checks(
        ("r1", "balance", "total", "violated"),
        ("r1", "balance", "total", "violated"),
        ("r1", "outcomes", "total", "violated"),
        ("r2", "balance", "total", "holds"),
        ("r2", "carry_over", "total", "violated"),
        ("r2", "carry_over", "other", "holds"),
    )
    known = KnownException("e1", "carry_over", None, None, ".*财政局", None, "合并", "来函", "审核员", date(2024, 1, 1))
    spoken = decision("d1", "r1", identity="balance", decision="exception")
    found = notes_on_checks(rows, HEADINGS, [spoken], [known])
    assert found.schema == REVIEW_NOTES
    assert found.select("report_id", "identity", "member", "exception_id", "decision_id", "decision").rows() == [
        ("r1", "balance", "total", None, "d1", "exception"),
        ("r2", "carry_over", "total", "e1", None, None),
    ]


def test_notes_on_cells_tell_the_value_decided_on():
    values = pl.LazyFrame(
        [("r1", "t/r/c", Decimal(3)), ("r1", "t/r/c", Decimal(4)), ("r1", "t/r/d", Decimal(3)), ("r2", "t/r/c", None)],
        {name: REVIEW_NOTES[name] for name in ("report_id", "cell", "value")},
        orient="row",
    )
    accepted = decision("d1", "r1", cell="t/r/c", decision="accept", decided_value=Decimal(4))
    found = notes_on_cells(values, HEADINGS, [accepted])
    assert found.schema == REVIEW_NOTES
    assert found.select("report_id", "cell", "value", "decision_id", "decision").rows() == [
        ("r1", "t/r/c", Decimal(3), "d1", None),
        ("r1", "t/r/c", Decimal(4), "d1", "accept"),
    ]


def test_without_reviews_there_are_no_notes():
    nothing = notes_on_checks(checks(("r1", "balance", "total", "violated")), HEADINGS, [], [])
    assert nothing.is_empty() and nothing.schema == REVIEW_NOTES


def test_only_values_without_condition_are_proved():
    row = {"report_id": "r1", "table_code": "t", "row_code": "r", "low": Decimal(1)}
    rows = [
        row | {"column_code": "sure", "value": Decimal(1), "conditional": False},
        row | {"column_code": "if", "value": Decimal(1), "conditional": True},
        row | {"column_code": "bounds", "value": None, "conditional": False},
    ]
    derived = pl.LazyFrame([{name: one.get(name) for name in DERIVED_CELLS} for one in rows], DERIVED_CELLS)
    assert proved(derived).collect().rows() == [("r1", "t/r/sure", Decimal(1))]
