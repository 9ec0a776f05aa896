"""What the run history says of the checks that publication depends on."""

from collections.abc import Mapping, Sequence

from dagster import AssetCheckKey, AssetCheckSeverity, AssetKey, DagsterInstance
from dagster._core.storage.asset_check_execution_record import (
    AssetCheckExecutionRecord,
    AssetCheckExecutionRecordStatus,
)

from orchestration.publication import CheckOutcome


def outcomes(instance: DagsterInstance, watched: Mapping[AssetCheckKey, Sequence[AssetKey]]) -> list[CheckOutcome]:
    """The last outcome of each check of ``watched``; one that never ran is not among them.

    A check must have run after, or in the same run as, the last materialization of each asset it is paired with.
    A warning counts as passed: a violation in a report is data.
    """
    latest = instance.event_log_storage.get_latest_asset_check_execution_by_key(list(watched))
    every = {asset for assets in watched.values() for asset in assets}
    materialized = {asset: _materialized(instance, asset) for asset in every}
    return [
        _outcome(check_name(key), latest[key], [materialized[asset] for asset in assets if materialized[asset]])
        for key, assets in watched.items()
        if key in latest
    ]


def check_name(key: AssetCheckKey) -> str:
    """How a check is called in reasons: asset and check."""
    return f"{key.asset_key.to_user_string()}.{key.name}"


def _materialized(instance: DagsterInstance, asset: AssetKey) -> tuple[str, float] | None:
    """The run and the time of the last materialization."""
    event = instance.get_latest_materialization_event(asset)
    return (event.run_id, event.timestamp) if event else None


def _outcome(name: str, record: AssetCheckExecutionRecord, made: Sequence[tuple[str, float]]) -> CheckOutcome:
    if record.status == AssetCheckExecutionRecordStatus.PLANNED:
        return CheckOutcome(name, True, None, f"no result in run {record.run_id}")
    when = record.event.timestamp if record.event else record.create_timestamp
    if any(run_id != record.run_id and time > when for run_id, time in made):
        return CheckOutcome(name, True, False, "it ran before the data was last made")
    evaluation = record.evaluation
    warned = evaluation is not None and evaluation.severity == AssetCheckSeverity.WARN
    passed = record.status == AssetCheckExecutionRecordStatus.SUCCEEDED or warned
    return CheckOutcome(name, True, passed, (evaluation.description or "") if evaluation and not passed else "")
