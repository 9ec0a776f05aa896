"""The metrics once more, from the cells of the lake alone, by Polars: nothing here knows of dbt's SQL or its macros."""

from __future__ import annotations

import csv
from decimal import Decimal

import polars as pl
from corpus import REFERENCE, Corpus

from orchestration.form import declaration

FLOWS = ("received", "carried_in", "processed_total", "carried_out")
GROUPS = ("granted", "partially_granted", "denied", "unable", "not_processed", "closed")
CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
KEY = ("region_code", "year", "level", "organ_type")
TREND = ("year", "level", "organ_type", "grain", "code")
SUMMED = (*FLOWS, "received_natural_person", *GROUPS)
SUMMED += tuple(f"{of}_{result}" for of in ("reconsideration", "litigation") for result in ("total", "corrected"))


def numbers(corpus: Corpus, lake: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row per current report: whose it is, and the counts that metrics are made of, null where one is missing."""
    current = {one.report_id: one for one in corpus.filed if one.current}
    cells: dict[str, dict[str, Decimal | None]] = {name: {} for name in current}
    columns = ["report_id", "table_code", "row_code", "column_code", "value"]
    for report, table, row, column, value in lake["report_cells"].select(columns).iter_rows():
        if report in current:
            cells[report][f"{table}/{row}/{column}"] = value
    rows = []
    for name, one in current.items():
        row = {"report_id": name, "agency": one.agency, "year": one.year, "region_code": one.region}
        row |= {"level": one.level, "organ_type": one.organ_type} | _counts(cells[name])
        rows.append(row)
    frame = pl.DataFrame(rows, infer_schema_length=None)
    before = frame.select("agency", pl.col("year") + 1, pl.col("received").alias("received_last_year"))
    return frame.join(before, on=["agency", "year"], how="left")


def trend(corpus: Corpus, lake: dict[str, pl.DataFrame], counted: pl.DataFrame) -> pl.DataFrame:
    """Each outcome and group of outcomes by year, level and kind of organ, with its share of what was processed."""
    current = {one.report_id for one in corpus.filed if one.current}
    groups = {row.row_code: row.group_code for row in declaration().rows if row.kind == "outcome"}
    leaves = (
        lake["report_cells"]
        .filter(
            pl.col("report_id").is_in(list(current)),
            pl.col("table_code") == "requests",
            pl.col("row_code").is_in(list(groups)),
            pl.col("column_code") == "total",
        )
        .select("report_id", pl.col("row_code").alias("code"), pl.col("value").map_elements(_whole, pl.Int64))
        .with_columns(grain=pl.lit("leaf"))
    )
    whole = counted.unpivot(GROUPS, index="report_id", variable_name="code").with_columns(grain=pl.lit("group"))
    told = pl.concat([leaves, whole.select(leaves.columns)]).join(
        counted.select("report_id", *TREND[:3], "processed_total"), on="report_id"
    )
    both = pl.col("value").is_not_null() & pl.col("processed_total").is_not_null()
    summed = told.group_by(*TREND).agg(
        pl.len().alias("reports"),
        both.sum().alias("reports_reporting"),
        pl.when(both.any()).then(pl.col("value").filter(both).sum()).alias("requests"),
        pl.when(both.any()).then(pl.col("processed_total").filter(both).sum()).alias("processed_total"),
    )
    share = quotient(pl.col("requests"), pl.col("processed_total")).alias("share_of_processed")
    return summed.with_columns(share).sort(TREND)


def sums_of_groups(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Every count that is added up, over what was reported: null where nobody did; and how many did."""
    told = [
        part
        for name in SUMMED
        for part in (
            pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name),
            pl.col(name).count().alias(f"{name}_reports"),
        )
    ]
    return frame.group_by(*keys).agg(told).sort(keys)


def _counts(cells: dict[str, Decimal | None]) -> dict[str, int | bool | None]:
    found: dict[str, int | bool | None] = {flow: _whole(cells[f"requests/{flow}/total"]) for flow in FLOWS}
    found["received_natural_person"] = _whole(cells["requests/received/natural_person"])
    for group in GROUPS:
        leaves = [row.row_code for row in declaration().rows if row.kind == "outcome" and row.group_code == group]
        found[group] = _sum([cells[at] for leaf in set(leaves) if (at := f"requests/{leaf}/total") in cells])
    for channel in CHANNELS:
        for result in RESULTS:
            found[f"{channel}_{result}"] = _whole(cells[f"disputes/{channel}/{result}"])
    for result in RESULTS:
        found[f"litigation_{result}"] = _sum([cells[f"disputes/{channel}/{result}"] for channel in CHANNELS[1:]])
    requests = [value for address, value in cells.items() if address.startswith("requests/")]
    return found | {"requests_all_zero": _zero(requests), "report_all_zero": _zero(list(cells.values()))}


def _whole(value: Decimal | None) -> int | None:
    return None if value is None or value != int(value) else int(value)


def _sum(values: list[Decimal | None]) -> int | None:
    whole = [_whole(value) for value in values]
    return None if None in whole else sum(whole)


def _zero(values: list[Decimal | None]) -> bool | None:
    if any(value for value in values):
        return False
    return None if None in values else True


def terms() -> dict[str, tuple[pl.Expr, pl.Expr]]:
    """Numerator and base of every metric."""
    c = pl.col
    granted = c("granted") + c("partially_granted")
    found = {"disclosure_rate": (granted, c("processed_total"))}
    for metric, group in {
        "denial": "denied",
        "unable": "unable",
        "not_processed": "not_processed",
        "closed": "closed",
    }.items():
        found[f"{metric}_rate"] = (c(group), c("processed_total"))
    found["carry_over_rate"] = (c("carried_out"), c("received") + c("carried_in"))
    found["natural_person_share"] = (c("received_natural_person"), c("received"))
    found["received_growth"] = (c("received") - c("received_last_year"), c("received_last_year"))
    for name, of in {
        "reconsideration_correction_rate": "reconsideration",
        "litigation_loss_rate": "litigation",
    }.items():
        concluded = c(f"{of}_upheld") + c(f"{of}_corrected") + c(f"{of}_other")
        found[name] = (c(f"{of}_corrected"), c(f"{of}_total"))
        found[f"{name}_concluded"] = (c(f"{of}_corrected"), concluded)
    return found


def shares() -> dict[str, tuple[pl.Expr, pl.Expr]]:
    """The same of the shares that are told of groups only."""
    flags = {"zero_requests_share": "requests_all_zero", "zero_report_share": "report_all_zero"}
    return {
        name: (pl.col(flag).fill_null(False).cast(pl.Int64), pl.col(flag).is_not_null().cast(pl.Int64))
        for name, flag in flags.items()
    }


def quotient(numerator: pl.Expr, base: pl.Expr) -> pl.Expr:
    """The rate, undefined without a base above zero."""
    return pl.when(base > 0).then(numerator.cast(pl.Float64) / base.cast(pl.Float64))


def rates(frame: pl.DataFrame) -> pl.DataFrame:
    """Every metric of every report with its base, by report_id."""
    columns = [
        part
        for name, (top, base) in terms().items()
        for part in (quotient(top, base).alias(name), base.alias(f"{name}_base"))
    ]
    return frame.select("report_id", *columns).sort("report_id")


def rates_of_groups(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Every metric of every group, with its terms and the number of reports that tell both."""
    columns = []
    for name, (top, base) in (terms() | shares()).items():
        told = top.is_not_null() & base.is_not_null()
        columns += [top.filter(told).sum().alias(f"{name}_numerator"), base.filter(told).sum().alias(f"{name}_base")]
        columns.append(told.sum().cast(pl.Int32).alias(f"{name}_reports"))
    summed = frame.group_by(*keys).agg(*columns, pl.len().cast(pl.Int32).alias("reports"))
    for name in terms() | shares():
        empty = pl.col(f"{name}_reports") == 0
        both = [
            pl.when(~empty).then(pl.col(f"{name}_{part}")).alias(f"{name}_{part}") for part in ("numerator", "base")
        ]
        summed = summed.with_columns(both)
        summed = summed.with_columns(quotient(pl.col(f"{name}_numerator"), pl.col(f"{name}_base")).alias(name))
    return summed.sort(keys)


def with_regions_above(frame: pl.DataFrame) -> pl.DataFrame:
    """Each report once for its region and for each one above it; the raised county under its code of today."""
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as lines:
        above = {row["region_code"]: row["parent_code"] for row in csv.DictReader(lines)}

    def chain(code: str | None) -> list[str]:
        code = "410783" if code == "410728" else code
        return [code, *chain(above[code])] if code else []

    chains = pl.col("region_code").map_elements(chain, pl.List(pl.String), skip_nulls=True)
    return frame.with_columns(chains).explode("region_code").drop_nulls("region_code")
