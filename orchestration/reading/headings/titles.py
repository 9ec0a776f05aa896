"""Titles of annual reports among the lines of a text: how they are worded, and how they are split over lines.

Which of several titles is that of the report, and what else a heading says, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    "○": 0,
    "零": 0,
    "O": 0,
    "o": 0,
    "Ｏ": 0,
    "0": 0,
    "◯": 0,
}
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零oOＯ◯0一二三四五六七八九]{3})"
OF_YEAR = rf"[\[（(〔【]?{_YEAR}年?(?:年度|年|度)?[\]）)〕】]?"
_SUBJECT = r"(?:政府信息[与和及]政务公开|政府信息(?:主动)?公开(?:[与和及]政务公开)?|政务(?:信息)?公开|信息公开)"
_WORDS = r"(?:工作|情况|年度|执行|总结|的)*"
REPORT = rf"{_SUBJECT}{_WORDS}(?:报告|年报)"
REPORT_OF_YEAR = rf"{_SUBJECT}(?:工作)?(?:情况)?{OF_YEAR}{_WORDS}(?:报告|年报)"
# Digits stand in the names of divisions and hot lines: 第8师, 12345热线.
_NAME = (
    r"(?P<name>(?!关于|现将|(?:政府|政务)?信息(?:主动)?公开(?!办|中心|领导)|(?:政府|政务)公开)"
    r"(?:[\u3400-\u9fff（）()·〇]|(?<=第)\d{1,3}(?!\d)|12345|110|119|120){2,45}?)"
)
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}?[-—:：]*(?:关于)?{OF_YEAR}(?:本机关|本级)?(?:关于)?{REPORT}",
        rf"{_NAME}(?:关于)?{REPORT}[-—]*{OF_YEAR}",
        rf"{OF_YEAR}{_NAME}(?:关于)?{REPORT}",
        rf"{_NAME}(?:关于)?{REPORT_OF_YEAR}",
    )
)
# All characters that occur in these patterns. Most lines hold others, and so need no look at the patterns.
_IN_TITLES = re.compile(r"[\u3400-\u9fff\d（）()〔〕【】\[\]·〇○◯oOＯ:：—-]*")
_UNDATED = re.compile(rf"{_NAME}(?:关于)?{REPORT}")
ORGAN = re.compile(
    r"[\u3400-\u9fff（）()]{2,38}(?:府|局|委|办|厅|会|处|院|心|镇|乡|道|队|署|社|站|所|部|室|司|校|馆|区|关|团|行|大学)"
)
# What sites print around a report and ends as the name of an agency does.
NO_AGENCY = re.compile(
    r"总体情况|年度报告|年报|信息公开$|信息公开[^办]{0,3}$|当前位置|首页|大厅$|新闻|发布会|常务会|^.{0,3}机关$|^(?:走进|魅力|关于|各|本|相关)|"
    r"(?:部门|乡镇|镇街|街镇|直属)(?:机构|单位|街道|乡镇)?$|公开(?:栏|指南|制度|目录)"
)
_LABEL = re.compile(r"^(?:[^:：]{0,4}(?:标题|名称|题名)|附件\d{0,2})[:：]|^标题")
_BEFORE = re.compile(r"^(?:[\[【〔（(][^\]】〕）)]{1,12}[\]】〕）)]|一图读懂|一图看懂|图解|图文)[:：|丨]?")
_BULLET = re.compile(r"^(?:[★☆●■◆•▪·]+|\d{1,2}[.、])|[★☆]+$")
_DATED = re.compile(
    r"(?<=[告报）)])(?:全文)?(?:(?:发布|公开)?(?:时间|日期)[:：])?[\[（(]?(?:20\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?)?[\]）)]?$"
)
_BEHIND = re.compile(
    r"(?:\.(?:pdf|docx?|wps|html?|ofd|xlsx?))$|(?:(?<=报告)|(?<=年报)|(?<=[）)]))[-_|–—](?![-—]*(?:19|20)\d\d).*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[（(](?!(?:19|20)\d\d|二)(?P<note>[^（）()]{0,40})[）)]$")
_MARKS = str.maketrans("", "", "《》「」")
_VERB = re.compile(r"(?:发布|公布|公开|印发|报送|解读|上报)$")
_BEGINS = re.compile(
    r"[\u3400-\u9fff](?:[省市区县旗州盟镇乡]|街道|总局)$"
)  # a first line of a title that is split in its name
_TORN = re.compile(r"[\u3400-\u9fff（）()·]{1,30}")
# The ends of names that are none by themselves.
_GENERIC = re.compile(
    r".|(?:.{0,2}管理|.?监督管理|.?保障|.?建设|.?事务|.?服务|.?规划)?(?:.?局|委员会|管委会|中心|办公室|办事处|分局)|..室|人?民?政府.{0,3}"
)
PLACE = re.compile(r".[省市县区旗州盟镇乡部]|总局|兵团")
_EDGES = re.compile(r"^[#*>\s]+|[*\s]+$")
_LINES = 120
_MOST_LINES = 4


class Title(NamedTuple):
    """A title as printed, its agency or None, its year (None only where it was asked for so), and its line."""

    text: str
    name: str | None
    year: int | None
    line: int


def titles_in(lines: list[str], written: Callable[[str], bool] = lambda name: False) -> list[Title]:
    """All titles with a year. A title may be split over up to four lines.

    ``written`` tells whether the text writes a name elsewhere; it is asked where a name may be torn.
    """
    found = []
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    bare = [_bare(line) for _, line in filled]
    at = 0
    while at < len(filled):
        taken = 1
        # The whole text is searched line by line; split titles only near its beginning.
        most = _MOST_LINES if at < _LINES else 1
        near = "".join(bare[at : at + most])
        for span in range(1, most + 1 if "公开" in near and "报" in near else 1):
            rows = filled[at : at + span]
            if len(rows) < span or rows[-1][0] - rows[0][0] > 8:
                break
            match = _match([line for _, line in rows])
            if match and span > 1 and _first_row(bare[at : at + span], written):
                break
            if match:
                title, name, year = match
                if name is None:
                    name = beside([line for _, line in filled[max(0, at - 3) : at]])
                found.append(Title(title, name, year, rows[0][0]))
                taken = span
                break
            if not _may_begin(rows[-1][1]):
                break
        at += taken
    return found


def undated_title(lines: list[str]) -> Title | None:
    """The first title that names an agency and no year, near the beginning."""
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for number, line in filled[:_LINES]:
        found = _UNDATED.fullmatch(_trimmed(_bare(line))) if "公开" in line else None
        if found and found[0].endswith("报告") and _is_agency(found["name"]):
            return Title(found[0], found["name"], None, number)
    return None


def beside(rows: list[str]) -> str | None:
    """An agency that stands alone on the lines above a title without one, or on the line below it."""
    for take in range(1, len(rows) + 1):
        text = "".join(map(_bare, rows[-take:]))
        if ORGAN.fullmatch(text) and not NO_AGENCY.search(text):
            return text
    return None


def _is_agency(name: str) -> bool:
    return bool(ORGAN.fullmatch(name) or _BEGINS.search(name)) and not NO_AGENCY.search(name)


def _bare(line: str) -> str:
    return "".join(_EDGES.sub("", line).split())


def _first_row(bare: list[str], written: Callable[[str], bool]) -> int:
    """The first of some lines that is a part of the title in which they end: others only stand above it."""
    first = len(bare) - 1
    while first and not _match(bare[first:]):
        first -= 1
    while first and _continues(bare[first - 1], bare[first:], written):
        first -= 1
    return first


def _continues(above: str, title: list[str], written: Callable[[str], bool]) -> bool:
    """Whether the name of an agency begins on the line above a title that is whole without it."""
    match, whole = _match(title), _match([above, *title])
    above = _trimmed(above)
    if not match or not whole or not whole[1] or NO_AGENCY.search(above) or not _TORN.fullmatch(above):
        return False
    below, name = match[1], whole[1]
    if below is None:
        return bool(_BEGINS.search(above) or ORGAN.fullmatch(name))
    if below.startswith(above) or not name.endswith(below):
        return False
    return bool(_BEGINS.search(above) or (_GENERIC.fullmatch(below) and PLACE.search(above)) or written(name))


def _may_begin(line: str) -> bool:
    return len(line) <= 60 and "\t" not in line.strip() and not re.search(r"[。；;，,]", line)


def _match(rows: list[str]) -> tuple[str, str | None, int] | None:
    joined = "".join(map(_bare, rows))
    parts = [joined]
    if len(rows) == 1 and ("\t" in rows[0] or "|" in rows[0]):
        parts = [*map(_bare, re.split(r"[\t|]", rows[0])), joined]
    matches = [found for part in parts if "公开" in part and "报" in part and (found := _worded(_trimmed(part)))]
    return next((found for found in matches if found[1]), matches[0] if matches else None)


def _worded(text: str) -> tuple[str, str | None, int] | None:
    """A text that is a title as a whole: (text, agency or None, year)."""
    note = _NOTE.search(text)
    worded = text[: note.start()] if note else text
    if not _IN_TITLES.fullmatch(worded):
        return None
    for pattern in _TITLES:
        found = pattern.fullmatch(worded)
        if found:
            return _named(found, text, note["note"] if note else "")
    return None


def _trimmed(text: str) -> str:
    """A line without what stands around a title on it: a label, marks, the name of a site."""
    text = _LABEL.sub("", _BULLET.sub("", text)).translate(_MARKS)
    return _BEFORE.sub("", _BEHIND.sub("", _DATED.sub("", text)))


def _named(found: re.Match, text: str, note: str) -> tuple[str, str | None, int] | None:
    name = found["name"] or ""
    if name.count("（") + name.count("(") != name.count("）") + name.count(")"):
        name = name.strip("（）()")
    if _VERB.search(name):
        return None  # news of a report
    # 卫滨区人民政府信息公开工作年度报告 writes the word it shares only once.
    name += "政府" if name.endswith("人民") else ""
    if not name and (ORGAN.fullmatch(note) or _BEGINS.search(note)):
        name = note
    return text, name if len(name) > 1 else None, year_of(found["year"])


def year_of(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int("".join(str(_DIGITS.get(c, c)) for c in text))
