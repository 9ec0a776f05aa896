"""One agency over the years."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published

MOST_FOUND = 200
FLOWS = ("received", "carried_in", "processed_total", "carried_out")
OUTCOMES = ("granted", "partially_granted", "denied", "unable", "not_processed", "closed")
CHANNELS = ("reconsideration", "litigation")
RESULTS = ("upheld", "corrected", "other", "pending")
DISPUTES = tuple(f"{channel}_{result}" for channel in CHANNELS for result in RESULTS)


def search(published: Published, text: str) -> pl.DataFrame:
    """Up to MOST_FOUND agencies whose name, now or once, holds ``text``; those with most reports first."""
    return published.ask(
        f"""
        select agency_id, agency_name, region_name, prefecture_name, province_name, first_year, last_year, reports
        from dim_agency
        where contains(agency_name, $1)
            or agency_id in (select agency_id from dim_agency_history where contains(agency_name, $1))
        order by reports desc, agency_name, agency_id
        limit {MOST_FOUND}
        """,
        (text,),
    )


def head(published: Published, agency_id: str) -> dict:
    """The row of ``dim_agency``."""
    return published.one("select * from dim_agency where agency_id = ?", (agency_id,))


def history(published: Published, agency_id: str) -> pl.DataFrame:
    """Its names, regions and kinds over the years."""
    return published.ask(
        "select agency_name, region_name, level, organ_type, valid_from, valid_to, reports, reason, citation "
        "from dim_agency_history where agency_id = ? order by version",
        (agency_id,),
    )


def years(published: Published, agency_id: str) -> pl.DataFrame:
    """Its rows of ``mart_agency_year`` with timeliness and quality, by year."""
    return published.ask(
        """
        select
            years.*, timeliness.timeliness, timeliness.due_on, timeliness.first_published_on,
            quality.claims_conflicts, quality.year_breaks, quality.problems, quality.copied
        from mart_agency_year as years
        left join mart_timeliness as timeliness using (agency_id, year)
        left join mart_agency_quality as quality using (agency_id, year)
        where years.agency_id = ?
        order by years.year
        """,
        (agency_id,),
    )


def long(frame: pl.DataFrame, columns: list[str] | tuple[str, ...]) -> pl.DataFrame:
    """``year``, ``measure`` and ``value`` of the columns; what was not reported is left out, and never a zero."""
    found = frame.select("year", *columns).unpivot(columns, index="year", variable_name="measure", value_name="value")
    return found.drop_nulls("value").with_columns(pl.col("value").cast(pl.Float64))


def metrics(published: Published, grain: str | None = None) -> pl.DataFrame:
    """The declared rates in order; ``grain`` ``report`` leaves out those that only groups of reports have."""
    return published.ask(
        "select metric, name_zh, name_en, numerator, denominator, citation, note from reference.metrics "
        "where $1::varchar is null or grain = $1 order by ordinal",
        (grain,),
    )
