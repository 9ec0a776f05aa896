"""Regions compared by one of the declared rates."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published


def choices(published: Published) -> pl.DataFrame:
    """What can be compared: ``year``, ``region_level``, ``level``, ``organ_type``; that with most ``reports`` first."""
    return published.ask(
        "select year, region_level, level, organ_type, count(*) as regions, sum(reports)::bigint as reports "
        "from mart_region_year group by all order by year desc, reports desc, level, organ_type"
    )


def compared(
    published: Published, metric: str, year: int, region_level: str, level: str, organ_type: str
) -> pl.DataFrame:
    """Regions with ``rate`` (null where undefined), ``numerator``, ``base``, ``telling`` and ``reports``.

    ``telling``: the reports that tell both terms; ``expected`` and ``received``: agencies of the roster, where it has
    any. Raises ValueError for a metric that is not declared.
    """
    if f"{metric}_numerator" not in published.columns("mart_region_year"):
        raise ValueError(f"{metric} is no metric of regions")
    return published.ask(
        f"""
        select
            regions.region_code,
            regions.region_name,
            places.full_name,
            places.province_name,
            "{metric}" as rate,
            "{metric}_numerator" as numerator,
            "{metric}_base" as base,
            "{metric}_reports" as telling,
            regions.reports,
            regions.agencies_expected as expected,
            regions.agencies_received as received
        from mart_region_year as regions
        left join dim_region as places using (region_code)
        where regions.year = ? and regions.region_level = ? and regions.level = ? and regions.organ_type = ?
        order by rate desc nulls last, region_code
        """,
        (year, region_level, level, organ_type),
    )
