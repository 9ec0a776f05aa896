"""``report_headings``: agency, year and region of every report that was opened, read once per version of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, asset

from orchestration import lake
from orchestration.assets.metadata import OWNERS, code_version, table_metadata
from orchestration.assets.partitions import report_batches
from orchestration.assets.reports import raw_reports
from orchestration.assets.resources import Warehouse
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import REPORT_HEADINGS

VERSION = code_version("form", "intake", "reading", "agencies")


@asset(
    group_name="reading",
    kinds={"python", "polars", "parquet"},
    owners=OWNERS,
    code_version=VERSION,
    deps=[raw_reports],
)
def report_headings(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
    """Agency, year, dates and region of each report, or the reason why it is set aside.

    Only reports that this version of the reader has not read yet, or that an edited manifest speaks of anew, are read.
    """
    folder = warehouse.folder("report_headings")
    mark = f"{VERSION} {_manifest_mark(warehouse.settings.reports)}"
    old = [path for path in lake.files(folder) if lake.fingerprint(path) != mark]
    kept = pl.concat([pl.read_parquet(path) for path in lake.files(folder) if path not in old] or [REPORT_HEADINGS.to_frame()])
    read = 0
    for rows in _read(warehouse, kept):
        lake.write(folder / f"{lake.digest(mark, *rows['report_id'])}.parquet", rows, REPORT_HEADINGS, mark)
        read += rows.height
    for path in old:
        path.unlink()
    lake.keep_readable(folder, REPORT_HEADINGS)
    headings = lake.scan(folder, REPORT_HEADINGS)
    context.log.info("read the headings of %d reports", read)
    return MaterializeResult(metadata={**table_metadata(headings), "reports read": read, "reader version": VERSION})
