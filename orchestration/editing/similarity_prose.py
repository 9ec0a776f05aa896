"""The prose of reports made comparable: without tables, web furniture, names, numbers and the words of the form."""

from __future__ import annotations

import polars as pl

from orchestration.form import declaration
from orchestration.intake.document import LINE_END
from orchestration.reading.normal import RADICALS, simplified

NAMES = ("agency_name", "name_in_title", "region_name")
SENTENCE_END = "[。！？；!?;]+"
SHORT_LINE = 15  # a line under this length without punctuation is a heading, a menu or a cell
SHORT_SENTENCE = 8
NUMBER = r"[0-9][0-9.,]*|[〇零○一二三四五六七八九十百千万两]{2,}"  # 一是, 二是 stay: they are no numbers


def prose(inventory: pl.DataFrame, tables: pl.DataFrame, headings: pl.DataFrame) -> pl.DataFrame:
    """One row for each opened report: report_id and ``prose``, its sentences one a line.

    ``inventory`` (RAW_REPORTS) gives the texts; the lines from first to last line of each table (REPORT_TABLES) are
    left out. In the sentences every number is 0, the names of the agency and its region (REPORT_HEADINGS) are 某,
    and only letters and digits are left; the labels of the form go, for tables that were not found.
    """
    texts = (
        inventory.filter(pl.col("text").is_not_null())
        .select("report_id", "text")
        .join(headings.select("report_id", *NAMES).unique("report_id"), on="report_id", how="left", maintain_order="left")
        .with_columns(lines=pl.col("text").str.replace_all(LINE_END.pattern, "\n").str.split("\n"))
        .drop("text")
    )
    texts = _without_tables(texts, tables)
    line = pl.element()
    kept = line.filter(line.str.contains("[。；，,;:：]") | (line.str.len_chars() >= SHORT_LINE))
    text = pl.col("lines").list.eval(kept).list.join("\n").str.normalize("NFKC")
    texts = texts.select("report_id", *NAMES, prose=_one_spelling(text).str.replace_all(r"\s+", ""))
    for name in NAMES:  # the title's name may be part of the full one, so the longest goes first
        parts = pl.col("prose").str.split(pl.col(name)).list.join("某")
        texts = texts.with_columns(prose=pl.when(pl.col(name).str.len_chars() > 1).then(parts).otherwise("prose"))
    labels = _labels()
    masked = (
        pl.col("prose")
        .str.replace_all(NUMBER, "0")
        .str.replace_all(SENTENCE_END, "\n")
        .str.replace_all(r"[^\w\n]+", "")
        .str.replace_many(labels, [""] * len(labels), leftmost=True)
        .str.split("\n")
    )
    whole = line.filter(line.str.len_chars() >= SHORT_SENTENCE)
    return texts.select("report_id", masked.list.eval(whole).list.join("\n").alias("prose"))


def _without_tables(texts: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """``lines`` without those of the tables."""
    spans = (
        tables.filter(pl.col("first_line").is_not_null(), pl.col("last_line").is_not_null())
        .sort("report_id", "first_line")
        .group_by("report_id", maintain_order=True)
        .agg(starts=pl.col("first_line").cast(pl.Int64) - 1, ends=pl.col("last_line").cast(pl.Int64).cum_max())
    )
    texts = texts.join(spans, on="report_id", how="left", maintain_order="left")
    most = spans["starts"].list.len().max() or 0
    after = pl.lit(0, pl.Int64)
    pieces = []
    for number in range(most):
        start = pl.col("starts").list.get(number, null_on_oob=True)
        length = (start - after).clip(lower_bound=0)
        pieces.append(pl.col("lines").list.slice(after, length.fill_null(0)))
        after = pl.max_horizontal(after, pl.col("ends").list.get(number, null_on_oob=True))  # null is ignored
    pieces.append(pl.col("lines").list.slice(after))
    return texts.with_columns(lines=pl.concat_list(pieces)).drop("starts", "ends")


def _one_spelling(text: pl.Expr) -> pl.Expr:
    """Radicals and Traditional characters as the simplified ones, for all reports alike."""
    known = {chr(old): new for old, new in simplified(all_forms=True).items()}
    radicals = {chr(old): known.get(new, new) for old, new in RADICALS.items() if isinstance(new, str)}
    radicals |= {chr(old): chr(new) for old, new in RADICALS.items() if isinstance(new, int)}
    spelled = known | radicals
    return text.str.replace_many(list(spelled), list(spelled.values()))


def _labels() -> list[str]:
    """The labels of the form as masked prose would show them, the longest first."""
    whole = declaration()
    printed = {record.label_zh for record in (*whole.rows, *whole.columns, *whole.labels, *whole.groups)}
    masked = (
        pl.Series("label", sorted(printed | {form.name_zh for form in whole.forms}))
        .str.normalize("NFKC")
        .str.replace_all(r"\s+", "")
        .str.replace_all(NUMBER, "0")
        .str.replace_all(r"[^\w]+", "")
        .unique()
        .to_list()
    )
    return sorted((label for label in masked if len(label) >= SHORT_SENTENCE), key=lambda label: (-len(label), label))
