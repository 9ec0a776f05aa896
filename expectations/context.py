"""A Great Expectations context in memory, the warehouse as its data source, and the static site of Data Docs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from expectations.duckdb_mend import keep_errors_apart, mend
from expectations.relations import Relations

if TYPE_CHECKING:
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context import EphemeralDataContext

SITE = "data_docs"


@contextmanager
def warehouse_batch(
    warehouse: Path, names: Relations, home: Path | None = None
) -> Iterator[tuple[EphemeralDataContext, BatchDefinition]]:
    """A context and the whole of fct_cell as a batch, read-only; the warehouse is released on leaving.

    With ``home``, Data Docs can be built into ``<home>/expectations/data_docs``. Nothing is sent anywhere.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when the package is imported
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx
    from great_expectations.data_context.types import base
    from sqlalchemy import URL

    mend()
    config = base.DataContextConfig(
        store_backend_defaults=base.InMemoryStoreBackendDefaults(),
        data_docs_sites={SITE: _site(home)} if home else {},
        progress_bars=base.ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    url = URL.create("duckdb", database=str(warehouse.resolve())).render_as_string(hide_password=False)
    source = context.data_sources.add_sql(
        name="warehouse",
        connection_string=url,
        create_temp_table=False,
        kwargs={"connect_args": {"read_only": True}},
    )
    try:
        keep_errors_apart(source.get_execution_engine().engine)
        asset = source.add_query_asset(name="fct_cell", query=f"select * from {names.fct_cell}")
        yield context, asset.add_batch_definition_whole_table("all")
    finally:
        _release(source)


def build_site(context: EphemeralDataContext, home: Path) -> None:
    """Write Data Docs anew: the pages of this run take the place of those of the run before."""
    folder = site_folder(home)
    rmtree(folder, ignore_errors=True)
    context.build_data_docs(site_names=[SITE])
    rmtree(folder / "static", ignore_errors=True)  # GX's own styles and pictures, which our pages do not use


def site_folder(home: Path) -> Path:
    """Where Data Docs stand."""
    return home.resolve() / "expectations" / SITE


def _site(home: Path) -> dict:
    ours = "expectations.data_docs"
    page = {"module_name": ours, "class_name": "Page"}

    def section(store: str, renderer: str) -> dict:
        return {
            "class_name": "DefaultSiteSectionBuilder",
            "source_store_name": store,
            "renderer": {"module_name": ours, "class_name": renderer},
            "view": page,
        }

    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(site_folder(home)),
        },
        "site_section_builders": {
            "expectations": section("expectations_store", "SuiteRenderer"),
            "validations": section("validation_results_store", "ResultsRenderer"),
            "profiling": "none",
        },
        "site_index_builder": {
            "class_name": "DefaultSiteIndexBuilder",
            "renderer": {"module_name": ours, "class_name": "IndexRenderer"},
            "view": page,
        },
    }


def _release(source: object) -> None:
    """Close what GX keeps open: its own persisted connection and both SQLAlchemy engines."""
    engine = source.get_execution_engine()
    if engine._connection is not None:
        engine._connection.close()
        engine._connection = None
    engine.close()
    source.get_engine().dispose()
