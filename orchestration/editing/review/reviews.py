"""Review decisions: what people decided about suggestions and verdicts, kept apart from what the reports say.

A decision is joined to the rows that it speaks of and shown beside them; nothing here changes a value or a verdict.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple, dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from orchestration.editing.review.reviewed import (
    REPORT_ID,
    LineError,
    ReviewError,
    a_cell,
    a_date,
    a_value,
    a_year,
    an_identity,
    read_reviewed,
    required,
)
from orchestration.form import SEEDS
from orchestration.reading.schema import VALUE

PATH = SEEDS.parent / "reviews" / "review_decisions.csv"
DECISIONS = ("accept", "reject", "exception")
SHOWN = ("decision_id", "decision", "decided_value", "decided_by", "decided_on", "why", "citation")


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """One decision, on a report (by its bytes) or on an agency's year (whichever file tells it).

    It speaks of a cell, or of an identity (or plausibility rule) with a member, None for every member.
    ``decided_value`` is the suggestion accepted or rejected; a rejection without one rejects every suggestion.
    """

    decision_id: str
    report_id: str | None
    agency_name: str | None
    year: int | None
    cell: str | None
    identity: str | None
    member: str | None
    decision: str
    decided_value: Decimal | None
    decided_by: str
    decided_on: date
    why: str
    citation: str | None

    @property
    def subject(self) -> tuple:
        """What it speaks of: two decisions may not speak of the same."""
        value = self.decided_value if self.decision == "reject" else None
        kind = "exception" if self.decision == "exception" else "suggestion"
        return self.report_id, self.agency_name, self.year, self.cell, self.identity, self.member, kind, value


COLUMNS = tuple(field.name for field in fields(ReviewDecision))
FRAME = pl.Schema(
    {
        **dict.fromkeys(COLUMNS, pl.String),
        "year": pl.Int16,
        "decided_value": VALUE,
        "decided_on": pl.Date,
    }
)


def read_decisions(path: Path = PATH) -> list[ReviewDecision]:
    """The decisions in the order of the file; raises ReviewError with every mistake, OSError without the file."""
    found = read_reviewed(path, COLUMNS, _decision)
    wrong: list[str] = []
    names: dict[str, ReviewDecision] = {}
    subjects: dict[tuple, ReviewDecision] = {}
    for one in found:
        if one.decision_id in names:
            wrong.append(f"{path}: decision_id {one.decision_id} stands twice; give each decision its own")
        earlier = subjects.get(one.subject)
        if earlier:
            wrong.append(
                f"{path}: {earlier.decision_id} and {one.decision_id} decide the same; keep the one that holds"
            )
        names[one.decision_id] = subjects[one.subject] = one
    if wrong:
        raise ReviewError("\n".join(wrong))
    return found


def _decision(line: dict[str, str]) -> ReviewDecision:
    required(line, "decision_id", "decision", "decided_by", "decided_on", "why")
    report_id, agency, year = line["report_id"].lower() or None, line["agency_name"] or None, a_year(line, "year")
    if report_id and (agency or year):
        raise LineError("name the report either by report_id or by agency_name and year, not by both")
    if not report_id and not (agency and year):
        raise LineError("name the report: by report_id, or by agency_name and year")
    if report_id and not REPORT_ID.fullmatch(report_id):
        raise LineError("report_id is no SHA-256 of a file (64 hex digits); copy it from the report's row")
    if line["decision"] not in DECISIONS:
        raise LineError(f"decision is {line['decision']!r}; it must be one of {', '.join(DECISIONS)}")
    cell, value = a_cell(line, "cell"), a_value(line, "decided_value")
    identity, member = an_identity(line)
    if bool(cell) == bool(identity):
        raise LineError("a decision speaks of one thing: fill in either cell, or identity (and member)")
    if line["decision"] == "exception":
        required(line, "citation")
        if value is not None:
            raise LineError("an exception has no decided_value: the reported value stays; leave it empty")
    elif not cell:
        raise LineError(f"{line['decision']} speaks of a suggestion; name its cell")
    elif line["decision"] == "accept" and value is None:
        raise LineError("accept states the decided_value that is accepted, as the suggestion may change later")
    return ReviewDecision(
        line["decision_id"],
        report_id,
        agency,
        year,
        cell,
        identity,
        member,
        line["decision"],
        value,
        line["decided_by"],
        a_date(line, "decided_on"),
        line["why"],
        line["citation"] or None,
    )


def decisions_frame(decisions: Collection[ReviewDecision]) -> pl.DataFrame:
    """The decisions as a frame with the columns of the file."""
    return pl.DataFrame([astuple(one) for one in decisions], FRAME, orient="row")


def with_decisions(
    rows: pl.DataFrame,
    headings: pl.DataFrame,
    decisions: Collection[ReviewDecision] | None = None,
    value: str | None = None,
) -> pl.DataFrame:
    """``rows`` with the columns SHOWN of the decision on each, null where there is none, in their order.

    ``rows`` are verdicts (report_id, identity, member) or suggestions and other rows on cells (report_id, cell), then
    with ``value`` naming the column of the suggested value: there ``decision`` is accept or reject only in the row of
    that very value (a rejection without a value: in each), and ``decision_id`` alone marks the others of the cell.
    A decision on the report goes before one on the agency's year. ``decisions`` default to the reviewed file.
    """
    frame = decisions_frame(read_decisions() if decisions is None else decisions)
    numbered = rows.with_row_index("row")
    on = ["cell"] if "cell" in rows.columns else ["identity"]
    keys = numbered.select(
        "row", "report_id", *on, *(["member"] if on == ["identity"] else []), *([value] if value else [])
    )
    named = keys.join(
        headings.select("report_id", "agency_name", "year").unique("report_id"),
        on="report_id",
        how="left",
    )
    of_report = named.join(frame.drop("agency_name", "year"), on=["report_id", *on], suffix="_decided")
    of_year = named.join(
        frame.filter(pl.col("report_id").is_null()).drop("report_id"),
        on=["agency_name", "year", *on],
        suffix="_decided",
    )
    found = pl.concat([of_report.with_columns(rank=pl.lit(0)), of_year.with_columns(rank=pl.lit(1))], how="diagonal")
    if on == ["identity"]:
        found = found.filter(pl.col("member_decided").is_null() | (pl.col("member_decided") == pl.col("member")))
        found = found.with_columns(exact=pl.col("member_decided").is_not_null())
    else:
        same = pl.lit(True) if value is None else pl.col("decided_value").eq_missing(pl.col(value).cast(VALUE))
        every = pl.col("decided_value").is_null()
        found = found.with_columns(exact=same | every).with_columns(decision=pl.when(pl.col("exact")).then("decision"))
    best = (
        found.sort(
            "row", ~pl.col("exact"), "rank", "decided_on", "decision_id", descending=[False, False, False, True, False]
        )
        .unique("row", keep="first")
        .select("row", *SHOWN)
    )
    return numbered.join(best, on="row", how="left", maintain_order="left").drop("row")


def pending_decisions(
    headings: pl.DataFrame, decisions: Collection[ReviewDecision] | None = None
) -> list[ReviewDecision]:
    """The decisions on reports that are not there (any more): to be looked at, never dropped in silence."""
    decisions = read_decisions() if decisions is None else decisions
    reports = set(headings["report_id"])
    years = set(headings.select("agency_name", "year").iter_rows())
    return [d for d in decisions if d.report_id not in reports and (d.agency_name, d.year) not in years]
