"""``raw_reports``: the inventory of the reports folder."""

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration import lake
from orchestration.assets.metadata import OWNERS, code_version, markdown, table_metadata
from orchestration.assets.resources import Warehouse
from orchestration.intake.inventory import take_inventory
from orchestration.intake.schema import RAW_REPORTS


@asset(group_name="intake", kinds={"python", "parquet"}, owners=OWNERS, code_version=code_version("intake"))
def raw_reports(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
    """Every file under the reports folder once, by the SHA-256 of its bytes; append-only.

    A file whose path, size and time of change are known is not read again, and one whose bytes are known is not
    opened again: files with the same bytes are one report, and ``copies`` says which file counts for which. Files that
    cannot be opened are rows too, set aside with a code and a reason.
    """
    found = take_inventory(warehouse.settings.reports, warehouse.settings.lake)
    for path, reason in found.unreadable:
        context.log.warning("cannot read %s: %s", path, reason)
    inventory = lake.scan(warehouse.folder("raw_reports"), RAW_REPORTS)
    aside = inventory.filter(pl.col("set_aside").is_not_null()).select("path", "set_aside", "reason").collect()
    return MaterializeResult(
        metadata={
            **table_metadata(inventory.drop("text", "layout")),
            "reports folder": MetadataValue.path(str(warehouse.settings.reports)),
            "files found": found.files,
            "files read": found.read,
            "new reports": found.new,
            "known under another name": found.again,
            "copies": MetadataValue.json([copy._asdict() for copy in found.copies]),
            "set aside": markdown(aside.columns, aside.rows()),
            "unreadable": MetadataValue.json([{"path": path, "reason": reason} for path, reason in found.unreadable]),
        }
    )
