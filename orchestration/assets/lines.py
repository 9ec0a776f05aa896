"""``source_lines``: the lines of the reports around cells, claims and problems, by partition."""

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, asset

from orchestration import lake
from orchestration.assets.metadata import OWNERS, code_version, table_metadata
from orchestration.assets.partitions import BACKFILL, PARTITIONS, report_batches, stale
from orchestration.assets.resources import Warehouse
from orchestration.editing.prose.source_lines import SOURCE_LINES, source_lines

VERSION = code_version("intake", "editing")
NAMED = ("report_cells", "reading_problems", "prose_claims", "plausibility_checks")  # what names a line


@asset(
    name="source_lines",
    group_name="editing",
    kinds={"python", "polars", "parquet"},
    owners=OWNERS,
    code_version=VERSION,
    deps=["raw_reports", "report_tables", *NAMED],
    partitions_def=PARTITIONS,
    backfill_policy=BACKFILL,
)
def kept_lines(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
    """The source lines that the published file carries, so that each number can be explained without the report."""
    folder = warehouse.folder("source_lines")
    names = ("report_tables", *NAMED)
    files = {key: {name: warehouse.folder(name) / f"{key}.parquet" for name in names} for key in context.partition_keys}
    marks = {key: lake.digest(VERSION, *map(lake.fingerprint, parts.values())) for key, parts in files.items()}
    changed = stale([folder], marks)
    for key in changed:
        tables = pl.read_parquet(files[key]["report_tables"])
        with lake.writer(folder / f"{key}.parquet", SOURCE_LINES, marks[key]) as part:
            for batch in report_batches(warehouse.folder("raw_reports"), tables.select("report_id").unique()):
                ids = batch.lazy().select("report_id")
                named = [
                    pl.scan_parquet(files[key][name])
                    .select("report_id", "line")
                    .join(ids, on="report_id", how="semi")
                    .unique()
                    .collect()
                    for name in NAMED
                ]
                part.write(source_lines(batch, tables.join(batch, on="report_id", how="semi"), named))
    whole = [folder / f"{key}.parquet" for key in context.partition_keys]
    for path in whole:
        context.add_asset_metadata({"dagster/partition_row_count": lake.count(path)}, partition_key=path.stem)
    return MaterializeResult(metadata={**table_metadata(pl.scan_parquet(whole)), "partitions copied": changed})
