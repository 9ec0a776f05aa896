"""What people decided and reviewed, for each verdict and each suggested or derived value that it speaks of."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from orchestration.editing.review.exceptions import KnownException, with_exceptions
from orchestration.editing.review.reviews import SHOWN, ReviewDecision, with_decisions
from orchestration.reading.schema import VALUE

REVIEW_NOTES = pl.Schema(  # one row for each verdict (identity, member) or value (cell, value) with a note on it
    {
        "report_id": pl.String,
        "identity": pl.String,  # or plausibility rule; null for a value
        "member": pl.String,
        "cell": pl.String,  # null for a verdict
        "value": VALUE,  # suggested or derived
        "exception_id": pl.String,  # of known_exceptions.csv; only violated verdicts have one
        "decision_id": pl.String,
        "decision": pl.String,  # accept, reject or exception; null where another value of the cell was decided on
        "decided_value": VALUE,
        "decided_by": pl.String,
        "decided_on": pl.Date,
        "why": pl.String,
        "citation": pl.String,
    }
)
CHECK = ["report_id", "identity", "member"]
CELL = ["report_id", "cell", "value"]


def notes_on_checks(
    checks: pl.LazyFrame,
    headings: pl.DataFrame,
    decisions: Collection[ReviewDecision],
    exceptions: Collection[KnownException],
) -> pl.DataFrame:
    """REVIEW_NOTES on verdicts (report_id, year, identity, member, verdict), which stay what they are."""
    spoken_of = {one.identity for one in (*decisions, *exceptions) if one.identity}
    rows = checks.filter(pl.col("identity").is_in(list(spoken_of))).select(*CHECK, "year", "verdict").collect()
    rows = rows.unique(CHECK).sort(CHECK)  # a rule may find the same line implausible twice
    rows = with_exceptions(rows, headings, exceptions).rename({"exception": "exception_id"})
    return _notes(with_decisions(rows, headings, decisions))


def notes_on_cells(values: pl.LazyFrame, headings: pl.DataFrame, decisions: Collection[ReviewDecision]) -> pl.DataFrame:
    """REVIEW_NOTES on suggested or derived values (report_id, cell, value)."""
    spoken_of = {one.cell for one in decisions if one.cell}
    rows = values.filter(pl.col("cell").is_in(list(spoken_of))).select(CELL).unique().sort(CELL).collect()
    return _notes(with_decisions(rows, headings, decisions, value="value"))


def _notes(rows: pl.DataFrame) -> pl.DataFrame:
    told = [name for name in ("exception_id", *SHOWN) if name in rows.columns]
    noted = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in told))
    return pl.concat(
        [REVIEW_NOTES.to_frame(), noted.select(*(c for c in noted.columns if c in REVIEW_NOTES))], how="diagonal"
    )
