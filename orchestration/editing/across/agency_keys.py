"""Which reports are of one agency: by name and settled region, as the warehouse tells its agencies apart.

Belongs here: the key by which reports of different years are put together, from headings and the reviewed seeds. Does
not belong here: finding name and region (``agencies``), and the shorter names under which the warehouse also joins.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from orchestration.form import REFERENCE

ALIASES, REGIONS = REFERENCE / "agency_aliases.csv", REFERENCE / "regions.csv"
_HOST = r"^[A-Za-z]+://([^/:?#]+)"
_STEM = "(县|市|区|旗|地区)$"


def with_agencies(headings: pl.DataFrame) -> pl.DataFrame:
    """``headings`` (REPORT_HEADINGS) with ``agency``, equal for reports of one agency, null without a name.

    A name stands for one agency within its region, or its successor's code, and under a reviewed alias for another
    name. Where several regions share the name and none is known, only a common site of publication joins reports;
    without one each stands apart.
    """
    told = headings.select("report_id", "agency_name", "region_code", "year").with_row_index("row")
    ruled = told.join(_aliases(), on=["agency_name", "region_code"], how="inner", nulls_equal=True).filter(
        pl.col("valid_from").is_null() | (pl.col("year") >= pl.col("valid_from")),
        pl.col("valid_to").is_null() | (pl.col("year") <= pl.col("valid_to")),
    )
    ruled = ruled.unique("row", keep="first").select("row", "canonical_name", "canonical_region_code")
    known = pl.col("canonical_name").is_not_null()
    settled = (
        told.join(ruled, on="row", how="left", maintain_order="left")
        .with_columns(
            name=pl.coalesce("canonical_name", "agency_name"),
            region_code=pl.when(known).then("canonical_region_code").otherwise("region_code"),
        )
        .join(_settled(), on="region_code", how="left", maintain_order="left")
        .select("name", region=pl.coalesce("settled_code", "region_code"))
    )
    site = pl.coalesce(pl.col("url").str.extract(_HOST).str.to_lowercase(), "publisher", "report_id")
    shared = pl.col("region").is_null() & pl.col("region_candidates").is_not_null()
    place = pl.when(shared).then(pl.lit("/") + site).otherwise(pl.lit(""))
    return (
        pl.concat([headings, settled], how="horizontal")
        .with_columns(agency=pl.col("region").fill_null("") + pl.lit("/") + pl.col("name") + place)
        .drop("name", "region")
    )


@lru_cache(maxsize=1)
def _aliases() -> pl.DataFrame:
    """agency_name, region_code, canonical_name, canonical_region_code, valid_from, valid_to of names for one agency."""
    return (
        pl.read_csv(ALIASES, infer_schema=False)
        .filter(pl.col("change").is_in(["variant", "renamed"]))
        .select(
            pl.col("alias_name").alias("agency_name"),
            "region_code",
            "canonical_name",
            pl.coalesce("canonical_region_code", "region_code"),
            pl.col("valid_from", "valid_to").cast(pl.Int16),
        )
    )


@lru_cache(maxsize=1)
def _settled() -> pl.DataFrame:
    """region_code and settled_code: the code under which a region lives on, of those that were replaced.

    The rule of the warehouse: the name without its last word stays, the code is new, no other code went into it.
    """
    latest = pl.col("valid_to").fill_null("9999-12-31")
    codes = (
        pl.read_csv(REGIONS, infer_schema=False)
        .sort(latest)
        .group_by("region_code")
        .agg(
            pl.col("name_zh").last().str.replace(_STEM, "").alias("stem"),
            (pl.col("valid_from").null_count() == 0).alias("is_new"),
            pl.col("successor_code").filter(pl.col("successor_code") != pl.col("region_code")).max(),
        )
    )
    newer = codes.filter("is_new").select("stem", successor_code="region_code")
    went = codes.join(newer, on="successor_code", suffix="_newer")
    went = went.filter(pl.len().over("successor_code") == 1, pl.col("stem") == pl.col("stem_newer"))
    step = went.select("region_code", next_code="successor_code")
    twice = step.join(step, left_on="next_code", right_on="region_code", how="left", suffix="_later")
    return twice.select("region_code", settled_code=pl.coalesce("next_code_later", "next_code"))
