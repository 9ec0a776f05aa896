"""The heading of one plain text from the lines around its one title, by the rules of ``headings``.

Where a text has more than one line that may be a title, or characters that stand for others, nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.reading.headings.headings import Heading, follows, instructs, without_blanks
from orchestration.reading.headings.titles import titles_in
from orchestration.reading.labels.normal import plain, simplified

_LONGEST_BEHIND = 40  # characters of a line behind the word for the report, beyond which it is no part of a title
_REPORT = "报告"
# A line that is a title, or the part of one that names the report; the rest stands on the lines around it. It may hold
# whatever ``titles`` trims: labels and brackets before it, dates, notes and sites behind it, other cells of a row. The
# patterns are for Python and for Polars, and stay on the line.
_BLANKS = r" \t\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LABEL = r"[^\n]{0,13}[\]】〕）):：]"
_CELLS = r"[^\n]*[\t|｜]"
_SIGNS = rf"[《》【】「」〔〕（）()\[\]［］*＊{_BLANKS}]*"
_DATES = r"[（(0-9０-９一二\[［〔【发公时日全★☆].{0,60}"
NAMING_END = rf"报告{_SIGNS}(?:(?:{_DATES}|[.．][A-Za-z]{{0,4}}){_SIGNS}|[-_|\t–—－＿｜].*)?"
_NAMING = (
    r"[\u3400-\u9fff\u2e80-\u2fd5\uf900-\ufaff\u2460-\u249b\u3220-\u33ff（）()·〇○◯oOｏＯ0-9０-９#＃*＊>＞《》【】「」〔〕\[\]［］|｜丨"
    rf":：★☆●■◆•▪.．、–—_＿－{_BLANKS}-]*{NAMING_END}"
)
NAMING = rf"(?:{_LABEL}|{_CELLS})?{_NAMING}"
_NAMES = re.compile(rf"(?:{_LABEL})?{_NAMING}")
_CELL_ENDS = re.compile(r"[\t|｜]")
_LINES_AROUND = 3
_LONGEST = 100  # characters of a line above, as of one behind
_YEARLY = re.compile(r"年\s*报(?!告)")
_YEARLY_TITLE = re.compile(
    rf"(?:{_LABEL}|{_CELLS})?[^。，；,;\n]{{0,60}}公开[^。，；,;\n]{{0,12}}年\s*报(?!告)[^。，；,;\n]{{0,20}}(?:[-_|\t–—－＿｜（(].*)?"
)
_TORN_YEARLY = re.compile(r"公开[^。，；,;]{0,12}\n[^。，；,;]{0,12}年\s*报(?!告)")
# The path to a page (首页 > 信息公开年报), which no label or bracket before a title may take away.
_PATH = re.compile(r"[^#*>\s].*>[^>:：|\t\]】〕）)]*$")


def heading_around(text: str) -> Heading | None:
    """The title, the agency and the year of a report as ``headings.read_heading`` reads them.

    None says that ``read_heading`` is to be asked. A lone CR, and the word for the report over two lines, are not seen.
    """
    at = None if _yearly_title(text) else _only_title(text)
    if at is None:
        return None
    window = _around(text, at)
    if not _traditional().isdisjoint(window) or not follows(text[at:]) or instructs(text[:at]):
        return None
    titles = titles_in(without_blanks(plain(window)), lambda name: "".join(plain(text).split()).count(name) > 1)
    if len(titles) != 1 or titles[0].name is None:
        return None
    title, name, year, _ = titles[0]
    return Heading(title, name, year, "title", told=True)


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, simplified()))


def _yearly_title(text: str) -> bool:
    """Whether a line, or more than one, may be a title that says 年报 and not 报告."""
    if _TORN_YEARLY.search(text):
        return True
    seen = -1
    for found in _YEARLY.finditer(text):
        if found.start() < seen:
            continue
        line, stop = _line_at(text, found.start(), found.end())
        if _YEARLY_TITLE.fullmatch(line) and not _PATH.match(line):
            return True
        if "\n" not in line:
            seen = stop if stop >= 0 else len(text)
    return False


def _only_title(text: str) -> int | None:
    """Where the one line that may be a title names the report, or None."""
    found = None
    at = text.find(_REPORT)
    while at >= 0:
        line, stop = _line_at(text, at, at)
        if any(map(_NAMES.fullmatch, (line, *_CELL_ENDS.split(line)))):
            if found is not None:
                return None
            found = at
        at = text.find(_REPORT, stop) if stop >= 0 else -1
    return found


def _line_at(text: str, start: int, end: int) -> tuple[str, int]:
    """The line or lines from one place to another, and where they end: -1 where the text does."""
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else None], stop


def _around(text: str, at: int) -> str:
    """The line at a place with the filled lines before and behind it."""
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
            return text[start:end]
        filled += bool(line)
    return text[start : stop if stop >= 0 else None]
