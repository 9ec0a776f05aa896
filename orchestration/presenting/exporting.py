"""`gongkai export`: a table of the published file as CSV, xlsx or Parquet.

Belongs here: how values are written so that a spreadsheet shows what the file holds. A blank stays blank. A text that
a spreadsheet would run as a formula gets an apostrophe in front, in CSV and xlsx alike.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import duckdb

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHEET_ROWS = 1_048_576  # of a worksheet, the header among them
EXACT = 10**15  # whole numbers that a spreadsheet keeps exactly
BOM = b"\xef\xbb\xbf"  # without it spreadsheets take UTF-8 for the code page of the system
SUFFIXES = (".csv", ".xlsx", ".parquet")
MADE_FROM = re.compile(r"出自([^。]*)。")  # what the description of a Chinese view says


class ExportError(Exception):
    """What was asked for cannot be exported; the message says what can."""


def export(published: Path, table: str, output: Path | None, lang: str = "en") -> int:
    """Write ``table`` (or ``schema.table``) to ``output``, by its suffix, or as CSV to stdout; returns the rows.

    ``lang`` zh takes the view with Chinese columns that is made from the table. Raises ExportError for an unknown
    table or suffix, or too many rows for a worksheet, and duckdb.Error or OSError where a file cannot be used.
    """
    if not published.exists():
        raise ExportError(f"nothing is published at {published}; run `gongkai run` first")
    suffix = output.suffix.lower() if output else ".csv"
    if suffix not in SUFFIXES:
        raise ExportError(f"{output}: the name must end in {', '.join(SUFFIXES)}")
    with duckdb.connect(str(published), read_only=True) as connection:
        source = _source(connection, table, lang)
        rows = connection.execute(f"select count(*) from {source}").fetchone()[0]
        if output is None:
            _csv_to(connection, source, sys.stdout.buffer)
            return rows
        with _replacing(output) as made:
            if suffix == ".parquet":
                connection.execute(f"copy (from {source}) to {_text(made)} (format parquet, compression zstd)")
            elif suffix == ".csv":
                with made.open("wb") as file:
                    file.write(BOM)
                    _csv_to(connection, source, file)
            else:
                if rows >= SHEET_ROWS:
                    raise ExportError(
                        f"{table} has {rows} rows, a worksheet holds {SHEET_ROWS - 1}; export .csv or .parquet"
                    )
                _workbook(connection, source, made)
    return rows


def guarded(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _source(connection: duckdb.DuckDBPyConnection, table: str, lang: str) -> str:
    """The quoted table to read; raises ExportError, naming the tables there are."""
    found = {}
    for schema, name, comment in connection.execute(
        "select schema_name, table_name, comment from duckdb_tables() where not internal "
        "order by schema_name <> 'main', schema_name, table_name"
    ).fetchall():
        found[name if schema == "main" else f"{schema}.{name}"] = (schema, name, comment or "")
    chosen = table.removeprefix("main.")
    if chosen not in found:
        raise ExportError(f"there is no table {table}; there are: {', '.join(found)}")
    if lang == "zh" and not chosen.startswith("v_"):
        made_from = {
            source.strip(): view
            for view, (_, _, comment) in found.items()
            for said in MADE_FROM.findall(comment)
            for source in re.split(r"[、，,与和]", said)
        }
        if chosen not in made_from:
            known = ", ".join(name for name in made_from if name in found)
            raise ExportError(f"{table} has no view with Chinese columns; these have: {known}")
        chosen = made_from[chosen]
    schema, name, _ = found[chosen]
    return f'"{schema}"."{name}"'


def _csv_to(connection: duckdb.DuckDBPyConnection, source: str, file) -> None:
    """The rows as CSV, by DuckDB, into a file that is open for bytes: null is empty, an empty text is quoted."""
    columns = [_csv_column(*row[:2]) for row in connection.execute(f"describe {source}").fetchall()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.csv")
        connection.execute(f"copy (select {', '.join(columns)} from {source}) to {_text(path)} (format csv, header)")
        with path.open("rb") as rows:
            shutil.copyfileobj(rows, file)
    file.flush()


def _csv_column(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if kind.startswith("DECIMAL") and not kind.endswith("[]"):
        return f"rtrim(rtrim({column}::varchar, '0'), '.') as {column}"
    if kind.endswith("[]"):
        column_text = f"array_to_string({column}, '; ')"
    elif kind == "VARCHAR":
        column_text = column
    else:
        return column
    return (
        f"case when left({column_text}, 1) in ('=', '+', '-', '@', chr(9), chr(13)) "
        f"then '''' || {column_text} else {column_text} end as {column}"
    )


def _workbook(connection: duckdb.DuckDBPyConnection, source: str, path: Path) -> None:
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    options |= {"strings_to_numbers": False, "default_date_format": "yyyy-mm-dd hh:mm:ss", "remove_timezone": True}
    with Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        found = connection.execute(f"from {source}")
        kinds = [str(column[1]) for column in found.description]
        sheet.write_row(0, 0, [column[0] for column in found.description], book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        number = 0
        while rows := found.fetchmany(10_000):
            for row in rows:
                number += 1
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, day if kinds[column] == "DATE" else None)


def _write(sheet, row: int, column: int, value: object, style) -> None:
    """One value; nothing at all for a null."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        exact = abs(value) < EXACT and (not isinstance(value, Decimal) or Decimal(repr(float(value))) == value)
        if exact or isinstance(value, float):
            sheet.write_number(row, column, float(value))
        else:
            sheet.write_string(row, column, str(value))
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, value, style)
    else:
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        sheet.write_string(row, column, guarded(text))


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its place when all of it is written."""
    if not path.parent.is_dir():
        raise ExportError(f"the folder {path.parent} does not exist")
    made = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield made
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
