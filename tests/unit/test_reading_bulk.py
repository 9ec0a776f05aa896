"""The bulk path gives exactly the rows of the careful path, for rendered reports of all kinds and the samples."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.reading import frames, read_report
from orchestration.reading.bulk import plain
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES
from tests.rendering.layouts import LAYOUTS
from tests.rendering.model import random_report
from tests.rendering.render import Rendered, corpus, render

TEXT_LAYOUTS = [name for name, layout in LAYOUTS.items() if layout.family == "text"]
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "data" / "raw").glob("*.txt"))


def inventory(documents: list[Document]) -> pl.DataFrame:
    """The columns of RAW_REPORTS that reading needs; a report that comes twice is kept once."""
    rows = [
        (hashlib.sha256(d.text.encode()).hexdigest(), d.container, d.encoding, d.text, d.layout()) for d in documents
    ]
    schema = dict.fromkeys(("report_id", "container", "encoding", "text", "layout"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row").unique("report_id", maintain_order=True)


def rendered(n: int, seed: int, damage_share: float = 0.3, twist_share: float = 0.3) -> list[Document]:
    """Reports in all text layouts; line ends as the report has them."""
    found = corpus(n, seed, TEXT_LAYOUTS, damage_share, twist_share)
    return [
        Document("text", report.text.replace("\n", "\r\n") if report.plan.look.crlf else report.text)
        for report in found
    ]


def careful(reports: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """Headings, cells, tables and problems as ``read_report`` gives them, one document after the other."""
    headings, cells, tables, problems = [], [], [], []
    for report_id, *opened in reports.select("report_id", "container", "text", "encoding", "layout").iter_rows():
        report = read_report(Document.restore(*opened))
        heading, aside = report.heading, report.set_aside or (None, None)
        headings.append(
            {
                "report_id": report_id,
                "agency_name": heading.name or heading.publisher,
                "name_in_title": heading.name,
                "name_evidence": heading.name_evidence,
                "set_aside": aside[0],
                "reason": aside[1],
            }
            | {
                n: getattr(heading, n)
                for n in ("title", "year", "year_evidence", "period", "published_on", "publisher")
            }
        )
        for code, table in report.reading.tables.items():
            tables.append((report_id, heading.year, code, table.form, table.first_line, table.last_line, None))
            for c in table.cells:
                found = (c.value, c.unit, c.status, c.raw, c.line, c.place, c.evidence, c.doubt)
                cells.append((report_id, heading.year, table.form, *c.cell.split("/"), *found))
        problems += [(report_id, heading.year, p.code, p.message, p.line) for p in report.reading.problems]
    return (
        pl.DataFrame(headings, schema=REPORT_HEADINGS),
        pl.DataFrame(cells, schema=REPORT_CELLS, orient="row"),
        pl.DataFrame(tables, schema=REPORT_TABLES, orient="row"),
        pl.DataFrame(problems, schema=READING_PROBLEMS, orient="row"),
    )


def assert_alike(reports: pl.DataFrame) -> None:
    """The frames of the pipeline are those of the careful path; only which report comes first may differ."""
    headings, *wanted = careful(reports)
    found = frames.read_headings(reports)
    assert_frame_equal(found, headings)
    tables = frames.read_tables(reports, found)
    for frame, right in zip((tables.cells, tables.tables, tables.problems), wanted, strict=True):
        assert_frame_equal(frame.sort("report_id", maintain_order=True), right.sort("report_id", maintain_order=True))


def taken(reports: pl.DataFrame) -> float:
    """The share of reports whose tables the bulk path takes."""
    return plain.read_plain(reports.with_columns(year=pl.lit(2023, pl.Int16)))[0].mean()


def test_all_layouts_twists_and_damages() -> None:
    reports = inventory(rendered(150, 11))
    assert taken(reports) > 0.4
    assert_alike(reports)


def test_samples_and_what_is_no_report() -> None:
    opened = [open_document(path.read_bytes(), path.name) for path in SAMPLES]
    odd = ["", "\n\n", "通知", "2017年政府信息公开年度报告\n一、概述", "\ue000\x00 1 2 3\r\r", "|" * 50, "\t" * 50]
    assert_alike(inventory([*opened, *(Document("text", text) for text in odd), *rendered(25, 12, 0, 0)]))


def test_most_undamaged_reports_are_taken() -> None:
    assert taken(inventory(rendered(200, 13, 0, 0.1))) > 0.75


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 26))
def test_many_reports(seed: int) -> None:
    assert_alike(inventory(rendered(1500, seed, 0.25 * (seed % 3), 0.3)))


def _shifted(placed: Callable) -> Callable:
    """The values of each table taken one number too early."""

    def read(*given: object) -> object:
        rows = placed(*given)
        return replace(rows, first=rows.first - 1)

    return read


def _credulous(_: Callable) -> Callable:
    """Any header taken for a plain one."""
    return lambda texts, chains, reports: np.ones(len(reports), bool)


def _renamed(headings: Callable) -> Callable:
    """Headings without the name of the agency's place."""

    def read(opened: pl.DataFrame) -> tuple[np.ndarray, pl.DataFrame]:
        plain, found = headings(opened)
        return plain, found.with_columns(pl.col("name_in_title").str.tail(-2))

    return read


@pytest.mark.parametrize(
    ("module", "name", "fault"),
    [
        (plain, "place_values", _shifted),
        (plain, "place_listed", _shifted),
        (plain, "place_disputes", _shifted),
        (plain, "_headers", _credulous),
        (frames, "plain_headings", _renamed),
    ],
)
def test_a_fault_of_the_bulk_path_is_seen(monkeypatch: pytest.MonkeyPatch, module, name: str, fault: Callable) -> None:
    layouts = ["flattened"] if name == "place_listed" else ["spaces", "markdown"]
    damage = (("permuted_columns",), 30) if name == "_headers" else ((), 30)
    documents = [Document("text", report.text) for report in _made(layouts, *damage)]
    reports = inventory(documents)
    assert_alike(reports)
    monkeypatch.setattr(module, name, fault(getattr(module, name)))
    with pytest.raises(AssertionError):
        assert_alike(reports)


def _made(layouts: list[str], damage: tuple[str, ...], n: int) -> list[Rendered]:
    return [
        render(random_report(Random(f"{n}/{number}"), style="small"), layouts[number % len(layouts)], damage, number)
        for number in range(n)
    ]
