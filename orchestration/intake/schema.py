"""The columns of the inventory (``<home>/lake/raw_reports/*.parquet``)."""

import polars as pl

RAW_REPORTS = pl.Schema(
    {
        "report_id": pl.String,  # SHA-256 of the bytes, hex
        "path": pl.String,  # relative to the reports folder, as first seen
        "container": pl.String,
        "encoding": pl.String,
        "bytes": pl.Int64,
        "modified_ns": pl.Int64,
        "received_at": pl.Datetime("us", "UTC"),
        "set_aside": pl.String,  # code of problems.csv, null where the file was opened
        "reason": pl.String,
        "text": pl.String,
        "layout": pl.String,  # Document.layout()
    }
)
