"""What the reports of the years before and after expect of a cell: soft evidence that ranks, and never decides.

Belongs here: cells that an identity across years gives a value by the neighbour's report alone (结转). Does not belong
here: the same for one report (``years_one``), judging these identities (``years``), and what the evidence does to a
ranking (``answers``).
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from orchestration.editing.across.years import AXES, year_terms
from orchestration.editing.across.years_reports import neighbours
from orchestration.reading.schema import VALUE

EXPECTED_VALUES = pl.Schema({"report_id": pl.String, "cell": pl.String, "value": VALUE})


def expected_values(
    cells: pl.DataFrame | pl.LazyFrame,
    tables: pl.DataFrame,
    headings: pl.DataFrame,
    years: Collection[int] | None = None,
) -> pl.DataFrame:
    """EXPECTED_VALUES of the current reports by those of the years before and after, sorted.

    Arguments as for ``judge_years``; ``years`` are those of the reports that something is expected of. What the
    neighbour reports under doubt is left out.
    """
    pairs = neighbours(headings)
    if years is not None:
        pairs = pairs.filter(pl.col("year").is_in(list(years)) | (pl.col("year") - 1).is_in(list(years)))
    sure = cells.lazy().filter(pl.col("doubt").is_null())
    terms = year_terms(pairs, tables, sure)
    net = pl.col("weight") * pl.when(pl.col("side") == "left").then(1).otherwise(-1)
    parts = [_of_side(terms.with_columns(net=net), offset) for offset in (0, -1)]
    found = pl.concat(parts).join(pairs.select("report_id", "year", "previous_report_id"), on="report_id")
    later = pl.col("offset") == 0
    return (
        found.with_columns(
            report_id=pl.when(later).then("report_id").otherwise("previous_report_id"),
            year=pl.when(later).then("year").otherwise(pl.col("year") - 1),
        )
        .filter(pl.lit(True) if years is None else pl.col("year").is_in(list(years)))
        .select(EXPECTED_VALUES.names())
        .sort("report_id", "cell")
        .unique(["report_id", "cell"], keep="first", maintain_order=True)
        .match_to_schema(EXPECTED_VALUES)
    )


def _of_side(terms: pl.DataFrame, offset: int) -> pl.DataFrame:
    """What the other year leaves for the term of ``offset``: report_id (of the later report), offset, cell, value."""
    own = pl.col("offset") == offset
    part = pl.when(~own).then(pl.col("value").cast(pl.Decimal(38, 8)) * pl.col("net"))
    return (
        terms.group_by("report_id", "place")
        .agg(
            own.sum().alias("count"),
            pl.col("net").filter(own).first(),
            pl.concat_str(AXES, separator="/").filter(own).first().alias("cell"),
            (pl.col("value").is_null() & ~own).any().alias("open"),
            part.sum().alias("rest"),
        )
        .filter(pl.col("count") == 1, pl.col("net").abs() == 1, ~pl.col("open"))
        .select("report_id", "cell", offset=pl.lit(offset), value=(-pl.col("rest") * pl.col("net")).cast(VALUE))
        .filter(pl.col("value") >= 0)
    )
