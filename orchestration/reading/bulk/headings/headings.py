"""Headings of many texts: those with a plain title all at once, the others one by one.

A title is plain as ``titles`` says, if no other line of the text may be one. What must be known of a whole text is told
by a few characters, which Polars finds without a look at the rest; only the lines around them are read. How a title, a
period or a date is worded is not said here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from orchestration.reading.bulk.careful import DOCUMENT, careful_heading
from orchestration.reading.bulk.headings import around, dates
from orchestration.reading.bulk.headings.titles import BLANK, PATH, plain_titles
from orchestration.reading.labels.normal import SPOKEN
from orchestration.reading.report import is_report
from orchestration.reading.schema import REPORT_HEADINGS

# A text in Traditional characters or with their sounds, a title that is parted in its last word, a lone CR, the
# letters for 2月 and 12月: nothing is said of these.
_ODD = ("[報開發時條㋁㋋]", SPOKEN, rf"报{BLANK}+告{BLANK}*(?:[^\s\x1c-\x1f。，,；;、的中]|\z)", r"\r(?:[^\n]|\z)")
# What may be a title that says 年报 and not 报告.
_YEARLY = rf"年{BLANK}*报(?:[^告]|\z)"
_YEARLY_TITLE = rf"公开[^。，；,;]{{0,25}}{_YEARLY}"
_TOLD = "。[^。]*。[^。]*。"  # the sentences that ``headings.follows`` asks for: none stands above a plain title
_TITLES = {"at": pl.UInt32, "title": pl.String, "name": pl.String, "year": pl.Int16}
Found = tuple[np.ndarray, pl.DataFrame]


def in_order(first: np.ndarray, found: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """The rows of the reports that ``first`` marks, and of the others, as the reports stand."""
    places = np.concatenate((np.flatnonzero(first), np.flatnonzero(~first)))
    return pl.concat([found, others])[np.argsort(places)]


def plain_headings(opened: pl.DataFrame) -> Found:
    """Which of some reports (``report_id``, ``text``) have a plain heading, and those, per REPORT_HEADINGS."""
    titles = plain_titles(opened["text"])
    return _dated(opened, titles.filter(_sure(opened[titles["at"]])))


def _sure(texts: pl.DataFrame) -> pl.Series:
    """Which texts with a plain title have no other one, and are reports.

    Above the title 报 ends at most the path to the page, and so there is no head of a notice on reports either.
    """
    text = pl.col("text")
    seen = texts.select(
        "text",
        odd=pl.any_horizontal(*(text.str.contains(pattern) for pattern in _ODD)),
        yearly=text.str.contains(_YEARLY),
        ends=text.str.count_matches(rf"{around.NAMING_END}(?:\n|\z)"),
        told=text.str.contains(_TOLD),
    )
    # What costs more is asked of the few texts in which it matters.
    yearly = pl.when("yearly").then(text.str.replace(PATH, "")).str.contains(_YEARLY_TITLE).fill_null(False)
    lines = pl.when(pl.col("ends") > 1).then("text").str.count_matches(rf"(?m)^{around.NAMING}$").fill_null(1)
    return seen.select(~pl.col("odd") & ~yearly & (lines == 1) & pl.col("told")).to_series()


def other_headings(opened: pl.DataFrame) -> pl.DataFrame:
    """The headings of opened reports, each read by itself, per REPORT_HEADINGS."""
    text = pl.col("text")
    odd = opened.select(pl.any_horizontal(*(text.str.contains(pattern) for pattern in _ODD))).to_series()
    titles = []
    for at, (whole, doubt) in enumerate(zip(opened["text"], odd, strict=True)):
        found = None if doubt else around.heading_around(whole)
        if found and is_report(found):
            titles.append((at, found.title, found.name, found.year))
    known, found = _dated(opened, pl.DataFrame(titles, schema=_TITLES, orient="row"))
    left = [careful_heading(*report) for report in opened.filter(~known).select("report_id", *DOCUMENT).iter_rows()]
    return in_order(known, found, pl.DataFrame(left, schema=REPORT_HEADINGS, orient="row"))


def _dated(opened: pl.DataFrame, titles: pl.DataFrame) -> Found:
    """The reports whose ``titles`` are known, with periods and dates; not those whose period is in doubt."""
    text = pl.col("text")
    texts = opened[titles["at"]].select(
        "report_id",
        "text",
        end=text.str.find(dates.PERIOD_END),
        dated=text.str.contains(dates.DATED) | text.str.contains(dates.PUBLISHER),
    )
    periods = _periods(texts)
    days, organs = _published(texts)
    found = titles.select(
        "at",
        "title",
        "year",
        texts["report_id"],
        agency_name="name",
        name_in_title="name",
        name_evidence=pl.lit("title"),
        year_evidence=pl.lit("title"),
        period=pl.Series([period or None for period in periods], dtype=pl.String),
        published_on=pl.Series(days, dtype=pl.Date),
        publisher=pl.Series(organs, dtype=pl.String),
    ).filter(pl.Series([period is not False for period in periods], dtype=pl.Boolean))
    known = np.zeros(opened.height, bool)
    known[found["at"]] = True
    return known, found.match_to_schema(REPORT_HEADINGS, missing_columns="insert", extra_columns="ignore")


def _periods(texts: pl.DataFrame) -> list[str | bool | None]:
    """The statistical periods, as ``dates.first_period`` finds them; most are found around the first ``end``."""
    begin = (pl.col("end").cast(pl.Int64) - dates.BEFORE).clip(0)
    windows = (
        texts.select(pl.col("text").cast(pl.Binary).bin.slice(begin, dates.BEFORE + dates.BEHIND)).to_series().to_list()
    )
    return [
        window and (dates.period_in(window.decode(errors="ignore")) or dates.first_period(texts["text"][at]))
        for at, window in enumerate(windows)
    ]


def _published(texts: pl.DataFrame) -> Sequence[tuple]:
    """The dates of publication, and the publishers, of the texts that are ``dated``."""
    lines = pl.when("dated").then("text").str.extract_all(dates.PUBLISHED_LINES)
    told = [
        (None, None) if part is None else dates.published_on(part) for part in texts.select(lines)["text"].to_list()
    ]
    return list(zip(*told, strict=True)) or [(), ()]
