"""The identities across years for many agencies at once, from frames of cells to a frame of checks."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from orchestration.editing.across.years_reports import neighbours
from orchestration.editing.judging import cell_kinds
from orchestration.editing.review.exceptions import KnownException, with_exceptions
from orchestration.editing.schema import YEAR_CHECKS
from orchestration.form.years import year_instances
from orchestration.reading.schema import VALUE

AXES = ["table_code", "row_code", "column_code"]
SUM = pl.Decimal(38, 8)  # wide enough for sums of the widest values
FORMS = pl.List(pl.Struct({"table_code": pl.String, "form": pl.String}))
PLACE = ["pair", "place"]


def judge_years(
    cells: pl.DataFrame | pl.LazyFrame,
    tables: pl.DataFrame,
    headings: pl.DataFrame,
    years: Collection[int] | None = None,
    exceptions: Collection[KnownException] | None = None,
) -> pl.DataFrame:
    """YEAR_CHECKS of REPORT_CELLS, REPORT_TABLES and REPORT_HEADINGS: what ``judge_years_one`` says of each pair.

    A pair is the current report of an agency and year and that of the year before. ``years`` limits the years judged:
    cells (best as a scan of their files) and tables are then needed for these and the years before only, headings
    always for all. ``exceptions`` default to the reviewed file. Sorted by report_id, then in declared order.
    """
    pairs = neighbours(headings)
    if years is not None:
        pairs = pairs.filter(pl.col("year").is_in(list(years)))
    pairs = _with_layouts(pairs, tables)
    terms = _terms(pairs)
    found = _verdicts(_values(pairs.drop("forms", "previous"), terms, cells))
    checks = (
        found.join(
            terms.unique(["layout", "place"]).select("layout", "place", "identity", "member"), on=["layout", "place"]
        )
        .join(pairs.select("pair", "report_id", "year", "previous_report_id"), on="pair")
        .sort(PLACE)
    )
    return with_exceptions(checks, headings, exceptions).select(YEAR_CHECKS.names()).match_to_schema(YEAR_CHECKS)


def year_terms(pairs: pl.DataFrame, tables: pl.DataFrame, cells: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The terms of every identity for each pair, with the reported value or null.

    Columns: report_id (of the later report), place, side, weight, offset, AXES, value and some more.
    """
    pairs = _with_layouts(pairs, tables)
    found = _values(pairs.drop("forms", "previous"), _terms(pairs), cells)
    return found.join(pairs.select("pair", "report_id"), on="pair")


def _with_layouts(pairs: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """Pairs with a number, the forms of both reports, and one number for each combination of these."""
    forms = (
        tables.filter(pl.col("form").is_not_null())
        .unique(["report_id", "table_code"])
        .sort("report_id", "table_code")
        .group_by("report_id")
        .agg(pl.struct("table_code", "form").alias("forms"))
    )
    before = forms.rename({"report_id": "previous_report_id", "forms": "previous"})
    return (
        pairs.join(forms, on="report_id")
        .join(before, on="previous_report_id")
        .sort("report_id")
        .with_row_index("pair")
        .with_columns(layout=pl.struct("forms", "previous").rank("dense"))
    )


def _terms(pairs: pl.DataFrame) -> pl.DataFrame:
    """The declared terms of every combination of forms, one row each; ``place`` is that of the identity and member."""
    rows = []
    for layout, forms, previous in pairs.select("layout", "forms", "previous").unique("layout").iter_rows():
        of_year = {0: _by_table(forms), -1: _by_table(previous)}
        signed = {(o, a) for o, known in of_year.items() for a, kind in cell_kinds(known).items() if kind == "change"}
        for place, one in enumerate(year_instances(of_year[0], of_year[-1])):
            for side, terms in (("left", one.left), ("right", one.right)):
                for weight, offset, cell in terms:
                    free = (offset, cell) in signed
                    rows.append((layout, place, one.identity, one.member, side, weight, offset, *cell.split("/"), free))
    names = ["layout", "place", "identity", "member", "side", "weight", "offset", *AXES, "signed"]
    types = [pl.UInt32, pl.Int64, pl.String, pl.String, pl.String, pl.Int64, pl.Int64, *[pl.String] * 3, pl.Boolean]
    return pl.DataFrame(rows, dict(zip(names, types, strict=True)), orient="row").with_row_index("term")


def _by_table(forms: list[dict]) -> dict[str, str | None]:
    return {form["table_code"]: form["form"] for form in forms}


def _values(pairs: pl.DataFrame, terms: pl.DataFrame, cells: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """One row for each pair and term, with the reported value or null."""
    used = cells.lazy().join(terms.lazy().select(AXES).unique(), on=AXES, how="semi")
    reported = used.filter((pl.col("status") == "reported") & pl.col("value").is_not_null()).unique(
        ["report_id", *AXES]
    )
    owner = pl.when(pl.col("offset") == 0).then("report_id").otherwise("previous_report_id")
    return (
        pairs.lazy()
        .join(terms.lazy(), on="layout")
        .with_columns(owner.alias("owner"))
        .join(reported.select(pl.col("report_id").alias("owner"), *AXES, "value"), on=["owner", *AXES], how="left")
        .select("pair", "layout", "place", "term", "side", "weight", "offset", *AXES, "signed", "value")
        .collect()
    )


def _verdicts(values: pl.DataFrame) -> pl.DataFrame:
    """Both sides, the difference, the verdict and the missing terms of each pair, identity and member."""
    lost, left = pl.col("value").is_null(), pl.col("side") == "left"
    part = pl.col("value").cast(SUM) * pl.col("weight")
    direction = pl.when(left).then(pl.col("weight")).otherwise(-pl.col("weight"))
    address = pl.concat_str(AXES, separator="/").sort_by("term")
    gap, open_ = pl.col("total_left") - pl.col("total_right"), pl.col("open_left") | pl.col("open_right")
    hopeless = ((gap > 0) & ~pl.col("may_fall")) | ((gap < 0) & ~pl.col("may_rise"))
    return (
        values.lazy()
        .group_by("pair", "layout", "place")
        .agg(
            part.filter(left).sum().fill_null(0).cast(SUM).alias("total_left"),
            part.filter(~left).sum().fill_null(0).cast(SUM).alias("total_right"),
            (lost & left).any().alias("open_left"),
            (lost & ~left).any().alias("open_right"),
            (lost & ((direction > 0) | pl.col("signed"))).any().alias("may_rise"),
            (lost & ((direction < 0) | pl.col("signed"))).any().alias("may_fall"),
            address.filter((lost & (pl.col("offset") == 0)).sort_by("term")).alias("missing"),
            address.filter((lost & (pl.col("offset") != 0)).sort_by("term")).alias("missing_previous"),
        )
        .with_columns(
            # not strict: a sum too great for the column is null, the verdict beside it stays
            pl.when(~pl.col("open_left")).then("total_left").cast(VALUE, strict=False).alias("left"),
            pl.when(~pl.col("open_right")).then("total_right").cast(VALUE, strict=False).alias("right"),
            pl.when(~open_).then(gap).cast(VALUE, strict=False).alias("difference"),
            pl.when(~open_)
            .then(pl.when(gap == 0).then(pl.lit("holds")).otherwise(pl.lit("violated")))
            .otherwise(pl.when(hopeless).then(pl.lit("violated_by_bounds")).otherwise(pl.lit("unverifiable")))
            .alias("verdict"),
        )
        .collect()
    )
