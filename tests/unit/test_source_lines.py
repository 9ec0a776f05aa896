"""The lines that are kept around numbers: counted as the cells count them, blank ones left out, nothing made up."""

from __future__ import annotations

import polars as pl

from orchestration.editing.prose.source_lines import LONGEST, SOURCE_LINES, source_lines
from orchestration.intake.document import Document
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import REPORT_TABLES


def kept(text: str | None, table: tuple[int, int] | None = None, *lines: int | None) -> list[tuple[int, str, int]]:
    inventory = pl.DataFrame([{"report_id": "r", "text": text}], schema=RAW_REPORTS)
    first, last = table or (None, None)
    tables = pl.DataFrame([{"report_id": "r", "first_line": first, "last_line": last}], schema=REPORT_TABLES)
    named = pl.DataFrame({"report_id": ["r"] * len(lines), "line": lines}, {"report_id": pl.String, "line": pl.Int32})
    frame = source_lines(inventory, tables, [named])
    assert frame.schema == SOURCE_LINES
    return [row[1:] for row in frame.iter_rows()]


def test_tables_with_three_lines_around_and_single_lines_with_one():
    text = "\n".join(f"第{number}行" for number in range(1, 31))
    assert [line for line, *_ in kept(text, (10, 12), 20)] == [*range(7, 16), 19, 20, 21]
    assert [line for line, *_ in kept(text, None, 1, 30, None)] == [1, 2, 29, 30]


def test_lines_are_counted_as_documents_count_them():
    text = "a\r\nb\rc\n\n d\n\r\ne"
    lines = Document("text", text).lines
    assert kept(text, (1, len(lines))) == [
        (number, line, len(line)) for number, line in enumerate(lines, 1) if line.strip()
    ]


def test_long_lines_are_cut_and_say_so():
    assert kept("数" * (LONGEST + 1), None, 1) == [(1, "数" * LONGEST, LONGEST + 1)]


def test_nothing_is_made_up():
    assert kept("a", None, 7) == []
    assert kept(None, (1, 2), 1) == []
    assert kept("a\nb") == []
