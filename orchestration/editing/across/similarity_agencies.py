"""Text that several agencies share: reports of one year whose prose stands nearly word for word in another's.

A report is never held against all others: only against the first report (by report_id) that shares one of its least
runs, as near-duplicates share most of these. So the work grows with the number of reports, not with its square.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from orchestration.editing.across.similarity import compare
from orchestration.editing.across.years_reports import reports_of_agencies
from orchestration.editing.schema import REPORT_SIMILARITY

LEAST = 16  # runs by which a report finds others
SHARED = 5  # of these must be shared for a closer look: near-duplicates share some 13


def similar_agencies(
    features: pl.DataFrame, headings: pl.DataFrame, years: Collection[int] | None = None
) -> pl.DataFrame:
    """REPORT_SIMILARITY with relation ``other_agency``: at most one row a report, and only copies.

    Each current report is told the one of another agency and the same year in which most of its prose stands. Who
    copied from whom is not known. Of a family of copies each member is held against its first one.
    """
    reports = reports_of_agencies(headings).filter("is_current").select("report_id", "agency_name", "year")
    if years is not None:
        reports = reports.filter(pl.col("year").is_in(list(years)))
    runs = (
        features.join(reports, on="report_id")
        .select("report_id", "year", run=pl.col("shingles").list.head(LEAST))
        .explode("run")
        .drop_nulls("run")
    )
    first = runs.group_by("year", "run").agg(pl.col("report_id").min().alias("previous_report_id"))
    pairs = (
        runs.join(first, on=["year", "run"])
        .filter(pl.col("report_id") != pl.col("previous_report_id"))
        .group_by("report_id", "year", "previous_report_id")
        .len("shared")
        .filter(pl.col("shared") >= SHARED)
        .select("report_id", "year", "previous_report_id")
    )
    return (
        compare(pairs, features, "other_agency")
        .filter("copied")
        .sort("report_id", "similarity", "previous_report_id", descending=[False, True, False])
        .unique("report_id", keep="first", maintain_order=True)
        .match_to_schema(REPORT_SIMILARITY)
    )
