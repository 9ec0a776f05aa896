"""A sensor that runs everything when something changes in the reports folder. Off until somebody turns it on."""

from dagster import (
    DefaultSensorStatus,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from orchestration.assets.partitions import whole_range
from orchestration.intake.inventory import folder_state
from orchestration.settings import Settings


def new_reports_sensor(job: UnresolvedAssetJobDefinition, settings: Settings) -> SensorDefinition:
    """The sensor for the reports folder of these settings."""

    @sensor(job=job, minimum_interval_seconds=60, default_status=DefaultSensorStatus.STOPPED)
    def new_reports(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        """Runs everything when a file is added to the reports folder, or changed, or removed."""
        state = folder_state(settings.reports)
        if state == context.cursor:
            return SkipReason("nothing changed in the reports folder")
        return SensorResult([RunRequest(run_key=state, tags=whole_range())], cursor=state)

    return new_reports
