"""``expectation_results``: the Great Expectations run as an asset, and each of its expectations as an asset check.

A violation in a report is a warning that stops nothing. What we owe (keys, coverage), and an expectation that crashed
or did not run, is an error that stops publication.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from threading import Thread

import polars as pl
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    MaterializeResult,
    MetadataValue,
    asset,
)

from expectations import TABLES, CheckResult, DeclaredExpectation, declared_expectations, history_row, run_checks
from orchestration import lake
from orchestration.assets.metadata import OWNERS, markdown, table_metadata
from orchestration.assets.project import EXPECTATION_RESULTS
from orchestration.assets.resources import Warehouse
from orchestration.settings import DASHBOARD

__all__ = ["TABLES", "expectation_assets", "load_ahead"]

# <home>/lake/check_history/*.parquet
CHECK_HISTORY = pl.Schema(
    {
        "run_id": pl.String,
        "checked_at": pl.Datetime("us", "UTC"),
        "suite": pl.String,
        "expectation": pl.String,
        "identity": pl.String,
        "severity": pl.String,
        "success": pl.Boolean,
        "evaluated": pl.Int64,
        "unexpected": pl.Int64,
        "error": pl.String,
        "citation": pl.String,
    }
)


def _spec(expectation: DeclaredExpectation) -> AssetCheckSpec:
    return AssetCheckSpec(
        expectation.name,
        asset=EXPECTATION_RESULTS,
        description=expectation.notes,
        blocking=True,  # for errors; a violation is a warning, and warnings do not block
        metadata={"suite": expectation.suite, "severity": expectation.severity},
    )


def expectation_assets(reads: list[AssetKey]) -> AssetsDefinition:
    """The asset; ``reads`` are the tables of the warehouse that must be there before."""

    @asset(
        name=EXPECTATION_RESULTS,
        group_name="expectations",
        kinds={"greatexpectations", "duckdb", "parquet"},
        owners=OWNERS,
        deps=reads,
        check_specs=[_spec(expectation) for expectation in declared_expectations()],
    )
    def expectation_results(context: AssetExecutionContext, warehouse: Warehouse) -> Iterator[MaterializeResult]:
        """Great Expectations on the cells of the warehouse: one expectation per declared identity, and what we owe.

        Each run appends its results to the history that `check_history` publishes.
        """
        settings = warehouse.settings
        results = run_checks(settings.warehouse, context.run_id, home=settings.home)
        rows = pl.DataFrame([history_row(result) for result in results], schema=CHECK_HISTORY)
        name = f"{results[0].checked_at:%Y%m%dT%H%M%S%f}-{context.run_id[:8]}"
        lake.write(warehouse.folder("check_history") / f"{name}.parquet", rows, CHECK_HISTORY)
        yield MaterializeResult(
            metadata={
                **table_metadata(lake.scan(warehouse.folder("check_history"), CHECK_HISTORY)),
                "data docs": MetadataValue.path(str(settings.home / "expectations" / "data_docs" / "index.html")),
                "dashboard": MetadataValue.url(f"{DASHBOARD}/history"),
            },
            check_results=[_check_result(result) for result in results],
        )

    return expectation_results


def load_ahead() -> Thread:
    """Begin to import Great Expectations, which takes seconds, while something else is waited for."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when the package is imported
    thread = Thread(target=import_module, args=("great_expectations",), daemon=True)
    thread.start()
    return thread


def _check_result(result: CheckResult) -> AssetCheckResult:
    metadata = {
        "suite": result.suite,
        "evaluated": result.evaluated,
        "unexpected": result.unexpected,
        "citation": result.citation or None,
        "error": result.error,
        "failing rows": markdown(list(result.rows[0]), (row.values() for row in result.rows)) if result.rows else None,
    }
    return AssetCheckResult(
        check_name=result.expectation,
        passed=bool(result.success),
        severity=AssetCheckSeverity.ERROR if result.stops_publication else AssetCheckSeverity.WARN,
        description=result.error or result.description,
        metadata={key: value for key, value in metadata.items() if value is not None},
    )
