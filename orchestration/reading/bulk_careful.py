"""The careful path over an inventory: one document after the other, into the frames of ``reading.schema``."""

from __future__ import annotations

import polars as pl

from orchestration.intake.document import LINE_END, Document
from orchestration.reading.headings import Heading, read_heading
from orchestration.reading.report import is_report, read_report
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES
from orchestration.reading.tables import read_tables

_DOCUMENT = ("container", "text", "encoding", "layout")
Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def heading_row(report_id: str, heading: Heading, set_aside: tuple[str, str] | None = None) -> tuple:
    """A row of REPORT_HEADINGS as far as reading knows it."""
    known = {
        "report_id": report_id,
        "agency_name": heading.name or heading.publisher,
        "name_in_title": heading.name,
        "title": heading.title,
        "year": heading.year,
        "year_evidence": heading.year_evidence,
        "period": heading.period,
        "published_on": heading.published_on,
        "publisher": heading.publisher,
    }
    known["set_aside"], known["reason"] = set_aside or (None, None)
    return tuple(known.get(name) for name in REPORT_HEADINGS)


def careful_headings(inventory: pl.DataFrame, whole: bool) -> pl.DataFrame:
    """The headings of opened reports; unless ``whole``, those that only the tables can tell from others are left out."""
    rows = []
    for report_id, *document in inventory.select("report_id", *_DOCUMENT).iter_rows():
        heading = read_heading(LINE_END.split(document[1]))
        if is_report(heading):
            rows.append(heading_row(report_id, heading))
        elif whole:
            report = read_report(Document.restore(*document))
            rows.append(heading_row(report_id, report.heading, report.set_aside))
    return pl.DataFrame(rows, schema=REPORT_HEADINGS, orient="row")


def careful_tables(inventory: pl.DataFrame) -> Frames:
    """Cells, tables and problems of opened reports, whose rows also hold ``year`` and ``known``.

    ``known`` says that the heading names agency and year and that the report is not set aside.
    """
    cells: list[tuple] = []
    tables: list[tuple] = []
    problems: list[tuple] = []
    columns = ("report_id", "year", "known", *_DOCUMENT)
    for report_id, year, known, *document in inventory.select(columns).iter_rows():
        opened = Document.restore(*document)
        reading = read_tables(opened) if known else read_report(opened).reading
        for code, table in reading.tables.items():
            tables.append((report_id, year, code, table.form, table.first_line, table.last_line, None))
            for cell in table.cells:
                found = (cell.value, cell.unit, cell.status, cell.raw, cell.line, cell.place, cell.evidence, cell.doubt)
                cells.append((report_id, year, table.form, *cell.cell.split("/"), *found))
        problems += [(report_id, year, p.code, p.message, p.line) for p in reading.problems]
    return (
        pl.DataFrame(cells, schema=REPORT_CELLS, orient="row"),
        pl.DataFrame(tables, schema=REPORT_TABLES, orient="row"),
        pl.DataFrame(problems, schema=READING_PROBLEMS, orient="row"),
    )
