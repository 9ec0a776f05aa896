"""Which report speaks for an agency and year, which one comes before it, and the years without any."""

from __future__ import annotations

import polars as pl

from orchestration.editing.across.agency_keys import with_agencies
from orchestration.editing.schema import MISSING_YEARS
from orchestration.form import declaration

KEYS = ("agency", "year")


def reports_of_agencies(headings: pl.DataFrame) -> pl.DataFrame:
    """The reports of known agency and year, not set aside: report_id, agency, agency_name, year, corrects, is_current.

    ``agency`` is that of ``with_agencies``. ``headings`` are REPORT_HEADINGS, best with the inventory's ``received_at``
    beside them. Current is, as in the warehouse, the report that no other one corrects, then the latest published (an
    unknown date last), then the latest received, then the greatest report_id.
    """
    if "received_at" not in headings.columns:
        headings = headings.with_columns(received_at=pl.lit(None, pl.Datetime("us", "UTC")))
    known = with_agencies(headings).filter(*(pl.col(key).is_not_null() for key in KEYS), pl.col("set_aside").is_null())
    newer = known.select(newer="report_id", report_id="corrects").drop_nulls()
    corrected = (
        known.select("report_id", "corrects")
        .join(newer, on="report_id")
        # two reports that correct each other are a mistake in the manifest: neither gives way for it
        .filter(pl.col("report_id") != pl.col("newer"), pl.col("corrects").ne_missing(pl.col("newer")))
        .select("report_id")
    )
    ranked = known.join(corrected, on="report_id", how="anti").sort(
        "published_on", "received_at", "report_id", descending=True, nulls_last=True
    )
    current = ranked.unique(KEYS, keep="first", maintain_order=True).select("report_id", is_current=pl.lit(True))
    return (
        known.select("report_id", "agency", "agency_name", "year", "corrects")
        .join(current, on="report_id", how="left")
        .with_columns(pl.col("is_current").fill_null(False))
        .sort("agency_name", "agency", "year", "report_id")
    )


def neighbours(headings: pl.DataFrame) -> pl.DataFrame:
    """Pairs of current reports of one agency in consecutive years: report_id, agency_name, year, previous_report_id."""
    current = reports_of_agencies(headings).filter("is_current").select("report_id", "agency_name", *KEYS)
    before = current.select(pl.col("report_id").alias("previous_report_id"), "agency", pl.col("year") + 1)
    return current.join(before, on=KEYS).drop("agency").sort("report_id")


def missing_years(headings: pl.DataFrame) -> pl.DataFrame:
    """MISSING_YEARS: those without any report between an agency's first and last, from the first statutory form on.

    A report that was set aside is there, so its year is not missing.
    """
    first = min(form.first_year for form in declaration().forms)
    years = (
        with_agencies(headings)
        .select("agency_name", *KEYS)
        .drop_nulls()
        .filter(pl.col("year") >= first)
        .sort(*KEYS, "agency_name")
        .unique(KEYS, keep="first", maintain_order=True)
        .with_columns(year_after=pl.col("year").shift(-1).over("agency"))
    )
    gaps = years.filter(pl.col("year_after") - pl.col("year") > 1)
    return (
        gaps.with_columns(
            year_before=pl.col("year"), year=pl.int_ranges(pl.col("year") + 1, "year_after", dtype=pl.Int16)
        )
        .explode("year")
        .sort("agency_name", *KEYS)
        .select(MISSING_YEARS.names())
        .match_to_schema(MISSING_YEARS)
    )
