"""What the published release owes: it is whole, and holds every report that is there or due. A failure warns."""

import json

import duckdb
import polars as pl
from dagster import AssetCheckResult, AssetCheckSeverity, MetadataValue, asset_check

from orchestration import lake
from orchestration.assets.metadata import markdown
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


@asset_check(asset="published_warehouse")
def expected_reports_came_in_time(warehouse: Warehouse) -> AssetCheckResult:
    """Every agency of the roster has reported for each year that is due, and in time; who has not is named."""
    if not warehouse.settings.published.exists():
        return _result(False, reason="nothing is published")
    with duckdb.connect(str(warehouse.settings.published), read_only=True) as connection:
        years = connection.execute("""
            select
                year, count(*) as expected, count(report_id) as received,
                count(*) filter (where timeliness = 'missing') as missing,
                count(*) filter (where timeliness = 'late') as late,
                count(*) filter (where timeliness = 'unknown_date') as unknown_date
            from mart_timeliness where is_expected group by year order by year
        """)
        columns, by_year = [column[0] for column in years.description], years.fetchall()
        wanting = connection.execute("""
            select agencies.agency_name, times.year, times.timeliness, times.due_on, times.days_after_due
            from mart_timeliness as times left join dim_agency as agencies using (agency_id)
            where times.is_expected and times.timeliness in ('missing', 'late')
            order by times.year desc, times.timeliness, agencies.agency_name
        """).fetchall()
    return _result(
        not wanting,
        **{"missing or late": len(wanting), "by year": markdown(columns, by_year)},
        **{"first of them": markdown(["agency", "year", "timeliness", "due on", "days after"], wanting[:SHOWN])},
    )


PUBLICATION_CHECKS = [release_is_whole, published_file_is_fresh, expected_reports_came_in_time]
