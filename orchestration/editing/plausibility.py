"""The declared plausibility rules applied to many reports: only what is implausible becomes a row."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from orchestration.editing.review.exceptions import KnownException, with_exceptions
from orchestration.editing.schema import PLAUSIBILITY_CHECKS
from orchestration.form import declaration
from orchestration.form.plausibility import PlausibilityRule, plausibility_rules
from orchestration.intake.document import LINE_END
from orchestration.reading.schema import VALUE

AXES = ("table_code", "row_code", "column_code")
YUAN = {"元": 1, "万元": 10_000, "萬元": 10_000, "亿元": 100_000_000, "億元": 100_000_000}
AMOUNT = r"(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,8})?\s*([万萬亿億]?元)"
CHUNK = 20_000  # texts that are searched at once


def judge_plausibility(
    cells: pl.DataFrame,
    headings: pl.DataFrame,
    inventory: pl.DataFrame | None = None,
    rules: Collection[PlausibilityRule] | None = None,
    exceptions: Collection[KnownException] | None = None,
) -> pl.DataFrame:
    """PLAUSIBILITY_CHECKS of REPORT_CELLS, REPORT_HEADINGS and, for rules on sentences, RAW_REPORTS (texts).

    One row, with verdict ``violated``, for each cell or sentence that a rule finds implausible. The member is the
    address of the cell, or the line on which what the rule speaks of begins. ``rules`` and ``exceptions`` default to
    the declared and the reviewed ones. Sorted by report, then in declared order.
    """
    rules = plausibility_rules() if rules is None else rules
    reports = headings.filter(pl.col("set_aside").is_null())
    found = []
    for place, rule in enumerate(rules):
        chosen = reports
        for column, values in rule.conditions:
            chosen = chosen.filter(pl.col(column).is_in(values))
        years = chosen.select("report_id", "year")
        if rule.subject == "cell":
            subjects = _cells(rule, cells, years)
        elif inventory is not None:
            subjects = _amounts(rule, inventory, years)
        else:
            continue
        broken = _broken(rule, subjects, cells)
        found.append(broken.with_columns(rule=pl.lit(rule.rule), place=pl.lit(place), verdict=pl.lit("violated")))
    empty = PLAUSIBILITY_CHECKS.to_frame().drop("exception").with_columns(place=pl.lit(0), order=pl.lit(0))
    whole = pl.concat([empty.clear(), *found], how="diagonal_relaxed").sort("report_id", "place", "order", "member")
    checks = with_exceptions(whole.rename({"rule": "identity"}), headings, exceptions).rename({"identity": "rule"})
    return checks.select(PLAUSIBILITY_CHECKS.names()).cast(dict(PLAUSIBILITY_CHECKS))


def _cells(rule: PlausibilityRule, cells: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """The reported cells that the rule speaks of, as report_id, year, member, value, line, order."""
    codes = (rule.table_code, rule.row_code, rule.column_code)
    known = [
        (cell.form, cell.table_code, cell.row_code, cell.column_code, order)
        for order, cell in enumerate(declaration().cells)
        if rule.form in ("", cell.form)
        and rule.cell_kind in ("", cell.kind)
        and all(
            code in ("", its)
            for code, its in zip(codes, (cell.table_code, cell.row_code, cell.column_code), strict=True)
        )
    ]
    names = {"form": pl.String, **dict.fromkeys(AXES, pl.String), "order": pl.Int32}
    return (
        cells.lazy()
        .filter((pl.col("status") == "reported") & pl.col("value").is_not_null())
        .join(pl.LazyFrame(known, names, orient="row"), on=["form", *AXES])
        .drop("year")
        .join(years.lazy(), on="report_id")
        .select("report_id", "year", pl.concat_str(AXES, separator="/").alias("member"), "value", "line", "order")
        .collect()
    )


def _amounts(rule: PlausibilityRule, inventory: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """The amounts of money, in yuan, in the passages that the rule speaks of; as ``_cells``, with the sentence."""
    texts = inventory.select("report_id", "text").join(years, on="report_id")
    parts = [_passages(rule, texts[start : start + CHUNK]) for start in range(0, max(texts.height, 1), CHUNK)]
    whole, decimals, unit = (pl.col("amount").str.extract(AMOUNT, group) for group in (1, 2, 3))
    number = whole.str.replace_all(",", "") + decimals.fill_null("")
    return pl.concat(parts).with_columns(
        member=pl.col("line").cast(pl.String),
        value=(number.cast(pl.Decimal(38, 8)) * unit.replace_strict(YUAN, return_dtype=pl.Int64)).cast(VALUE),
        order=pl.col("line"),
    )


def _passages(rule: PlausibilityRule, texts: pl.DataFrame) -> pl.DataFrame:
    """One row for each amount in a passage: report_id, year, sentence, amount (text), line."""
    clean = pl.col("text").str.normalize("NFKC").str.replace_all(LINE_END.pattern, "\n")
    passages = (
        texts.filter(pl.col("text").str.contains(rule.text_pattern))
        .with_columns(clean)
        .with_columns(passage=pl.col("text").str.extract_all(rule.text_pattern))
        .explode("passage")
        .drop_nulls("passage")
        .with_columns(
            sentence=pl.col("passage").str.replace(f"(?s)(?:{rule.text_until}).*", "") if rule.text_until else "passage"
        )
        .with_columns(amount=pl.col("sentence").str.extract_all(AMOUNT))
        .explode("amount")
        .drop_nulls("amount")
        .unique(["report_id", "passage", "amount"], maintain_order=True)
    )
    before = pl.struct("text", "passage").map_elements(
        lambda row: row["text"].count("\n", 0, row["text"].find(row["passage"])) + 1, return_dtype=pl.Int32
    )
    return passages.select(
        "report_id", "year", pl.col("sentence").str.replace_all(r"\s+", ""), "amount", before.alias("line")
    )


def _broken(rule: PlausibilityRule, subjects: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The subjects that fail the test of the rule, with the ``limit`` that they were held against."""
    value = pl.col("value")
    if rule.test == "differs_from":
        its = _money(rule.limit, cells)
        return subjects.join(its, on="report_id").filter((value == pl.col("limit")) & (value != 0))
    limit = pl.lit(rule.limit).cast(VALUE)
    if rule.test == "at_most":
        broken = value > limit
    elif rule.test == "multiple_of":
        broken = value % limit != 0
    else:
        broken = value.round(int(rule.limit)) != value
    return subjects.filter(broken).with_columns(limit=limit)


def _money(address: str, cells: pl.DataFrame) -> pl.DataFrame:
    """The reported value of a cell of money in yuan (report_id, limit), by its own unit or the form's."""
    table, row, column = address.split("/")
    stated = {cell.form: cell.unit for cell in declaration().cells if cell.address == address}
    unit = pl.coalesce("unit", pl.col("form").replace_strict(stated, default=None, return_dtype=pl.String))
    scale = unit.replace_strict(YUAN, default=None, return_dtype=pl.Int64)
    its = cells.filter(
        *(pl.col(axis) == code for axis, code in zip(AXES, (table, row, column), strict=True)),
        pl.col("status") == "reported",
    )
    return its.select(
        "report_id", (pl.col("value").cast(pl.Decimal(38, 8)) * scale).cast(VALUE).alias("limit")
    ).drop_nulls()
