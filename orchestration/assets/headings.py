"""``report_headings``: agency, year and region of every report that was opened, read once per version of the reader."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    MaterializeResult,
    asset,
)

from orchestration import lake
from orchestration.agencies.resolving import resolve
from orchestration.assets.metadata import OWNERS, code_version, table_metadata
from orchestration.assets.partitions import report_batches
from orchestration.assets.reports import raw_reports
from orchestration.assets.resources import Warehouse
from orchestration.intake.copies import entries_by_report
from orchestration.intake.document import Problem
from orchestration.intake.inventory import first_paths, reports_of_files
from orchestration.intake.manifest import Entry, Manifest, read_manifest
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading import Heading, read_headings
from orchestration.reading.schema import REPORT_HEADINGS

VERSION = code_version("form", "intake", "reading", "agencies")


@asset(
    group_name="reading",
    kinds={"python", "polars", "parquet"},
    owners=OWNERS,
    code_version=VERSION,
    deps=[raw_reports],
    check_specs=[
        AssetCheckSpec(
            "manifest_usable", asset="report_headings", description="Every line of the manifest could be used."
        )
    ],
)
def report_headings(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
    """Agency, year, dates and region of each report, or the reason why it is set aside.

    Only what this version of the reader has not read yet is read; where the manifest changes, all of it is.
    """
    folder = warehouse.folder("report_headings")
    manifest = read_manifest(warehouse.settings.reports)
    report_of = reports_of_files(warehouse.settings.lake)
    entries, problems = entries_by_report(manifest.entries.values(), report_of, first_paths(warehouse.settings.lake))
    mark = lake.digest(VERSION, *sorted(manifest.entries.items()))
    stale = [path for path in lake.files(folder) if lake.fingerprint(path) != mark]
    kept = [pl.read_parquet(path) for path in lake.files(folder) if path not in stale]
    read = 0
    for rows in _read(warehouse, pl.concat(kept or [REPORT_HEADINGS.to_frame()]), entries, report_of):
        lake.write(folder / f"{lake.digest(mark, *rows['report_id'])}.parquet", rows, REPORT_HEADINGS, mark)
        read += rows.height
    for path in stale:
        path.unlink()
    lake.keep_readable(folder, REPORT_HEADINGS)
    context.log.info("read the headings of %d reports", read)
    headings = lake.scan(folder, REPORT_HEADINGS)
    return MaterializeResult(
        metadata={**table_metadata(headings), "reports read": read, "reader version": VERSION},
        check_results=[_manifest_check(manifest, problems)],
    )


def _manifest_check(manifest: Manifest, further: Iterable[Problem]) -> AssetCheckResult:
    problems = [problem.message for problem in (*manifest.problems, *further)]
    return AssetCheckResult(
        passed=not problems,
        severity=AssetCheckSeverity.WARN,
        metadata={"entries": len(manifest.entries), "problems": problems},
    )


def _read(
    warehouse: Warehouse, kept: pl.DataFrame, entries: Mapping[str, Entry], report_of: Mapping[str, str]
) -> Iterator[pl.DataFrame]:
    """The headings of the opened reports that are not among ``kept``, in batches."""
    opened = lake.scan(warehouse.folder("raw_reports"), RAW_REPORTS).filter(pl.col("set_aside").is_null())
    wanted = opened.select("report_id").collect().join(kept, on="report_id", how="anti")
    for batch in report_batches(warehouse.folder("raw_reports"), wanted):
        texts = dict(batch.select("report_id", "text").iter_rows())
        rows = [
            _completed(row, texts[row["report_id"]], entries.get(row["report_id"]), report_of)
            for row in read_headings(batch).iter_rows(named=True)
        ]
        yield pl.DataFrame(rows, schema=REPORT_HEADINGS)


def _completed(row: dict, text: str, entry: Entry | None, report_of: Mapping[str, str]) -> dict:
    """A heading with the agency's full name, its region, and what the manifest adds."""
    agency = resolve(Heading(name=row["name_in_title"], year=row["year"], publisher=row["publisher"]), text, entry)
    found = agency.identification
    row |= {
        "agency_name": agency.name,
        "region_code": found.region_code,
        "region_name": found.region_name,
        "region_evidence": found.region_evidence,
        "region_candidates": list(found.region_candidates),
        "level": found.level,
        "organ_type": found.organ_type,
        "reader_version": VERSION,
    }
    if entry:
        row["name_evidence"] = "manifest" if entry.agency else row["name_evidence"]
        row |= {
            "url": entry.url,
            "publisher": entry.publisher or row["publisher"],
            "published_on": entry.published_on or row["published_on"],
            "corrects": entry.corrects if entry.corrects_report else report_of.get(entry.corrects),
        }
    return row
