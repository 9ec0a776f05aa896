"""Plain titles of many texts: what ``titles.titles_in`` finds where it has nothing to choose from.

Belongs here: titles in the official wording, on one line or parted before the year or the subject, with nothing above
them that may be a part of one. Does not belong here: any other title; nothing is said of those, nor of whether a text
has more than one.

A text is told from its beginning, by the expressions of Polars. ``titles_in`` joins up to four lines, from the first
line on, until they are worded as a title; so what stands below a plain one is not joined to it. Above it no line holds
报, without which nothing is a title; and the last of them ends a sentence, over which nothing is joined, or is worded
as no part of a title (一、总体情况).
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from orchestration.form import declaration
from orchestration.reading.headings.titles import NO_AGENCY, ORGAN
from orchestration.reading.labels.normal import simplified

BLANK = r"[\s\x1c-\x1f]"  # what Python strips from a line and splits at
_IN_LINE = r"[\s\x1c-\x1f&&[^\n\t]]"  # a tab would part the line
# There are so few blanks around the parts of a title that ``titles_in`` joins them: it asks for short lines, near by.
_MARKS = rf"(?:[#*>\s\x1c-\x1f]*\n)?[#*>{_IN_LINE}]{{0,16}}"
_END = rf"[*{_IN_LINE}]*\n"
_HAN = r"[\x{3400}-\x{9fff}]"
# What is neither part of a title nor a label before one: its mark in the middle is in no title, and cannot be trimmed.
_ASIDE = rf"{_HAN}+、{_IN_LINE}*{_HAN}+|{_HAN}*[{_HAN}&&[^题称名件懂解文]][:：][0-9]{{1,3}}"
# The path to a page (首页 > 政务公开 > 信息公开年报): its marks in the middle are in no title, and no label is so long.
# It holds 报 at its end or not at all.
_OTHER = r"[^报。\n:：|\t（）()【】〔〕\[\]]"
PATH = rf"\A{BLANK}*{_HAN}{{2,}}{_IN_LINE}*>{_OTHER}*>{_IN_LINE}*[{_HAN}&&[^报]]{{3,}}{_HAN}{_IN_LINE}*\n"
_CELLS = r"[^报。\s\x1c-\x1f]\t+[^报。\s\x1c-\x1f]"  # a line with cells is not joined to others
_ABOVE = rf"(?:{PATH}|\A)(?:[^报。]*(?:[；;，,]|{_CELLS})[^报。\n]*\n|(?:[^报。]*\n)?{_MARKS}(?:{_ASIDE}){_END})?"
_PARTED = rf"[*{_IN_LINE}]{{0,4}}\n(?:{_IN_LINE}{{0,9}}\n){{0,3}}{_IN_LINE}{{0,4}}[#*>]{{0,5}} ?"
_TITLE = (
    rf"(?<name>{_HAN}{{2,45}})(?<first>{_PARTED})?(?<year>20[0-9]{{2}})(?<of>年度?)"
    rf"(?<second>{_PARTED})?(?<subject>政府信息公开(?:工作)?年度报告)"
)
_PLAIN = rf"{_ABOVE}{_MARKS}{_TITLE}{_END}"
_NO_NAME = r"\A(?:关于|现将|信息|政府|政务|标题|一图|图)|(?:关于|发布|公布|公开|印发|报送|解读|上报)\z"
_MOST_PARTED = 30  # characters of a name that stands on lines of its own


def plain_titles(texts: pl.Series) -> pl.DataFrame:
    """``title``, ``name`` and ``year`` of the texts that have a plain title, and which texts they are (``at``).

    No full stop stands above such a title, and no 报 but at the end of a PATH. Whether other titles stand below is not
    asked.
    """
    text, name = pl.col("text"), pl.col("name")
    found = texts.to_frame("text").select(
        text.str.extract_groups(_TITLE).alias("found"), alone=text.str.contains(_PLAIN)
    )
    found = found.with_row_index("at").filter("alone").unnest("found")
    # Of lines that are joined the first must begin a title: where those behind it are one, it must name an agency.
    begins = pl.col("first").is_null() | (
        name.str.contains(rf"\A(?:{ORGAN.pattern})\z") & ~name.str.contains(NO_AGENCY.pattern)
    )
    parted = (name.str.len_chars() <= _MOST_PARTED) & ~name.str.contains("报", literal=True) & begins
    whole = pl.col("first").is_null() & pl.col("second").is_null()
    year = pl.col("year").cast(pl.Int16)
    recent = year >= min(form.first_year for form in declaration().forms)
    found = found.filter((whole | parted) & recent & ~name.str.contains(_NO_NAME) & ~name.str.contains(_traditional()))
    full = pl.when(name.str.ends_with("人民")).then(name + "政府").otherwise(name)
    return found.select("at", title=pl.concat_str("name", "year", "of", "subject"), name=full, year=year)


@lru_cache(maxsize=1)
def _traditional() -> str:
    """The characters of names that would be written otherwise where a text is in Traditional characters."""
    return f"[{''.join(chr(code) for code in simplified() if 0x3400 <= code <= 0x9FFF)}]"
