"""The Dagster code location: one function that assembles everything, used here, by `gongkai run` and by the tests."""

import os
from collections.abc import Iterable, Sequence

from dagster import (
    AssetCheckKey,
    AssetChecksDefinition,
    AssetKey,
    AssetsDefinition,
    AssetSelection,
    Definitions,
    define_asset_job,
    definitions,
    in_process_executor,
)

from orchestration.assets.editing import identity_checks
from orchestration.assets.findings import cell_findings, prose_findings
from orchestration.assets.headings import report_headings
from orchestration.assets.lines import kept_lines
from orchestration.assets.project import EXPECTATION_RESULTS, dbt_resource, load_project
from orchestration.assets.publishing import published_asset
from orchestration.assets.reading import read_reports
from orchestration.assets.reports import raw_reports
from orchestration.assets.resources import Warehouse
from orchestration.assets.sensing import new_reports_sensor
from orchestration.assets.warehouse import warehouse_assets
from orchestration.assets.years import differences, gaps, report_similarity, review_notes, year_checks
from orchestration.checks.expectations import TABLES, expectation_assets
from orchestration.checks.lake import LAKE_CHECKS
from orchestration.checks.publication import PUBLICATION_CHECKS
from orchestration.settings import Settings

EVERYTHING = "everything"


def _blocking(
    assets: Iterable[AssetsDefinition | AssetChecksDefinition], reads: Sequence[AssetKey]
) -> dict[AssetCheckKey, list[AssetKey]]:
    """Each blocking check with the assets it must be newer than: its own, and what Great Expectations reads."""
    specs = [spec for asset in assets for spec in asset.check_specs if spec.blocking]
    results = AssetKey(EXPECTATION_RESULTS)
    return {spec.key: [spec.asset_key, *(reads if spec.asset_key == results else ())] for spec in specs}


def build_definitions(settings: Settings | None = None, **resources: object) -> Definitions:
    """The code location for the given settings, by default those of the environment; ``resources`` replace ours."""
    settings = settings or Settings.load()
    os.environ.update({key: value for key, value in settings.environment().items() if key not in os.environ})
    project = load_project()
    by_dbt = warehouse_assets(project)
    reads = [AssetKey(name) for name in TABLES]
    editing = [identity_checks, cell_findings, prose_findings]
    editing += [year_checks, differences, gaps, report_similarity, review_notes, kept_lines]
    upstream = [raw_reports, report_headings, read_reports, *editing, *by_dbt, expectation_assets(reads)]
    tables = {key for assets in by_dbt for key in assets.keys}
    job = define_asset_job(
        EVERYTHING,
        selection=AssetSelection.all(),
        description="The whole way, from the reports folder to the published file.",
    )
    return Definitions(
        assets=[*upstream, published_asset(tables, _blocking([*upstream, *LAKE_CHECKS], reads))],
        asset_checks=[*LAKE_CHECKS, *PUBLICATION_CHECKS],
        jobs=[job],
        sensors=[new_reports_sensor(job, settings)],
        resources={"warehouse": Warehouse.of(settings), "dbt": dbt_resource(project), **resources},
        executor=in_process_executor,  # a process per step would import everything anew each time
    )


@definitions
def defs() -> Definitions:
    """What `dagster dev`, `dg` and the UI load; built when asked for, not on import."""
    return build_definitions()
