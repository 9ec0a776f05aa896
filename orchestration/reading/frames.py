"""Reading an inventory: frames of reports in, frames of headings and cells out.

Plain texts and web pages are read in bulk, all others one by one, in processes where they are many, and so are headings
that are not plain; both ways lead to the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.reading.bulk.drawn import CONTAINERS
from orchestration.reading.bulk.headings.headings import in_order, plain_headings
from orchestration.reading.bulk.plain import unpacked
from orchestration.reading.bulk.processes import Readers
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

_BATCH = 500  # texts that are read in bulk at once: enough for arrays, and few enough for all processes to have some
_HEADINGS_AT_ONCE = 2000  # here: to send the texts to a process would cost more than to find what is read of them
_OTHERS_AT_ONCE = 50
_ENOUGH = 100  # reports for which starting processes pays
_AT_ONCE = 20  # reports that a process reads carefully at once: none waits long for the others at the end
_DRAWN_AT_ONCE = 300  # and in bulk, where their tables are drawn
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

    ``agency_name`` is the name as the title prints it; the region columns are null: agencies fills them. Tables are
    read only where a heading does not tell whether it is that of a report.
    """
    opened = inventory.filter(pl.col("text").is_not_null())
    opened = opened.select("report_id", "container", "text", "encoding", "layout")
    found = [plain_headings(part) for part in _parts(opened, _HEADINGS_AT_ONCE)]
    plain = np.concatenate([np.zeros(0, bool), *(known for known, _ in found)])
    others = opened.filter(~plain)
    with Readers(others.height >= _ENOUGH) as readers:
        asked = [readers.ask("headings", part) for part in _parts(others, _OTHERS_AT_ONCE)]
        rows = [frame for answer in asked for frame in answer.result()]
    empty = REPORT_HEADINGS.to_frame()
    return in_order(plain, pl.concat([empty, *(frame for _, frame in found)]), pl.concat([empty, *rows]))


def read_tables(inventory: pl.DataFrame, headings: pl.DataFrame) -> Tables:
    """The cells, tables and problems of the opened reports of ``inventory``; ``headings`` gives their years.

    Where ``headings`` has all columns of REPORT_HEADINGS, it also tells which reports need no other look at theirs.
    The rows of a report stand together and in the order of the forms; those that were read in bulk come first.
    """
    opened = _known(inventory, headings)
    short = opened["known"] & (opened["text"].str.len_bytes() <= _LONGEST)
    simple = _enough(short & (opened["container"] == "text") & opened["layout"].is_null())
    drawn = _enough(short & opened["container"].is_in(CONTAINERS))
    in_bulk, rest = opened.filter(simple), opened.filter(~simple & ~drawn)
    found: list[list[pl.DataFrame]] = [[REPORT_CELLS.to_frame(), REPORT_TABLES.to_frame(), READING_PROBLEMS.to_frame()]]
    with Readers(opened.height >= _ENOUGH) as readers:
        asked = [readers.ask("drawn", part) for part in _parts(opened.filter(drawn), _DRAWN_AT_ONCE)]
        asked += [readers.ask("tables", part) for part in _parts(rest, _AT_ONCE)]
        parts = list(_parts(in_bulk, _BATCH))
        packed = [readers.ask("plain", part.select("report_id", "year", "text")) for part in parts]
        for part, answer in zip(parts, packed, strict=True):
            taken, *plain = unpacked(part, answer.result())
            found.append(plain)
            asked += [readers.ask("tables", left) for left in _parts(part.filter(~taken), _AT_ONCE)]
        found += [answer.result() for answer in asked]
    return Tables(*(pl.concat(frames) for frames in zip(*found, strict=True)))


def _known(inventory: pl.DataFrame, headings: pl.DataFrame) -> pl.DataFrame:
    """The opened reports with ``year`` and ``known``: a heading with agency and year, of a report not set aside."""
    told = {"name_in_title", "year_evidence", "set_aside"} <= set(headings.columns)
    sure = pl.col("name_in_title").is_not_null() & pl.col("year_evidence").is_in(["title", "period"])
    known = sure & pl.col("year").is_not_null() & pl.col("set_aside").is_null() if told else pl.lit(False)
    years = headings.select("report_id", pl.col("year").cast(REPORT_CELLS["year"]), known=known)
    opened = inventory.filter(pl.col("text").is_not_null())
    opened = opened.select("report_id", "container", "text", "encoding", "layout")
    opened = opened.join(years, on="report_id", how="left", maintain_order="left")
    return opened.with_columns(pl.col("known").fill_null(False))


def _enough(chosen: pl.Series) -> pl.Series:
    """The same, or none where they are so few that the bulk path does not pay."""
    return chosen if chosen.sum() >= _FEWEST else chosen & False


def _parts(frame: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    return frame.iter_slices(size) if frame.height else iter(())
