"""One report read whole: its heading, its tables, and whether it is a report at all."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.form import declaration
from orchestration.intake.document import Document, Problem
from orchestration.reading.headings.headings import Heading, read_heading
from orchestration.reading.labels.normal import key
from orchestration.reading.tables.tables import Reading, TableReading, read_tables

_LEAST_PROSE = 20  # characters behind the heading of a table
_LEAST_TEXT = 200  # characters of a document that is more than pictures


@dataclass(frozen=True, slots=True)
class Report:
    """``set_aside`` is a code of problems.csv and a reason, or None; a report set aside has no tables."""

    heading: Heading
    reading: Reading
    set_aside: tuple[str, str] | None = None


def read_report(document: Document) -> Report:
    """Read a document; never raises for what it holds."""
    heading = read_heading(document.lines)
    reading = read_known(document)
    reason = _set_aside(document, heading, reading)
    if reason:
        problem = Problem(reason[0], reason[1], heading.line)
        return Report(heading, Reading({code: TableReading(None) for code in reading.tables}, [problem]), reason)
    if heading.name is None and heading.publisher is None:
        reading.problems.append(Problem("agency_not_found", "no title names the agency"))
    if heading.year is None:
        reading.problems.append(Problem("year_not_found", "neither the title nor a statistical period names the year"))
    return Report(heading, reading)


def read_known(document: Document) -> Reading:
    """The tables of a document that is known to be a report, and whose heading names its agency and its year."""
    reading = read_tables(document)
    _explain_missing(document, reading)
    return reading


def is_report(heading: Heading) -> bool:
    """Whether the heading alone tells that the report is not set aside, whatever its tables hold."""
    oldest = min(form.first_year for form in declaration().forms)
    dated = heading.year is None or heading.year >= oldest
    return dated and heading.title is not None and heading.told and not heading.notice and not heading.others


def _explain_missing(document: Document, reading: Reading) -> None:
    """Say of tables that were not found whether they are pictures, or told in sentences under their heading."""
    missing = [code for code, form in reading.forms.items() if form is None]
    if not missing or any(problem.code == "tables_are_images" for problem in reading.problems):
        return
    if document.images:
        message = f"{document.images} pictures and no table {', '.join(missing)}: ask for a version with text"
        reading.problems.append(Problem("tables_are_images", message))
        return
    text = key(document.text)
    headings = {form.table_code: key(form.name_zh) for form in declaration().forms}
    for code in missing:
        behind = text.partition(headings[code])[2]
        if len(behind) > _LEAST_PROSE:
            message = f"the section of the table {code} is there and holds no table that could be read"
            reading.problems.append(Problem("tables_are_prose", message))


def _set_aside(document: Document, heading: Heading, reading: Reading) -> tuple[str, str] | None:
    tables = [code for code, form in reading.forms.items() if form]
    oldest = min(form.first_year for form in declaration().forms)
    if heading.year is not None and heading.year < oldest and "requests" not in tables:
        return "before_2019", f"the report is for {heading.year}; the statutory forms begin with {oldest}"
    scanned = document.images and len(document.text.strip()) < _LEAST_TEXT
    if scanned and not tables:
        return None
    if heading.title is None and len(tables) < 2 and not ("requests" in tables and heading.year):
        return (
            "not_a_report",
            "no title of an annual report and no statutory table; check that the right file was saved",
        )
    if heading.notice and not document.images and not any(cell.status == "reported" for cell in reading.cells):
        return "not_a_report", "the text is a notice about reports with empty tables"
    if not heading.told and not document.images and not _tables_below(heading, reading):
        return "not_a_report", "the title of a report and nothing below it, as in a list of links; save the report"
    if names := _other_reports(heading, reading):
        return "several_reports", f"the file also holds the report of {names}; save each report as a file of its own"
    return None


def _tables_below(heading: Heading, reading: Reading) -> bool:
    """Whether statutory tables with values belong to the title; one alone must stand below it."""
    shown = {cell.cell.partition("/")[0] for cell in reading.cells if cell.status in ("reported", "not_applicable")}
    if len(shown) != 1:
        return bool(shown) or sum(map(bool, reading.forms.values())) > 1
    table = reading.tables[shown.pop()]
    return table is reading.tables["requests"] or (table.first_line or 0) >= (heading.line or 0)


def _other_reports(heading: Heading, reading: Reading) -> str:
    """The other reports in the file: each has its title between the request table and its like elsewhere."""
    first = reading.tables["requests"].first_line or 0
    spans = [sorted((first, again)) for again in reading.tables["requests"].twins]
    found = {(name, year): None for name, year, line in heading.others if any(a < line < b for a, b in spans)}
    return "; ".join(f"{name or '?'} {year}" for name, year in found)
