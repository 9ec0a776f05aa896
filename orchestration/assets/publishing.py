"""``published_warehouse``: the file that users open, replaced only when nothing stands against it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from importlib.metadata import version

from dagster import (
    AssetCheckKey,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    Failure,
    FreshnessPolicy,
    MaterializeResult,
    MetadataValue,
    asset,
)

from orchestration.assets.metadata import OWNERS, code_version, markdown
from orchestration.assets.resources import Warehouse
from orchestration.checks.gate import check_name, outcomes
from orchestration.publication import CopyError, PublicationRefused, Stamp, publish
from orchestration.publication.beside import DATAPACKAGE, MANIFEST
from orchestration.settings import DASHBOARD

PUBLISHED = "published_warehouse"
# a week after the reports are due (31 January, 31 March) a file has been published that can hold them
FRESHNESS = FreshnessPolicy.cron("0 0 8 2,4 *", lower_bound_delta=timedelta(days=7), timezone="Asia/Shanghai")
PACKAGES = ("form", "intake", "reading", "agencies", "editing", "publication")


def published_asset(
    tables: Collection[AssetKey], watched: Mapping[AssetCheckKey, Sequence[AssetKey]]
) -> AssetsDefinition:
    """The asset that copies ``tables``; ``watched`` pairs each blocking check with the assets it must be newer than."""

    @asset(
        name=PUBLISHED,
        group_name="publication",
        kinds={"duckdb"},
        owners=OWNERS,
        deps=sorted(tables),
        code_version=code_version("publication"),
        freshness_policy=FRESHNESS,
    )
    def published_warehouse(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
        """A read-only DuckDB file with the marts and the declaration, for any DuckDB 1.x client and BI tool.

        Replaced in one step. Refused where a blocking check failed, crashed or did not run.
        """
        settings = warehouse.settings
        stamp = Stamp(f"{version('gongkai')}+{code_version(*PACKAGES)}", context.run_id)
        try:
            done = publish(
                settings.warehouse,
                settings.published,
                stamp,
                checks=outcomes(context.instance, watched),
                required=[check_name(key) for key in watched],
            )
        except PublicationRefused as refusal:
            raise Failure(str(refusal), metadata={"reasons": list(refusal.reasons)}, allow_retries=False) from None
        except CopyError as error:
            raise Failure(f"not published: {error}", allow_retries=False) from error
        return MaterializeResult(
            metadata={
                "dagster/row_count": sum(done.tables.values()),
                "file": MetadataValue.path(str(done.path)),
                "bytes": done.bytes,
                "published at": done.published_at.isoformat(sep=" ", timespec="seconds"),
                "code version": done.code_version,
                "form version": done.form_version,
                "schema version": done.schema_version,
                "blocking checks passed": len(watched),
                "release": MetadataValue.path(str(done.release)),
                "manifest": MetadataValue.path(str(done.release / MANIFEST)),
                "data package": MetadataValue.path(str(done.release / DATAPACKAGE)),
                "comparison": done.comparison,
                "things changed": sum(done.differences.values()),
                "changes": markdown(
                    ["kind", "change", "items"], ((*what, items) for what, items in done.differences.items())
                ),
                "preview": markdown(["table", "rows"], done.tables.items()),
                "data docs": MetadataValue.path(str(settings.home / "expectations" / "data_docs" / "index.html")),
                "dashboard": MetadataValue.url(DASHBOARD),
            }
        )

    return published_warehouse
