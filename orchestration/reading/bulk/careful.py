"""The careful path over an inventory: one document after the other, into the frames of ``reading.schema``."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import numpy as np
import polars as pl

from orchestration.form import declaration
from orchestration.intake.document import Document
from orchestration.reading.columns.columns import CellReading
from orchestration.reading.headings.headings import Heading, read_heading
from orchestration.reading.report import is_report, read_known, read_report
from orchestration.reading.schema import (
    READING_PROBLEMS,
    REPORT_CELLS,
    REPORT_HEADINGS,
    REPORT_TABLES,
    frame_of,
)

DOCUMENT = ("container", "text", "encoding", "layout")
Frames = tuple[pl.DataFrame, ...]


def heading_row(report_id: str, heading: Heading, set_aside: tuple[str, str] | None = None) -> tuple:
    """A row of REPORT_HEADINGS as far as reading knows it."""
    known = {
        "report_id": report_id,
        "agency_name": heading.name or heading.publisher,
        "name_in_title": heading.name,
        "name_evidence": heading.name_evidence,
        "title": heading.title,
        "year": heading.year,
        "year_evidence": heading.year_evidence,
        "period": heading.period,
        "published_on": heading.published_on,
        "publisher": heading.publisher,
    }
    known["set_aside"], known["reason"] = set_aside or (None, None)
    return tuple(map(known.get, REPORT_HEADINGS))


def careful_heading(report_id: str, *opened: str | None) -> tuple:
    """The heading of an opened report; its tables are read only where that does not tell whether it is a report."""
    document = Document.restore(*opened)
    heading = read_heading(document.lines)
    return heading_row(report_id, heading, None if is_report(heading) else read_report(document).set_aside)


def careful_tables(inventory: pl.DataFrame) -> Frames:
    """Cells, tables and problems of opened reports, whose rows also hold ``year`` and ``known``.

    ``known`` says that the heading names agency and year and that the report is not set aside.
    """
    cells: list[CellReading] = []
    counts: list[tuple[str, int, str | None, int]] = []
    tables: list[tuple] = []
    problems: list[tuple] = []
    for report_id, year, known, *opened in inventory.select("report_id", "year", "known", *DOCUMENT).iter_rows():
        document = Document.restore(*opened)
        reading = read_known(document) if known else read_report(document).reading
        for code, table in reading.tables.items():
            tables.append((report_id, year, code, table.form, table.first_line, table.last_line, None))
            counts.append((report_id, year, table.form, len(table.cells)))
            cells += table.cells
        problems += [(report_id, year, p.code, p.message, p.line) for p in reading.problems]
    return (
        _cells_frame(cells, counts),
        frame_of(tables, REPORT_TABLES),
        frame_of(problems, READING_PROBLEMS),
    )


@lru_cache(maxsize=1)
def _addresses() -> tuple[dict[str, int], pl.DataFrame]:
    """A number for the address of each declared cell, and its parts in that row."""
    parts = {cell.address: (cell.table_code, cell.row_code, cell.column_code) for cell in declaration().cells}
    frame = frame_of(
        list(parts.values()), pl.Schema(dict.fromkeys(("table_code", "row_code", "column_code"), pl.String))
    )
    return {address: number for number, address in enumerate(parts)}, frame


def _cells_frame(cells: list[CellReading], counts: list[tuple[str, int, str | None, int]]) -> pl.DataFrame:
    """The frame of cells; ``counts`` are report, year, form and how many cells there are of each table."""
    of_table = frame_of(
        counts, {**{name: REPORT_CELLS[name] for name in ("report_id", "year", "form")}, "count": pl.Int64}
    )
    whose = pl.Series(np.repeat(np.arange(len(counts), dtype=np.uint32), of_table["count"]))
    of_cells = zip(*cells, strict=True) if cells else ((),) * len(CellReading._fields)
    columns = dict(zip(CellReading._fields, of_cells, strict=True))
    known, parts = _addresses()
    which = pl.Series([known[address] for address in columns["cell"]], dtype=pl.UInt32)
    names = ("unit", "status", "raw", "line", "place", "evidence", "doubt")
    read = [pl.Series(name, columns[name], dtype=REPORT_CELLS[name], strict=True) for name in names]
    # A decimal costs much to convert, and most of them are alike.
    seen: dict[Decimal | None, int] = {}
    values = pl.Series([seen.setdefault(value, len(seen)) for value in columns["value"]], dtype=pl.UInt32)
    read.append(pl.Series("value", list(seen), dtype=REPORT_CELLS["value"])[values])
    return pl.DataFrame([*of_table.drop("count")[whose].get_columns(), *parts[which].get_columns(), *read]).select(
        REPORT_CELLS.names()
    )
