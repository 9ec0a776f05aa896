"""The lines of a report that its numbers stand in, so that what is published explains itself without the file.

Belongs here: which lines are kept, and in which shape. Does not belong here: what the lines say.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

SOURCE_LINES = pl.Schema(
    {
        "report_id": pl.String,
        "line": pl.Int32,  # as the cells count them
        "text": pl.String,  # cut after LONGEST characters
        "characters": pl.Int32,  # of the whole line
    }
)
AROUND_TABLE = 3
AROUND_LINE = 1
LONGEST = 4000  # a page saved without line ends is one line


def source_lines(inventory: pl.DataFrame, tables: pl.DataFrame, named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The lines of ``inventory`` (RAW_REPORTS) that matter, per SOURCE_LINES, sorted; blank lines are left out.

    ``tables`` (REPORT_TABLES) are kept whole; each of ``named`` has ``report_id`` and ``line``. Around both some more
    lines are kept. Lines that ``named`` counts beyond the text are not made up.
    """
    return (
        _lines(inventory.lazy())
        .join(_wanted(tables, named).lazy(), on=["report_id", "line"], how="semi")
        .filter(pl.col("text").str.strip_chars() != "")
        .with_columns(characters=pl.col("text").str.len_chars().cast(pl.Int32), text=pl.col("text").str.head(LONGEST))
        .select(SOURCE_LINES.names())
        .sort("report_id", "line")
        .collect()
    )


def _lines(inventory: pl.LazyFrame) -> pl.LazyFrame:
    """Every line of every text, numbered as ``Document.lines`` numbers them."""
    texts = inventory.filter(pl.col("text").is_not_null())
    split = pl.col("text").str.replace_all("\r\n?", "\n").str.split("\n")
    return (
        texts.select("report_id", text=split)
        .with_columns(line=pl.int_ranges(1, pl.col("text").list.len() + 1, dtype=pl.Int32))
        .explode("text", "line")
    )


def _wanted(tables: pl.DataFrame, named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The numbers of the lines to keep: report_id, line."""
    found = tables.filter(pl.col("first_line").is_not_null()).select(
        "report_id", first=pl.col("first_line") - AROUND_TABLE, last=pl.col("last_line") + AROUND_TABLE
    )
    single = [
        frame.filter(pl.col("line").is_not_null()).select(
            "report_id", first=pl.col("line") - AROUND_LINE, last=pl.col("line") + AROUND_LINE
        )
        for frame in named
    ]
    spans = pl.concat([found, *single]).unique()
    numbers = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int32)
    return spans.select("report_id", line=numbers).explode("line").unique()
