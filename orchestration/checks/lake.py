"""What the Parquet files owe: no report, cell or verdict is lost on the way. A failure is our fault and blocks."""

from collections.abc import Callable

import polars as pl
from dagster import AssetCheckResult, AssetChecksDefinition, AssetCheckSeverity, asset_check

from orchestration import lake
from orchestration.assets.resources import Warehouse
from orchestration.editing.schema import CELL_EDITS, DERIVED_CELLS, IDENTITY_CHECKS
from orchestration.form import declaration, instances
from orchestration.intake.inventory import FILE_SIGHTINGS
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

SHOWN = 20


def _result(faults: pl.LazyFrame, checked: pl.LazyFrame) -> AssetCheckResult:
    """Passed where there are no faults; the first of them as metadata."""
    found = faults.collect()
    metadata = {"checked": checked.select(pl.len()).collect().item(), "faults": found.height}
    if found.height:
        metadata["first faults"] = found.head(SHOWN).select(pl.all().cast(pl.String)).to_dicts()
    return AssetCheckResult(passed=found.is_empty(), severity=AssetCheckSeverity.ERROR, metadata=metadata)


def _check(asset: str, *beside: str) -> Callable[[Callable], AssetChecksDefinition]:
    """A blocking check of an asset, once the assets ``beside`` it are made too."""
    return asset_check(asset=asset, blocking=True, additional_deps=list(beside))


def _scan(warehouse: Warehouse, name: str, schema: pl.Schema) -> pl.LazyFrame:
    return lake.scan(warehouse.folder(name), schema)


@_check("raw_reports")
def every_file_in_inventory(warehouse: Warehouse) -> AssetCheckResult:
    """Each file that was read stands in the inventory, and each report stands there once."""
    inventory = _scan(warehouse, "raw_reports", RAW_REPORTS).select("report_id")
    seen = _scan(warehouse, "file_sightings", FILE_SIGHTINGS).select("report_id").unique()
    lost = seen.join(inventory, on="report_id", how="anti").with_columns(fault=pl.lit("read and not kept"))
    double = inventory.group_by("report_id").len().filter(pl.col("len") > 1)
    return _result(pl.concat([lost, double.select("report_id", fault=pl.lit("kept twice"))]), inventory)


@_check("report_headings")
def every_report_has_a_heading(warehouse: Warehouse) -> AssetCheckResult:
    """Each report that was opened has one heading, and no other has."""
    opened = _scan(warehouse, "raw_reports", RAW_REPORTS).filter(pl.col("set_aside").is_null()).select("report_id")
    headings = _scan(warehouse, "report_headings", REPORT_HEADINGS).group_by("report_id").len("headings")
    both = opened.with_columns(opened=True).join(headings, on="report_id", how="full", coalesce=True)
    return _result(both.filter(pl.col("opened").is_null() | pl.col("headings").ne_missing(1)), opened)


@_check("report_tables")
def every_report_read_once(warehouse: Warehouse) -> AssetCheckResult:
    """Each report with a heading that is not set aside has each statutory table once, over all partitions."""
    wanted = _scan(warehouse, "report_headings", REPORT_HEADINGS).filter(pl.col("set_aside").is_null())
    names = pl.LazyFrame({"table_code": sorted({form.table_code for form in declaration().forms})})
    wanted = wanted.select("report_id", wanted=True).join(names, how="cross")
    found = _scan(warehouse, "report_tables", REPORT_TABLES).group_by("report_id", "table_code").len("found")
    both = wanted.join(found, on=["report_id", "table_code"], how="full", coalesce=True)
    return _result(both.filter(pl.col("wanted").is_null() | pl.col("found").ne_missing(1)), wanted)


@_check("report_cells")
def every_cell_once(warehouse: Warehouse) -> AssetCheckResult:
    """Each table that was found has exactly the cells of its form, each once; a table not found has none."""
    cell = ["form", "table_code", "row_code", "column_code"]
    declared = pl.LazyFrame(
        [(c.form, c.table_code, c.row_code, c.column_code) for c in declaration().cells], cell, orient="row"
    )
    tables = _scan(warehouse, "report_tables", REPORT_TABLES).filter(pl.col("form").is_not_null())
    wanted = tables.select("report_id", "form", "table_code").join(declared, on=["form", "table_code"])
    found = _scan(warehouse, "report_cells", REPORT_CELLS).group_by("report_id", *cell).len("found")
    both = wanted.with_columns(wanted=True).join(found, on=["report_id", *cell], how="full", coalesce=True)
    return _result(both.filter(pl.col("wanted").is_null() | pl.col("found").ne_missing(1)), wanted)


@_check("identity_checks")
def every_member_judged(warehouse: Warehouse) -> AssetCheckResult:
    """Each linear identity of a report's forms has one verdict for each of its members."""
    key = ["form", "table_code", "identity", "member"]
    tables_of = {identity.identity: identity.table_code for identity in declaration().identities}
    linear = [
        (form.form, form.table_code, instance.identity, instance.member)
        for form in declaration().forms
        for instance in instances({form.table_code: form.form})
        if tables_of[instance.identity] == form.table_code
    ]
    declared = pl.LazyFrame(linear, key, orient="row")
    tables = _scan(warehouse, "report_tables", REPORT_TABLES).filter(pl.col("form").is_not_null())
    wanted = tables.select("report_id", "form", "table_code").join(declared, on=["form", "table_code"])
    names = declared.select("identity").unique()
    checks = _scan(warehouse, "identity_checks", IDENTITY_CHECKS).join(names, on="identity", how="semi")
    found = checks.group_by("report_id", "identity", "member").len("found")
    both = wanted.with_columns(wanted=True).join(
        found, on=["report_id", "identity", "member"], how="full", coalesce=True
    )
    return _result(both.filter(pl.col("wanted").is_null() | pl.col("found").ne_missing(1)), wanted)


@_check("cell_edits", "derived_cells", "identity_checks", "report_cells")
def every_report_examined(warehouse: Warehouse) -> AssetCheckResult:
    """No report breaks an identity, or misses a cell of one, without something being said of it.

    Each report with a violated linear identity has a component of suggestions, if only one that was searched in vain;
    each missing cell that an identity speaks of has its bounds, unless the report contradicts itself.
    """
    linear = [identity.identity for identity in declaration().identities if identity.kind == "linear"]
    checks = _scan(warehouse, "identity_checks", IDENTITY_CHECKS)
    violated = checks.filter(pl.col("identity").is_in(linear) & pl.col("verdict").str.starts_with("violated"))
    examined = _scan(warehouse, "cell_edits", CELL_EDITS).select("report_id").unique()
    unsought = violated.select("report_id").unique().join(examined, on="report_id", how="anti")
    axes = ["table_code", "row_code", "column_code"]
    terms = pl.LazyFrame(
        [
            (form.form, *cell.split("/"))
            for form in declaration().forms
            for cell in {cell for one in instances({form.table_code: form.form}) for cell in one.cells}
        ],
        ["form", *axes],
        orient="row",
    )
    cells = _scan(warehouse, "report_cells", REPORT_CELLS)
    missing = cells.filter((pl.col("status") != "reported") | pl.col("value").is_null())
    missing = missing.join(terms, on=["form", *axes], how="semi").select("report_id", *axes)
    bounded = _scan(warehouse, "derived_cells", DERIVED_CELLS)
    silent = missing.join(bounded, on=["report_id", *axes], how="anti").join(examined, on="report_id", how="anti")
    faults = [
        unsought.select("report_id", fault=pl.lit("breaks an identity and nothing was sought")),
        silent.select("report_id", fault=pl.concat_str(pl.lit("nothing is said of "), *axes, separator=" ")),
    ]
    return _result(pl.concat(faults), violated.select("report_id"))


LAKE_CHECKS = [
    every_file_in_inventory,
    every_report_has_a_heading,
    every_report_read_once,
    every_cell_once,
    every_member_judged,
    every_report_examined,
]
