"""Reading an inventory: frames of reports in, frames of headings and cells out.

Plain texts are read in bulk, all others one by one; both ways lead to the same rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.reading.bulk import read_plain
from orchestration.reading.bulk_careful import careful_headings, heading_row
from orchestration.reading.bulk_headings import plain_headings
from orchestration.reading.bulk_processes import read_carefully
from orchestration.reading.report import is_report
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

_BATCH = 2000  # texts that are read in bulk at once
_LONGEST = 100_000  # bytes of a text that is read in bulk
_FEWEST = 20  # texts for which the bulk path pays


@dataclass(frozen=True)
class Tables:
    """What the tables of a batch of reports hold; the schemas are those of ``reading.schema``."""

    cells: pl.DataFrame
    tables: pl.DataFrame
    problems: pl.DataFrame


def read_headings(inventory: pl.DataFrame) -> pl.DataFrame:
    """One row per opened report of ``inventory`` (RAW_REPORTS), in its order, per REPORT_HEADINGS.

    ``agency_name`` is the name as the title prints it; the region columns are null: agencies fills them.
    """
    opened = inventory.filter(pl.col("text").is_not_null())
    found = zip(opened["report_id"], plain_headings(opened["text"]), strict=True)
    rows = [heading_row(report_id, heading) for report_id, heading in found if heading and is_report(heading)]
    headings = [pl.DataFrame(rows, schema=REPORT_HEADINGS, orient="row")]
    rest = opened.join(headings[0], on="report_id", how="anti", maintain_order="left")
    headings.append(careful_headings(rest, whole=False))
    rest = rest.join(headings[1], on="report_id", how="anti", maintain_order="left")
    headings.append(careful_headings(rest, whole=True))
    order = opened.select("report_id")
    return order.join(pl.concat(headings), on="report_id", how="left", maintain_order="left")


def read_tables(inventory: pl.DataFrame, headings: pl.DataFrame) -> Tables:
    """The cells, tables and problems of the opened reports of ``inventory``; ``headings`` gives their years.

    Where ``headings`` has all columns of REPORT_HEADINGS, it also tells which reports need no other look at theirs.
    """
    told = {"name_in_title", "year_evidence", "set_aside"} <= set(headings.columns)
    sure = pl.col("name_in_title").is_not_null() & pl.col("year_evidence").is_in(["title", "period"])
    known = sure & pl.col("year").is_not_null() & pl.col("set_aside").is_null() if told else pl.lit(False)
    years = headings.select("report_id", pl.col("year").cast(REPORT_CELLS["year"]), known=known)
    opened = inventory.filter(pl.col("text").is_not_null()).join(years, on="report_id", how="left", maintain_order="left")
    opened = opened.with_columns(pl.col("known").fill_null(False))
    simple = opened["known"] & (opened["container"] == "text") & opened["layout"].is_null()
    simple &= opened["text"].str.len_bytes() <= _LONGEST
    taken = np.zeros(opened.height, bool)
    cells, tables, problems = ([schema.to_frame()] for schema in (REPORT_CELLS, REPORT_TABLES, READING_PROBLEMS))
    if simple.sum() >= _FEWEST:
        for rows, plain_cells, plain_tables in _in_bulk(opened, np.flatnonzero(simple.to_numpy())):
            taken[rows] = True
            cells.append(plain_cells)
            tables.append(plain_tables)
    for part in read_carefully(opened.filter(~taken)):
        for frames, frame in zip((cells, tables, problems), part, strict=True):
            frames.append(frame)
    return Tables(pl.concat(cells), pl.concat(tables), pl.concat(problems))


def _in_bulk(opened: pl.DataFrame, rows: np.ndarray) -> Iterator[tuple[np.ndarray, pl.DataFrame, pl.DataFrame]]:
    """The plain ones of some rows of ``opened``, with their cells and tables; batches share the processors."""
    threads = max(1, min(os.cpu_count() or 1, 4))
    size = min(_BATCH, -(-len(rows) // threads))
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    with ThreadPoolExecutor(threads) as pool:
        reports = opened.select("report_id", "year", "text")
        for part, (taken, cells, tables) in zip(parts, pool.map(lambda part: read_plain(reports[part]), parts), strict=True):
            yield part[taken], cells, tables
