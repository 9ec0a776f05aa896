"""``report_cells``, ``report_tables`` and ``reading_problems``: what the tables of the reports hold, by partition."""

from collections.abc import Iterator
from contextlib import ExitStack

import polars as pl
from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from orchestration import lake
from orchestration.assets.headings import report_headings
from orchestration.assets.metadata import OWNERS, code_version, table_metadata
from orchestration.assets.partitions import BACKFILL, PARTITIONS, report_batches, stale, with_partition
from orchestration.assets.reports import raw_reports
from orchestration.assets.resources import Warehouse
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading import read_tables
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

VERSION = code_version("form", "intake", "reading")
SCHEMAS = {"report_cells": REPORT_CELLS, "report_tables": REPORT_TABLES, "reading_problems": READING_PROBLEMS}
DESCRIPTIONS = {
    "report_cells": "Every cell of the detected forms of every report, whatever its status: the long fact table.",
    "report_tables": "The form detected for each of the three statutory tables, and the lines where it stands.",
    "reading_problems": "What reading could not settle, with code and line; set-aside files are in `unknown`.",
}


def _spec(name: str) -> AssetSpec:
    return AssetSpec(
        name,
        deps=[raw_reports, report_headings],
        description=DESCRIPTIONS[name],
        group_name="reading",
        kinds={"python", "polars", "parquet"},
        owners=OWNERS,
        code_version=VERSION,
        partitions_def=PARTITIONS,
    )


@multi_asset(specs=[_spec(name) for name in SCHEMAS], backfill_policy=BACKFILL)
def read_reports(context: AssetExecutionContext, warehouse: Warehouse) -> Iterator[MaterializeResult]:
    """Read the tables of the reports of each partition; one that was read from the same reports is left as it is."""
    folders = {name: warehouse.folder(name) for name in SCHEMAS}
    reports = _reports(warehouse).filter(pl.col("partition").is_in(list(context.partition_keys)))
    marks = {key: _mark(reports.filter(pl.col("partition") == key)) for key in context.partition_keys}
    changed = stale(folders.values(), marks)
    context.log.info("partitions to read: %s", ", ".join(changed) or "none, all are up to date")
    with ExitStack() as stack:
        parts = {
            (name, key): stack.enter_context(lake.writer(folders[name] / f"{key}.parquet", schema, marks[key]))
            for name, schema in SCHEMAS.items()
            for key in changed
        }
        wanted = reports.filter(pl.col("partition").is_in(changed))
        for inventory in report_batches(warehouse.folder("raw_reports"), wanted.select("report_id")):
            headings = wanted.join(inventory, on="report_id", how="semi")
            for (name, key), rows in _read(inventory, headings):
                parts[name, key].write(rows)
    for name in SCHEMAS:
        for key in context.partition_keys:
            rows = lake.count(folders[name] / f"{key}.parquet")
            context.add_asset_metadata({"dagster/partition_row_count": rows}, name, key)
        whole = [folders[name] / f"{key}.parquet" for key in context.partition_keys]
        yield MaterializeResult(
            asset_key=name, metadata={**table_metadata(pl.scan_parquet(whole)), "partitions read": changed}
        )


def _read(inventory: pl.DataFrame, headings: pl.DataFrame) -> Iterator[tuple[tuple[str, str], pl.DataFrame]]:
    """The rows of each file and partition for one batch of reports."""
    opened = headings.filter(pl.col("set_aside").is_null())
    tables = read_tables(inventory.join(opened, on="report_id", how="semi"), opened.select(REPORT_HEADINGS.names()))
    aside = headings.filter(pl.col("set_aside").is_not_null()).select(
        "report_id", "year", code="set_aside", message="reason", line=pl.lit(None, READING_PROBLEMS["line"])
    )
    found = {
        "report_cells": tables.cells,
        "report_tables": tables.tables.with_columns(reader_version=pl.lit(VERSION)),
        "reading_problems": pl.concat([tables.problems, aside]),
    }
    for name, rows in found.items():
        with_key = rows.join(headings.select("report_id", "partition"), on="report_id", maintain_order="left")
        for (key,), part in with_key.partition_by("partition", as_dict=True, include_key=False).items():
            yield (name, key), part


def _reports(warehouse: Warehouse) -> pl.DataFrame:
    """All reports with their partition; those set aside at intake have no heading."""
    headings = lake.read(warehouse.folder("report_headings"), REPORT_HEADINGS)
    inventory = lake.scan(warehouse.folder("raw_reports"), RAW_REPORTS)
    aside = inventory.filter(pl.col("set_aside").is_not_null()).select("report_id", "set_aside", "reason").collect()
    missing = aside.join(headings, on="report_id", how="anti")
    return with_partition(pl.concat([headings, missing], how="diagonal")).sort("report_id")


def _mark(reports: pl.DataFrame) -> str:
    """What a partition is made from: its reports with their years, and the version of the reader."""
    return lake.digest(VERSION, *reports.select("report_id", "year", "set_aside", "reason").iter_rows())
