"""The prose of reports made comparable: without tables, web furniture, names, numbers and the words of the form."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from orchestration.form import declaration
from orchestration.intake.document import LINE_END
from orchestration.reading.labels.normal import RADICALS, simplified

NAMES = ("agency_name", "name_in_title", "region_name")
SENTENCE_END = "[。！？；!?;]+"
SHORT_LINE = 15  # a line under this length without punctuation is a heading, a menu or a cell
SHORT_SENTENCE = 8
NUMBER = r"[0-9][0-9.,]*|[〇零○一二三四五六七八九十百千万两]{2,}"  # 一是, 二是 stay: they are no numbers


def prose(inventory: pl.DataFrame, tables: pl.DataFrame, headings: pl.DataFrame) -> pl.DataFrame:
    """One row for each opened report: report_id and ``prose``, its sentences one a line.

    ``inventory`` (RAW_REPORTS) gives the texts. Left out are the lines from the first table to the last one
    (REPORT_TABLES), other lines that hold little but labels of the form, and headings and menus. In the sentences
    every number is 0, the names of the agency and its region (REPORT_HEADINGS) are 某, and punctuation is gone.
    """
    names = headings.select("report_id", *NAMES).unique("report_id")
    ends = pl.col("text").str.replace_all(LINE_END.pattern, "\n").str.normalize("NFKC")
    texts = (
        inventory.filter(pl.col("text").is_not_null())
        .select("report_id", "text")
        .join(names, on="report_id", how="left", maintain_order="left")
        .with_columns(lines=_one_spelling(ends).str.split("\n"))
        .drop("text")
    )
    texts = _without_tables(texts, tables)
    line = pl.element()
    labels = _labels()
    said = (
        line.str.replace_many(labels, [""] * len(labels), leftmost=True).str.replace_all(r"[\W\d]+", "").str.len_chars()
    )
    kept = line.filter(
        (said >= SHORT_LINE) | ((said >= 1) & line.str.contains("[。；，,;]") & (said * 3 > line.str.len_chars()))
    )
    texts = texts.select(
        "report_id", *NAMES, prose=pl.col("lines").list.eval(kept).list.join("\n").str.replace_all(r"\s+", "")
    )
    for name in NAMES:  # the title's name may be part of the full one, so the longest goes first
        parts = pl.col("prose").str.split(pl.col(name)).list.join("某")
        texts = texts.with_columns(prose=pl.when(pl.col(name).str.len_chars() > 1).then(parts).otherwise("prose"))
    masked = (
        pl.col("prose")
        .str.replace_all(NUMBER, "0")
        .str.replace_all(SENTENCE_END, "\n")
        .str.replace_all(r"[^\w\n]+", "")
        .str.split("\n")
    )
    whole = line.filter(line.str.len_chars() >= SHORT_SENTENCE)
    return texts.select("report_id", masked.list.eval(whole).list.join("\n").alias("prose"))


def _without_tables(texts: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """``lines`` without those from the first table to the last: no prose stands between the statutory tables."""
    spans = tables.group_by("report_id").agg(first=pl.col("first_line").min(), last=pl.col("last_line").max())
    before = pl.col("lines").list.slice(0, pl.col("first").cast(pl.Int64) - 1)
    after = pl.col("lines").list.slice(pl.col("last").cast(pl.Int64))
    found = pl.col("first").is_not_null() & pl.col("last").is_not_null()
    return (
        texts.join(spans, on="report_id", how="left", maintain_order="left")
        .with_columns(lines=pl.when(found).then(pl.concat_list(before, after)).otherwise("lines"))
        .drop("first", "last")
    )


def _one_spelling(text: pl.Expr) -> pl.Expr:
    """Radicals and Traditional characters as the simplified ones, for all reports alike."""
    spelled = {chr(old): new for old, new in simplified(all_forms=True).items()}
    for radical, meant in RADICALS.items():
        spelled[chr(radical)] = spelled.get(chr(meant), chr(meant))
    return text.str.replace_many(list(spelled), list(spelled.values()))


@lru_cache(maxsize=1)
def _labels() -> list[str]:
    """The labels of the form, the longest first."""
    whole = declaration()
    records = (*whole.rows, *whole.columns, *whole.labels, *whole.groups)
    printed = pl.Series(sorted({record.label_zh for record in records} | {form.name_zh for form in whole.forms}))
    labels = {*printed.str.normalize("NFKC").to_list(), *printed.str.replace(r"^[^）.、]{1,3}[）.、]", "").to_list()}
    return sorted((label for label in labels if len(label) > 1), key=lambda label: (-len(label), label))
