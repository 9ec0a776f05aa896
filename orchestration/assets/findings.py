"""What the reports themselves tell of their errors and gaps, by partition: suggestions, derived values, claims."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import polars as pl
from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from orchestration import lake
from orchestration.assets.metadata import OWNERS, code_version, file_version, table_metadata
from orchestration.assets.partitions import BACKFILL, PARTITIONS, report_batches, stale, with_partition
from orchestration.assets.resources import Warehouse
from orchestration.editing import find
from orchestration.editing.across.similarity import prose_features
from orchestration.editing.location.expecting import expected_values
from orchestration.editing.plausibility import judge_plausibility
from orchestration.editing.prose.claim_frames import claim_table
from orchestration.editing.review.exceptions import PATH as EXCEPTIONS
from orchestration.editing.schema import (
    CELL_EDITS,
    DERIVED_CELLS,
    IDENTITY_CHECKS_AFTER,
    PLAUSIBILITY_CHECKS,
    PROSE_CLAIMS,
    PROSE_FEATURES,
)
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

CELLS_VERSION = code_version("form", "editing")
PROSE_VERSION = code_version("form", "intake", "reading", "editing")
ADDRESS = pl.concat_str("table_code", "row_code", "column_code", separator="/")
CELLS = {"cell_edits": CELL_EDITS, "derived_cells": DERIVED_CELLS, "identity_checks_after": IDENTITY_CHECKS_AFTER}
PROSE = {"prose_claims": PROSE_CLAIMS, "prose_features": PROSE_FEATURES, "plausibility_checks": PLAUSIBILITY_CHECKS}
DESCRIPTIONS = {
    "cell_edits": "Suspects and suggestions: the smallest corrections that mend violated identities. None is applied.",
    "derived_cells": "Missing cells of which the identities determine the value, with its proof, or its bounds.",
    "identity_checks_after": "The verdicts on the identities that contain a derived value.",
    "prose_claims": "Numbers that the prose claims, held against the table.",
    "prose_features": "What is kept of the prose of each report to compare it with others.",
    "plausibility_checks": "Cells and sentences that a plausibility rule finds unlikely.",
}


def _specs(names: Mapping[str, pl.Schema], version: str, deps: list[str]) -> list[AssetSpec]:
    return [
        AssetSpec(
            name,
            deps=deps,
            description=DESCRIPTIONS[name],
            group_name="editing",
            kinds={"python", "polars", "parquet"},
            owners=OWNERS,
            code_version=version,
            partitions_def=PARTITIONS,
        )
        for name in names
    ]


@multi_asset(
    specs=_specs(CELLS, CELLS_VERSION, ["raw_reports", "report_headings", "report_cells", "report_tables"]),
    backfill_policy=BACKFILL,
)
def cell_findings(context: AssetExecutionContext, warehouse: Warehouse) -> Iterator[MaterializeResult]:
    """Locate wrong cells and derive missing ones in each partition whose cells are new. Nothing is applied.

    What the reports of the years before and after carry over ranks the suggestions; so a partition is also made anew
    where that has changed.
    """
    folders = {name: warehouse.folder(name) for name in CELLS}
    cells = warehouse.folder("report_cells")
    told = _expected(warehouse, context.partition_keys)
    marks = {
        key: lake.digest(CELLS_VERSION, _mark(cells, key), *_of_year(told, key).iter_rows())
        for key in context.partition_keys
    }
    changed = stale(folders.values(), marks)
    for key in changed:
        tables = pl.read_parquet(warehouse.folder("report_tables") / f"{key}.parquet")
        with ExitStack() as stack:
            edits, derived, after = (
                stack.enter_context(lake.writer(folders[name] / f"{key}.parquet", schema, marks[key]))
                for name, schema in CELLS.items()
            )
            for batch in lake.batches(cells / f"{key}.parquet"):
                found = find(batch, tables.join(batch, on="report_id", how="semi"), expected=_of_year(told, key))
                edits.write(found.edits)
                derived.write(found.derived)
                after.write(found.after)
    yield from _results(context, folders, dict.fromkeys(CELLS, changed))


@multi_asset(
    specs=_specs(
        PROSE, PROSE_VERSION, ["raw_reports", "report_headings", "report_cells", "report_tables", "derived_cells"]
    ),
    backfill_policy=BACKFILL,
)
def prose_findings(context: AssetExecutionContext, warehouse: Warehouse) -> Iterator[MaterializeResult]:
    """What the sentences claim, what they share with others, and what is implausible; the texts are read once."""
    folders = {name: warehouse.folder(name) for name in PROSE}
    headings = with_partition(lake.read(warehouse.folder("report_headings"), REPORT_HEADINGS)).filter(
        pl.col("set_aside").is_null()
    )
    changed: dict[str, list[str]] = {name: [] for name in PROSE}
    for key in context.partition_keys:
        reports = headings.filter(pl.col("partition") == key).select(REPORT_HEADINGS.names())
        marks = _prose_marks(warehouse, key, reports)
        due = {name: mark for name, mark in marks.items() if stale([folders[name]], {key: mark})}
        with ExitStack() as stack:
            parts = {
                name: stack.enter_context(lake.writer(folders[name] / f"{key}.parquet", PROSE[name], mark))
                for name, mark in due.items()
            }
            for name, rows in _prose(warehouse, key, reports, set(due)) if due else ():
                parts[name].write(rows)
        for name in due:
            changed[name].append(key)
    yield from _results(context, folders, changed)


def told_headings(warehouse: Warehouse) -> pl.DataFrame:
    """The headings with ``received_at``, which tells the later of two reports."""
    headings = lake.read(warehouse.folder("report_headings"), REPORT_HEADINGS)
    received = lake.scan(warehouse.folder("raw_reports"), RAW_REPORTS).select("report_id", "received_at").collect()
    return headings.join(received, on="report_id", how="left").sort("report_id")


def _expected(warehouse: Warehouse, keys: Collection[str]) -> pl.DataFrame:
    """EXPECTED_VALUES of the reports of some partitions, with their ``year``."""
    headings = told_headings(warehouse)
    tables = lake.read(warehouse.folder("report_tables"), REPORT_TABLES)
    cells = lake.scan(warehouse.folder("report_cells"), REPORT_CELLS)
    told = expected_values(cells, tables, headings, [int(key) for key in keys if key.isdigit()])
    return told.join(headings.select("report_id", "year").unique("report_id"), on="report_id", maintain_order="left")


def _of_year(expected: pl.DataFrame, key: str) -> pl.DataFrame:
    year = int(key) if key.isdigit() else None
    return expected.filter(pl.col("year").eq_missing(pl.lit(year, pl.Int16))).drop("year")


def _mark(folder: Path, key: str) -> str:
    return lake.fingerprint(folder / f"{key}.parquet") or ""


def _prose_marks(warehouse: Warehouse, key: str, reports: pl.DataFrame) -> dict[str, str]:
    """What each file of the partition is made from: names and levels may change without any cell."""
    told = reports.select("report_id", "agency_name", "name_in_title", "region_name", "level", "organ_type")
    mark = lake.digest(PROSE_VERSION, _mark(warehouse.folder("report_cells"), key), *told.sort("report_id").iter_rows())
    return {
        "prose_claims": lake.digest(mark, _mark(warehouse.folder("derived_cells"), key)),
        "prose_features": mark,
        "plausibility_checks": lake.digest(mark, file_version(EXCEPTIONS)),
    }


def _prose(warehouse: Warehouse, key: str, reports: pl.DataFrame, due: set[str]) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each file that is due, in batches of reports."""
    read = {
        name: pl.scan_parquet(warehouse.folder(name) / f"{key}.parquet") for name in ("report_cells", "report_tables")
    }
    sure = proved(pl.scan_parquet(warehouse.folder("derived_cells") / f"{key}.parquet"))
    for inventory in report_batches(warehouse.folder("raw_reports"), reports.select("report_id")):
        ids = inventory.lazy().select("report_id")
        cells, tables, derived = (
            frame.join(ids, on="report_id", how="semi", maintain_order="left").collect()
            for frame in (read["report_cells"], read["report_tables"], sure)
        )
        theirs = reports.join(inventory, on="report_id", how="semi", maintain_order="left")
        if "prose_claims" in due:
            yield "prose_claims", claim_table(inventory, theirs, tables, cells, derived)
        if "prose_features" in due:
            yield "prose_features", prose_features(inventory, tables, theirs)
        if "plausibility_checks" in due:
            yield "plausibility_checks", judge_plausibility(cells, theirs, inventory)


def proved(derived: pl.LazyFrame) -> pl.LazyFrame:
    """The values of DERIVED_CELLS that hold whatever the suspects are: report_id, cell, value."""
    return derived.filter(pl.col("value").is_not_null() & ~pl.col("conditional")).select(
        "report_id", ADDRESS.alias("cell"), "value"
    )


def _results(
    context: AssetExecutionContext, folders: Mapping[str, Path], changed: Mapping[str, list[str]]
) -> Iterator[MaterializeResult]:
    for name, folder in folders.items():
        whole = [folder / f"{key}.parquet" for key in context.partition_keys]
        for path in whole:
            context.add_asset_metadata({"dagster/partition_row_count": lake.count(path)}, name, path.stem)
        yield MaterializeResult(
            asset_key=name,
            metadata={**table_metadata(pl.scan_parquet(whole)), "partitions examined": changed[name]},
        )
