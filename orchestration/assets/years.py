"""What shows across reports: the identities from year to year, figures told twice, years without a report, copies."""

from collections.abc import Callable

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, asset

from orchestration import lake
from orchestration.assets.findings import ADDRESS, told_headings
from orchestration.assets.metadata import OWNERS, code_version, file_version, table_metadata
from orchestration.assets.resources import Warehouse
from orchestration.editing.across.agency_keys import ALIASES, REGIONS
from orchestration.editing.across.similarity import similar_years
from orchestration.editing.across.similarity_agencies import similar_agencies
from orchestration.editing.across.years import judge_years
from orchestration.editing.across.years_differences import report_differences
from orchestration.editing.across.years_reports import missing_years as years_without_report
from orchestration.editing.across.years_reports import reports_of_agencies
from orchestration.editing.review.exceptions import PATH as EXCEPTIONS
from orchestration.editing.review.exceptions import read_exceptions
from orchestration.editing.review.notes import REVIEW_NOTES, notes_on_cells, notes_on_checks
from orchestration.editing.review.reviews import PATH as REVIEWS
from orchestration.editing.review.reviews import pending_decisions, read_decisions
from orchestration.editing.schema import (
    CELL_EDITS,
    DERIVED_CELLS,
    IDENTITY_CHECKS,
    MISSING_YEARS,
    PLAUSIBILITY_CHECKS,
    PROSE_FEATURES,
    REPORT_DIFFERENCES,
    REPORT_SIMILARITY,
    YEAR_CHECKS,
)
from orchestration.reading.schema import REPORT_CELLS, REPORT_TABLES

VERSION = code_version("form", "editing")
WHOLE = "all.parquet"
COMMON = {"group_name": "editing", "kinds": {"python", "polars", "parquet"}, "owners": OWNERS, "code_version": VERSION}
TOLD = ("report_id", "agency_name", "region_code", "url", "publisher", "year", "published_on", "corrects", "set_aside")


@asset(**COMMON, deps=["raw_reports", "report_headings", "report_cells", "report_tables"])
def year_checks(warehouse: Warehouse) -> MaterializeResult:
    """The verdict on each identity between an agency's report and that of the year before.

    Soft: mergers, clean-ups and corrections break them honestly; a known exception stands beside the verdict.
    """
    headings = told_headings(warehouse)
    tables = lake.read(warehouse.folder("report_tables"), REPORT_TABLES)
    cells = lake.scan(warehouse.folder("report_cells"), REPORT_CELLS)
    marks = (_told(headings), *_marks(warehouse, "report_cells"), file_version(EXCEPTIONS))
    return _made(warehouse, "year_checks", YEAR_CHECKS, marks, lambda: judge_years(cells, tables, headings))


@asset(name="report_differences", **COMMON, deps=["raw_reports", "report_headings", "report_cells"])
def differences(warehouse: Warehouse) -> MaterializeResult:
    """Cells in which two reports of one agency and year tell different figures."""
    headings = told_headings(warehouse)
    twice = reports_of_agencies(headings).filter(pl.len().over("agency", "year") > 1).lazy()
    cells = lake.scan(warehouse.folder("report_cells"), REPORT_CELLS).join(twice, on="report_id", how="semi")
    marks = (_told(headings), *_marks(warehouse, "report_cells"))
    return _made(
        warehouse,
        "report_differences",
        REPORT_DIFFERENCES,
        marks,
        lambda: report_differences(cells.collect(), headings),
    )


@asset(name="missing_years", **COMMON, deps=["raw_reports", "report_headings"])
def gaps(warehouse: Warehouse) -> MaterializeResult:
    """Years without any report between an agency's first and its last."""
    headings = told_headings(warehouse)
    return _made(warehouse, "missing_years", MISSING_YEARS, (_told(headings),), lambda: years_without_report(headings))


@asset(**COMMON, deps=["raw_reports", "report_headings", "prose_features"])
def report_similarity(warehouse: Warehouse) -> MaterializeResult:
    """How much of a report's prose stands in that of the year before, and copies of another agency's report."""
    headings = told_headings(warehouse)

    def compared() -> pl.DataFrame:
        features = lake.read(warehouse.folder("prose_features"), PROSE_FEATURES)
        return pl.concat([similar_years(features, headings), similar_agencies(features, headings)])

    marks = (_told(headings), *_marks(warehouse, "prose_features"))
    return _made(warehouse, "report_similarity", REPORT_SIMILARITY, marks, compared)


@asset(
    **COMMON,
    deps=["report_headings", "identity_checks", "year_checks", "plausibility_checks", "cell_edits", "derived_cells"],
)
def review_notes(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
    """The reviewed decisions and known exceptions, for each verdict, suggestion and derived value they speak of."""
    headings = told_headings(warehouse)
    decisions, exceptions = read_decisions(), read_exceptions()
    pending = [one.decision_id for one in pending_decisions(headings, decisions)]
    if pending:
        context.log.warning("decisions on reports that are not there: %s", ", ".join(pending))

    def rows(name: str, schema: pl.Schema) -> pl.LazyFrame:
        return lake.scan(warehouse.folder(name), schema)

    def notes() -> pl.DataFrame:
        checks = [rows("identity_checks", IDENTITY_CHECKS), rows("year_checks", YEAR_CHECKS)]
        checks.append(rows("plausibility_checks", PLAUSIBILITY_CHECKS).rename({"rule": "identity"}))
        columns = ["report_id", "year", "identity", "member", "verdict"]
        edits = rows("cell_edits", CELL_EDITS).select("report_id", ADDRESS.alias("cell"), value="value_to")
        derived = rows("derived_cells", DERIVED_CELLS).select("report_id", ADDRESS.alias("cell"), "value")
        return pl.concat(
            [
                notes_on_checks(pl.concat([c.select(columns) for c in checks]), headings, decisions, exceptions),
                notes_on_cells(pl.concat([edits, derived]), headings, decisions),
            ]
        )

    used = ("identity_checks", "year_checks", "plausibility_checks", "cell_edits", "derived_cells")
    marks = (_told(headings), file_version(EXCEPTIONS), file_version(REVIEWS), *_marks(warehouse, *used))
    return _made(warehouse, "review_notes", REVIEW_NOTES, marks, notes, {"decisions on absent reports": pending})


def _told(headings: pl.DataFrame) -> str:
    told = headings.select(*TOLD, "region_candidates", "received_at")
    return lake.digest(*told.iter_rows(), file_version(ALIASES), file_version(REGIONS))


def _marks(warehouse: Warehouse, *names: str) -> list[str]:
    """What the files of some folders were made from."""
    return [f"{p.stem}={lake.fingerprint(p)}" for name in names for p in lake.files(warehouse.folder(name))]


def _made(
    warehouse: Warehouse,
    name: str,
    schema: pl.Schema,
    marks: tuple[str, ...],
    make: Callable[[], pl.DataFrame],
    more: dict | None = None,
) -> MaterializeResult:
    """Write the one file of an asset, unless it was made from the same."""
    path, mark = warehouse.folder(name) / WHOLE, lake.digest(VERSION, *marks)
    changed = lake.fingerprint(path) != mark
    if changed:
        lake.write(path, make(), schema, mark)
    return MaterializeResult(metadata={**table_metadata(pl.scan_parquet(path)), "made anew": changed, **(more or {})})
