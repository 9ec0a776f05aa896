"""The columns that reading writes, one Parquet folder each under ``<home>/lake``."""

import polars as pl

VALUE = pl.Decimal(28, 8)

REPORT_HEADINGS = pl.Schema(
    {
        "report_id": pl.String,
        "agency_name": pl.String,
        "name_in_title": pl.String,
        "name_evidence": pl.String,  # title, sentence, publisher or manifest
        "title": pl.String,
        "year": pl.Int16,
        "year_evidence": pl.String,  # title, period or sentence
        "period": pl.String,
        "published_on": pl.Date,
        "region_code": pl.String,  # GB/T 2260
        "region_name": pl.String,
        "region_evidence": pl.String,
        "region_candidates": pl.List(pl.String),  # codes, where the region stays open
        "level": pl.String,  # nation, province, prefecture, county, township
        "organ_type": pl.String,
        "url": pl.String,
        "publisher": pl.String,
        "corrects": pl.String,  # report_id of the report it replaces
        "set_aside": pl.String,
        "reason": pl.String,
        "reader_version": pl.String,
    }
)

REPORT_TABLES = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "table_code": pl.String,
        "form": pl.String,  # null where the table was not found
        "first_line": pl.Int32,
        "last_line": pl.Int32,
        "reader_version": pl.String,
    }
)

REPORT_CELLS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "form": pl.String,
        "table_code": pl.String,
        "row_code": pl.String,
        "column_code": pl.String,
        "value": VALUE,
        "unit": pl.String,
        "status": pl.String,
        "raw": pl.String,
        "line": pl.Int32,
        "place": pl.String,
        "evidence": pl.String,
        "doubt": pl.String,
    }
)

READING_PROBLEMS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "code": pl.String,
        "message": pl.String,
        "line": pl.Int32,
    }
)


def frame_of(rows: list[tuple], schema: pl.Schema) -> pl.DataFrame:
    """The frame of some rows: the same as one of ``orient="row"``, which takes several times as long."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema)
