"""Reading an inventory: frames of reports in, frames of headings and cells out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from orchestration.intake.document import Document
from orchestration.reading.report import read_report
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES


@dataclass(frozen=True)
class Tables:
    """What the tables of a batch of reports hold; the schemas are those of ``reading.schema``."""

    cells: pl.DataFrame
    tables: pl.DataFrame
    problems: pl.DataFrame


def _documents(inventory: pl.DataFrame) -> Iterator[tuple[str, Document]]:
    columns = ("report_id", "container", "text", "encoding", "layout")
    opened = inventory.filter(pl.col("text").is_not_null())
    for report_id, container, text, encoding, layout in opened.select(columns).iter_rows():
        yield report_id, Document.restore(container, text, encoding, layout)


def read_headings(inventory: pl.DataFrame) -> pl.DataFrame:
    """One row per opened report of ``inventory`` (RAW_REPORTS), per REPORT_HEADINGS.

    ``agency_name`` is the name as the title prints it; the region columns are null: agencies fills them.
    """
    rows = []
    for report_id, document in _documents(inventory):
        report = read_report(document)
        heading = report.heading
        code, reason = report.set_aside or (None, None)
        rows.append(
            {
                "report_id": report_id,
                "agency_name": heading.name or heading.publisher,
                "name_in_title": heading.name,
                "title": heading.title,
                "year": heading.year,
                "year_evidence": heading.year_evidence,
                "period": heading.period,
                "published_on": heading.published_on,
                "publisher": heading.publisher,
                "set_aside": code,
                "reason": reason,
            }
        )
    empty = dict.fromkeys(REPORT_HEADINGS)
    return pl.DataFrame([{**empty, **row} for row in rows], schema=REPORT_HEADINGS)


def read_tables(inventory: pl.DataFrame, headings: pl.DataFrame) -> Tables:
    """The cells, tables and problems of the opened reports of ``inventory``; ``headings`` gives their years."""
    years = dict(headings.select("report_id", "year").iter_rows())
    cells: list[tuple] = []
    tables: list[tuple] = []
    problems: list[tuple] = []
    for report_id, document in _documents(inventory):
        reading = read_report(document).reading
        year = years.get(report_id)
        for code, table in reading.tables.items():
            tables.append((report_id, year, code, table.form, table.first_line, table.last_line, None))
            for cell in table.cells:
                found = (cell.value, cell.unit, cell.status, cell.raw, cell.line, cell.place, cell.evidence, cell.doubt)
                cells.append((report_id, year, table.form, *cell.cell.split("/"), *found))
        problems += [(report_id, year, p.code, p.message, p.line) for p in reading.problems]
    return Tables(
        pl.DataFrame(cells, schema=REPORT_CELLS, orient="row"),
        pl.DataFrame(tables, schema=REPORT_TABLES, orient="row"),
        pl.DataFrame(problems, schema=READING_PROBLEMS, orient="row"),
    )
