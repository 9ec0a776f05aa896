"""The columns that editing writes, one Parquet folder each under ``<home>/lake``."""

import polars as pl

from orchestration.reading.schema import VALUE

IDENTITY_CHECKS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "identity": pl.String,
        "member": pl.String,
        "left": VALUE,
        "right": VALUE,
        "difference": VALUE,
        "verdict": pl.String,
        "missing": pl.List(pl.String),  # addresses of terms without a reported value
    }
)
