"""One agency and year reported twice: the cells in which the reports tell different figures."""

from __future__ import annotations

import polars as pl

from orchestration.editing.across.years_reports import KEYS, reports_of_agencies
from orchestration.editing.schema import REPORT_DIFFERENCES

AXES = ["table_code", "row_code", "column_code"]


def report_differences(cells: pl.DataFrame, headings: pl.DataFrame) -> pl.DataFrame:
    """REPORT_DIFFERENCES of REPORT_CELLS and REPORT_HEADINGS; only cells that both reports tell are compared.

    Each further report of an agency and year is held against the current one. Values of different units are compared
    as they stand. Sorted by agency, year, report and cell.
    """
    reports = reports_of_agencies(headings)
    first = reports.sort("is_current", "report_id", descending=[True, False]).unique(KEYS, keep="first")
    pairs = reports.join(first.select("report_id", *KEYS, replaces="corrects"), on=KEYS, suffix="_current").filter(
        pl.col("report_id") != pl.col("report_id_current")
    )
    both = pl.concat([pairs["report_id"], pairs["report_id_current"]]).unique()
    reported = cells.filter(
        (pl.col("status") == "reported") & pl.col("value").is_not_null() & pl.col("report_id").is_in(both.implode())
    ).select("report_id", *AXES, "value")
    theirs = reported.rename({"report_id": "report_id_current"})
    return (
        pairs.join(reported.rename({"value": "other_value"}), on="report_id")
        .join(theirs, on=["report_id_current", *AXES])
        .filter(pl.col("value") != pl.col("other_value"))
        .select(
            "agency_name",
            "year",
            pl.col("report_id_current").alias("report_id"),
            pl.col("report_id").alias("other_report_id"),
            pl.concat_str(AXES, separator="/").alias("cell"),
            "value",
            "other_value",
            (pl.col("replaces").eq_missing(pl.col("report_id"))).alias("corrected"),
        )
        .sort("agency_name", "year", "report_id", "other_report_id", "cell")
        .match_to_schema(REPORT_DIFFERENCES)
    )
