"""What the published release owes: it is whole, and it holds every report that is there. A failure warns."""

import json

import duckdb
import polars as pl
from dagster import AssetCheckResult, AssetCheckSeverity, MetadataValue, asset_check

from orchestration import lake
from orchestration.assets.resources import Warehouse
from orchestration.intake.schema import RAW_REPORTS
from orchestration.publication.beside import MANIFEST, file_facts

SHOWN = 20


def _result(passed: bool, **metadata: object) -> AssetCheckResult:
    return AssetCheckResult(passed=passed, severity=AssetCheckSeverity.WARN, metadata=metadata)


@asset_check(asset="published_warehouse")
def release_is_whole(warehouse: Warehouse) -> AssetCheckResult:
    """Every file that the manifest of the current release names is there with its size and SHA-256."""
    folder = warehouse.settings.published.resolve().parent
    manifest = folder / MANIFEST
    if not manifest.exists():
        return _result(False, reason=f"{manifest} does not exist")
    files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    wrong = [
        file["path"]
        for file in files
        if not (folder / file["path"]).exists()
        or file_facts(folder / file["path"]) != {key: file[key] for key in ("bytes", "sha256")}
    ]
    return _result(not wrong, files=len(files), wrong=MetadataValue.json(wrong[:SHOWN]))


@asset_check(asset="published_warehouse")
def published_file_is_fresh(warehouse: Warehouse) -> AssetCheckResult:
    """Every report of the inventory stands in the published file; none came in after it was published."""
    inventory = (
        lake.scan(warehouse.folder("raw_reports"), RAW_REPORTS).select("report_id", "path", "received_at").collect()
    )
    if not warehouse.settings.published.exists():
        return _result(False, reason="nothing is published")
    with duckdb.connect(str(warehouse.settings.published), read_only=True) as connection:
        held = pl.DataFrame(
            connection.execute("select report_id from dim_report").fetchall(), ["report_id"], orient="row"
        )
        published_at = connection.execute("select published_at from publication").fetchone()[0]
    waiting = inventory.join(held.cast({"report_id": pl.String}), on="report_id", how="anti")
    return _result(
        waiting.is_empty(),
        **{"published at (UTC)": published_at.isoformat(sep=" ", timespec="seconds")},
        **{"newest report (UTC)": str(inventory["received_at"].max())},
        **{"reports not yet published": waiting.height, "first of them": waiting["path"].head(SHOWN).to_list()},
    )


PUBLICATION_CHECKS = [release_is_whole, published_file_is_fresh]
