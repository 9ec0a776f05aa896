"""Headings of many plain texts: only the lines around the one title are read, by the rules of ``headings``.

Where a text has more than one line that may be a title, or characters that stand for others, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import polars as pl

from orchestration.reading.bulk.careful import DOCUMENT, careful_heading, heading_row
from orchestration.reading.bulk.titles import plain_title
from orchestration.reading.headings import PERIOD, Heading, follows, instructs, published_in, without_blanks
from orchestration.reading.normal import plain, simplified
from orchestration.reading.report import is_report
from orchestration.reading.schema import REPORT_HEADINGS
from orchestration.reading.titles import titles_in

_REPORT = "报告"
# What may be a title or the part of one that names the report; the rest of a title stands on the lines around it.
_NAMING = re.compile(
    r"[\u3400-\u9fff（）()·〇○◯OoＯ0-9０-９\s#*>《》【】「」〔〕\[\]|丨:：—★☆●■◆•▪.．、-]*报告(?:[（(0-9０-９一二\[〔发公时日全★☆].{0,60}|[-_|–—.].*)?[》】」*\s]*"
)
_LINES_AROUND = 3
_LONGEST = 100  # characters of a line, beyond which it is no part of a title
_LONGEST_BEHIND = 40  # and behind the word for the report
_MOST_LINES = 110  # split titles are sought only near the beginning
_HEAD = 400  # characters above which the publisher may be named
_WINDOW = 80  # characters before the end of a statistical period
_FLAGS = {
    "traditional": r"[報開發時條]",
    "parted": r"报\s+告\s*(?:[^\s。，,；;、的中]|$)",  # but in a sentence that goes on
    "yearly": r"年\s*报(?:[^告]|$)",
    "dated": r"(?:时间|[日⽇]期)[:：﹕\s\]】]*[2２]",
    "published": r"(?:发布机构|公开主体|信息来源|发布单位|来源|编制单位|公开单位|责任单位)[:：﹕\t \u3000\u00a0]",
    "period": r"[2２]\s*[月⽉]\s*[3３]\s*[1１]\s*[日⽇]",
    "period_odd": r"[2２]\s*(?:⽉|月\s+3|月\s*３|月3\s+1|月3１|月31\s+日|月31⽇)",
}
_YEARLY = re.compile(r"年\s*报(?!告)")
_YEARLY_TITLE = re.compile(r"[^。，；,;\n]{0,60}公开[^。，；,;\n]{0,12}年\s*报[^告。，；,;\n]{0,20}")
# The path to a page (首页 > 信息公开年报), which no label or bracket before a title may take away.
_PATH = re.compile(r"[^#*>\s].*>[^>:：|\t\]】〕）)]*$")


def read_headings(opened: pl.DataFrame) -> pl.DataFrame:
    """The headings of opened reports in their order, per REPORT_HEADINGS; what is not plain is read carefully."""
    found = zip(opened.select("report_id", *DOCUMENT).iter_rows(), plain_headings(opened["text"]), strict=True)
    rows = [
        heading_row(report[0], heading) if heading and is_report(heading) else careful_heading(*report)
        for report, heading in found
    ]
    return pl.DataFrame(rows, schema=REPORT_HEADINGS, orient="row")


def plain_headings(texts: pl.Series) -> Iterator[Heading | None]:
    """For each text its heading as ``headings.read_heading`` reads it, or None where that is to be asked."""
    text = pl.col("text")
    flags = texts.to_frame("text").select(text, *(text.str.contains(p).alias(name) for name, p in _FLAGS.items()))
    for row in flags.iter_rows():
        yield _heading(*row)


def _heading(text: str, *flags: bool) -> Heading | None:
    *odd, yearly, dated, published, period, period_odd = flags
    if (
        any(odd)
        or (yearly and _yearly_title(text))
        or (period and period_odd)
        or ("\r" in text and text.count("\r") != text.count("\r\n"))
    ):
        return None
    at = _only_title(text)
    if at is None:
        return None
    window, number = _around(text, at)
    if not _traditional().isdisjoint(window):
        return None
    lines = without_blanks(plain(window))
    only = plain_title(lines)
    titles = [only] if only else titles_in(lines, lambda name: "".join(plain(text).split()).count(name) > 1)
    if len(titles) != 1 or titles[0].name is None:
        return None
    title, name, year, line = titles[0]
    found = _published(text) if dated or published else (None, None)
    spanned = _period(text) if period else None
    if spanned is False or not follows(text[at:]) or instructs(text[:at]):
        return None
    return Heading(title, name, year, "title", spanned, *found, number + line, told=True)


def _published(text: str) -> tuple[date | None, str | None]:
    """The date of publication and the publisher, each as it is named first: mostly above the report."""

    def read(part: str) -> tuple[date | None, str | None]:
        return published_in("\n".join(without_blanks(plain(part.replace("\r\n", "\n")))))

    found = read(text[: text.find("\n", _HEAD) + 1])
    return found if all(found) else read(text)


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, simplified()))


def _yearly_title(text: str) -> bool:
    """Whether a line may be a title that says 年报 and not 报告."""
    for found in _YEARLY.finditer(text):
        line, _ = _line_at(text, found.start(), found.end())
        if _YEARLY_TITLE.fullmatch(line) and not _PATH.match(line):
            return True
    return False


def _only_title(text: str) -> int | None:
    """Where the one line that may be a title names the report, or None."""
    found = None
    at = text.find(_REPORT)
    while at >= 0:
        line, stop = _line_at(text, at, at)
        if _NAMING.fullmatch(line):
            if found is not None:
                return None
            found = at
        at = text.find(_REPORT, stop) if stop >= 0 else -1
    return found


def _line_at(text: str, start: int, end: int) -> tuple[str, int]:
    """The line or lines from one place to another, and where they end: -1 where the text does."""
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else None], stop


def _around(text: str, at: int) -> tuple[str, int]:
    """The line at a place with the filled lines before and behind it, and how many lines stand before them."""
    start, stop = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    filled = 0
    while start and filled < _LINES_AROUND:
        end = start - 1
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end].strip()
        if len(line) > _LONGEST:
            break
        start = begin
        filled += bool(line)
    filled = 0
    while stop >= 0 and filled < _LINES_AROUND:
        end, begin = stop, stop + 1
        stop = text.find("\n", begin)
        line = text[begin : stop if stop >= 0 else None].strip()
        if len(line) > _LONGEST_BEHIND:
            return text[start:end], text.count("\n", 0, start)
        filled += bool(line)
    return text[start : stop if stop >= 0 else None], text.count("\n", 0, start)


def _period(text: str) -> str | bool | None:
    """The statistical period as printed, None without one, False where it cannot be cut out."""
    at = text.find("31日")
    while at >= 0:
        bare = "".join(plain("".join(text[max(0, at - _WINDOW) : at + 12].split())).split())
        found = PERIOD.search(bare)
        if found:
            return found[0] if found.start() or at <= _WINDOW else False
        at = text.find("31日", at + 1)
    return None
