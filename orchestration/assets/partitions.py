"""Which report belongs to which partition, and which partitions are up to date."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
from dagster import BackfillPolicy, StaticPartitionsDefinition
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from orchestration import lake
from orchestration.intake.schema import RAW_REPORTS
from orchestration.settings import UNKNOWN, partition_keys, partition_years

PARTITIONS = StaticPartitionsDefinition(partition_keys())
BACKFILL = BackfillPolicy.single_run()
BATCH_REPORTS = 2000


def whole_range() -> dict[str, str]:
    """The tags of a run over all partitions at once."""
    keys = PARTITIONS.get_partition_keys()
    return {ASSET_PARTITION_RANGE_START_TAG: keys[0], ASSET_PARTITION_RANGE_END_TAG: keys[-1]}


def with_partition(reports: pl.DataFrame) -> pl.DataFrame:
    """Adds ``partition``: the year as text, or ``unknown`` for set-aside reports and years without a partition."""
    known = pl.col("year").is_in(partition_years()) & pl.col("set_aside").is_null()
    return reports.with_columns(
        partition=pl.when(known).then(pl.col("year").cast(pl.String)).otherwise(pl.lit(UNKNOWN))
    )


def stale(folders: Iterable[Path], marks: dict[str, str]) -> list[str]:
    """The partitions of ``marks`` whose file is missing, in one of the folders, or made from something else."""
    folders = list(folders)
    return [
        key
        for key, mark in marks.items()
        if any(lake.fingerprint(folder / f"{key}.parquet") != mark for folder in folders)
    ]


def report_batches(folder: Path, wanted: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The inventory rows of ``wanted`` (report_id and more columns, joined on), in batches that fit into memory."""
    waiting: list[pl.DataFrame] = []
    for path in lake.files(folder):
        ids = pl.read_parquet(path, columns=["report_id"])
        if ids.join(wanted, on="report_id", how="semi").is_empty():
            continue
        rows = pl.read_parquet(path, schema=RAW_REPORTS).join(wanted, on="report_id")
        waiting.append(rows)
        if sum(frame.height for frame in waiting) >= BATCH_REPORTS:
            yield pl.concat(waiting)
            waiting = []
    if waiting:
        yield pl.concat(waiting)
