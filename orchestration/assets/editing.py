"""``identity_checks``: the verdicts on the identities (勾稽关系) of every report, by partition."""

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, asset

from orchestration import lake
from orchestration.assets.metadata import OWNERS, code_version, table_metadata
from orchestration.assets.partitions import BACKFILL, PARTITIONS, stale
from orchestration.assets.resources import Warehouse
from orchestration.editing import judge
from orchestration.editing.schema import IDENTITY_CHECKS

VERSION = code_version("form", "editing")


@asset(
    group_name="editing",
    kinds={"python", "polars", "parquet"},
    owners=OWNERS,
    code_version=VERSION,
    deps=["report_cells", "report_tables"],
    partitions_def=PARTITIONS,
    backfill_policy=BACKFILL,
)
def identity_checks(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
    """The verdict on each identity and member of each report: both sides, their difference, and the terms missing.

    Computed from the declared terms alone. A violation is a fact about the report: it is shown and stops nothing.
    """
    folder, cells = warehouse.folder("identity_checks"), warehouse.folder("report_cells")
    made_from = {key: lake.fingerprint(cells / f"{key}.parquet") for key in context.partition_keys}
    marks = {key: lake.digest(VERSION, mark) for key, mark in made_from.items()}
    changed = stale([folder], marks)
    for key in changed:
        tables = pl.read_parquet(warehouse.folder("report_tables") / f"{key}.parquet")
        with lake.writer(folder / f"{key}.parquet", IDENTITY_CHECKS, marks[key]) as part:
            for batch in lake.batches(cells / f"{key}.parquet"):
                part.write(judge(batch, tables.join(batch, on="report_id", how="semi")))
    whole = [folder / f"{key}.parquet" for key in context.partition_keys]
    for path in whole:
        context.add_asset_metadata({"dagster/partition_row_count": lake.count(path)}, partition_key=path.stem)
    verdicts = (
        pl.scan_parquet(whole).group_by("identity", "verdict").len("checks").sort("identity", "verdict").collect()
    )
    return MaterializeResult(
        metadata={
            **table_metadata(pl.scan_parquet(whole)),
            "partitions judged": changed,
            "verdicts": verdicts.to_dicts(),
        }
    )
