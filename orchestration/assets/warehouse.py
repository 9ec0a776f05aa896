"""The dbt project as assets: seeds, staging, intermediate and marts, with its tests as asset checks.

dbt runs twice in a whole run: everything that Great Expectations looks at first, then what stands on its results.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
from dagster import AssetExecutionContext, AssetsDefinition, Failure, Output
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

from orchestration.assets.metadata import PREVIEW_ROWS, described
from orchestration.assets.project import Translator
from orchestration.assets.resources import Warehouse
from orchestration.dbt_parsing import target_folder
from orchestration.settings import Settings

DBT_WAREHOUSE, DBT_CHECK_HISTORY = "dbt_warehouse", "dbt_check_history"

# they judge the SQL on rows of their own, whatever the data: a matter of the tests, not of a run
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")

# the source that Great Expectations writes, and all that stands on it
AFTER_EXPECTATIONS = "source:lake.check_history+"


def warehouse_assets(project: DbtProject) -> list[AssetsDefinition]:
    """The two halves of the project; dbt's own selection says which node belongs to which."""
    common = {"manifest": project.manifest_path, "dagster_dbt_translator": Translator(), "project": project}

    @dbt_assets(**common, name=DBT_WAREHOUSE, exclude=AFTER_EXPECTATIONS)
    def dbt_warehouse(context: AssetExecutionContext, dbt: DbtCliResource, warehouse: Warehouse) -> Iterator[Any]:
        yield from _build(context, dbt, warehouse.settings)

    @dbt_assets(**common, name=DBT_CHECK_HISTORY, select=AFTER_EXPECTATIONS)
    def dbt_check_history(context: AssetExecutionContext, dbt: DbtCliResource, warehouse: Warehouse) -> Iterator[Any]:
        yield from _build(context, dbt, warehouse.settings)

    return [dbt_warehouse, dbt_check_history]


def _build(context: AssetExecutionContext, dbt: DbtCliResource, settings: Settings) -> Iterator[Any]:
    """``dbt build`` of what is selected; its events follow when dbt has let go of the file, with rows and columns."""
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    # one folder for both runs, so that the second finds the project parsed
    target = target_folder(settings.home / "dbt")
    invocation = dbt.cli(["build", *WITHOUT_UNIT_TESTS], context=context, target_path=target, raise_on_error=False)
    try:
        events = list(invocation.stream())
    except KeyError as unknown:
        raise Failure(
            f"dbt met {unknown}, which was not there when this code location was loaded: reload it and run again",
            allow_retries=False,
        ) from unknown
    tables = _relations(context)
    if settings.warehouse.exists():
        with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
            for event in events:
                if isinstance(event, Output):
                    context.add_output_metadata(_describe(connection, tables[event.output_name]), event.output_name)
    yield from events
    error = invocation.get_error()
    if error is not None:
        raise error


def _relations(context: AssetExecutionContext) -> Mapping[str, str]:
    """Output name -> qualified relation in the warehouse."""
    found = {}
    for output, key in context.assets_def.keys_by_output_name.items():
        metadata = context.assets_def.metadata_by_key[key]
        found[output] = metadata["dagster/table_name"]
    return found


def _describe(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, Any]:
    table = ".".join(f'"{part}"' for part in relation.split("."))
    first = connection.execute(f"from {table} limit {PREVIEW_ROWS}")
    columns = {column[0]: str(column[1]) for column in first.description}
    rows = first.fetchall()
    return described(connection.execute(f"select count(*) from {table}").fetchone()[0], columns, rows)
