"""Putting text, tables and downloads on a page so that nothing from a report is ever taken for markup or a formula."""

from __future__ import annotations

import io
from decimal import Decimal
from html import escape

import polars as pl
import streamlit as st

from orchestration.dashboard import pandas_guard
from orchestration.dashboard.words import Say
from orchestration.presenting.marking import number

_LINES = (
    '.line::before { content: "\\2003 "; } .line.marked, .line:target { background: #fff3c4; font-weight: 700; }'
    '.line.marked::before, .line:target::before { content: "▶ "; }'
)
_RIGHT = "text-align:right"
# how a spreadsheet's formula may begin
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # tells Excel that a CSV file is UTF-8


def heading(text: str, level: int = 2, note: str = "") -> None:
    """A heading that may hold text of a report."""
    small = f'<p style="color:#59636e;margin:.1rem 0;overflow-wrap:anywhere">{escape(note)}</p>' if note else ""
    st.html(f'<h{level} style="overflow-wrap:anywhere;padding:0;margin:0">{escape(text)}</h{level}>{small}')


def lines(entries: list[str], links: list[tuple[str, int | None]] | None = None) -> None:
    """A list of sentences that may hold text of a report; ``links``: what stands before each, and the line it leads to.

    A line of None leads nowhere.
    """
    if entries:
        before = [_link(*link) for link in links] if links else [""] * len(entries)
        items = "".join(
            f'<li style="overflow-wrap:anywhere">{link}{escape(entry)}</li>'
            for link, entry in zip(before, entries, strict=True)
        )
        st.html(f'<ul style="padding-left:1.2rem;margin:.2rem 0">{items}</ul>')


def _link(text: str, line: int | None) -> str:
    return f'<a href="#line-{line}">{escape(text)}</a>: ' if line else f"{escape(text)}: "


def source(numbered: list[tuple[int, str]], marked: int | None) -> None:
    """Lines of a source with their numbers; the one marked, and that which a link led to, have a sign and a colour."""
    rows = [
        f'<div id="line-{line}" class="line{" marked" if line == marked else ""}">{line:>5}  {escape(text)}</div>'
        for line, text in numbered
    ]
    st.html(
        f"<style>{_LINES}</style>"
        '<div role="region" tabindex="0" style="white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;'
        'max-height:24rem;overflow-y:auto;border:1px solid #9aa3ab;padding:.4rem;color:#1b1f23;background:#fff">'
        f"{''.join(rows)}</div>"
    )


def legend(entries: list[tuple[str, str, str]]) -> None:
    """Colours, what they stand for, and their signs, in a row that wraps on a narrow screen."""
    boxes = "".join(
        f'<span><span aria-hidden="true" style="color:{escape(colour, quote=True)}">{escape(sign)}</span> '
        f"{escape(text)}</span>"
        for colour, text, sign in entries
    )
    st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.9rem">{boxes}</div>')


def figures(entries: list[tuple[str, object]]) -> None:
    """Labelled numbers in a row that wraps on a narrow screen; None is shown as a dash, never as zero."""
    boxes = "".join(
        '<div style="border:1px solid #9aa3ab;border-radius:.4rem;padding:.4rem .8rem;min-width:6.5rem">'
        f'<div style="font-size:.85rem;color:#59636e">{escape(label)}</div>'
        f'<div style="font-size:1.35rem;font-weight:600">{escape(written(value))}</div></div>'
        for label, value in entries
    )
    st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.5rem">{boxes}</div>')


def written(value: object) -> str:
    """A value as people read it: thousands separated, no needless zeros, — for nothing."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return number(value) if isinstance(value, Decimal) else str(value)


def named(frame: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """The columns wanted under the names that people see; decimals as numbers."""
    decimals = [pl.col(c).cast(pl.Float64) for c in columns if c in frame.columns and frame[c].dtype == pl.Decimal]
    return frame.with_columns(decimals).select([pl.col(c).alias(name) for c, name in columns.items()])


def table(frame: pl.DataFrame, say: Say, *, key: str | None = None, alt: str = "", **options: object) -> object:
    """A table whose text is text; says so where there is nothing to show."""
    if frame.is_empty():
        st.caption(say("none"))
        return None
    pandas_guard.load()
    return st.dataframe(frame, hide_index=True, placeholder="—", key=key, alt=alt or None, **options)


def plain_table(frame: pl.DataFrame, caption: str) -> None:
    """A small table as HTML, escaped: shown at once, where ``table`` would have to load pandas first."""
    styles = [_RIGHT if column.dtype.is_numeric() else _left(column) for column in frame]
    border = "border:1px solid #9aa3ab;padding:.25rem .6rem"
    title = f"{border};background:#eef1f4;text-align:left;min-width:3.2rem"
    head = "".join(f'<th scope="col" style="{title}">{escape(name)}</th>' for name in frame.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td style="{border};{style}">{escape(written(value))}</td>'
            for value, style in zip(row, styles, strict=True)
        )
        + "</tr>"
        for row in frame.iter_rows()
    )
    st.html(
        f'<div role="region" tabindex="0" aria-label="{escape(caption)}" style="overflow-x:auto">'
        f'<table style="border-collapse:collapse;font-size:.9rem;color:#1b1f23;background:#fff">'
        f"<tr>{head}</tr>{rows}</table></div>"
    )


def _left(texts: pl.Series) -> str:
    """Text keeps room for some characters, where it has so many, even on a phone."""
    longest = texts.cast(pl.String).str.len_chars().max() or 0
    return f"text-align:left;min-width:min({min(9, longest)}rem,30vw)"


def picked(frame: pl.DataFrame, say: Say, key: str, alt: str, widths: dict[str, int] | None = None) -> int | None:
    """A table of which one row can be selected: its number, None where none is. ``widths`` in pixels."""
    columns = {name: st.column_config.Column(width=width) for name, width in (widths or {}).items()}
    event = table(frame, say, key=key, alt=alt, column_config=columns, on_select="rerun", selection_mode="single-row")
    rows = event.selection.rows if event else []
    return rows[0] if rows and rows[0] < len(frame) else None


def csv_of(frame: pl.DataFrame) -> bytes:
    """CSV for spreadsheets, UTF-8; text that a spreadsheet would run as a formula begins with an apostrophe."""
    guarded = [
        pl.when(pl.any_horizontal(pl.col(c).str.starts_with(start) for start in _FORMULA))
        .then(pl.lit("'") + pl.col(c))
        .otherwise(pl.col(c))
        .alias(c)
        for c, kind in frame.schema.items()
        if kind == pl.String
    ]
    return (BOM + frame.with_columns(guarded).write_csv()).encode()


def xlsx_of(frame: pl.DataFrame, sheet: str) -> bytes:
    """An Excel workbook of one sheet with filters; text is never taken for a formula or a link."""
    import xlsxwriter

    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, plain) as book:
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        page.freeze_panes(1, 0)
        for column, (name, values) in enumerate(zip(frame.columns, frame.iter_columns(), strict=True)):
            page.write_string(0, column, name, bold)
            page.set_column(column, column, 16)
            for row, value in enumerate(values.to_list(), 1):
                _write(page, row, column, value)
        if len(frame):
            page.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    return stream.getvalue()


def _write(page: object, row: int, column: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value)[:32000])
