"""What a report says of itself: title, agency, year, statistical period and date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from orchestration.reading.normal import is_traditional, simplify

_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "O": 0, "Ｏ": 0, "0": 0, "◯": 0}
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零OＯ◯0一二三四五六七八九]{3})"
_SUBJECT = r"(?:政府信息(?:主动)?公开|政务(?:信息)?公开|信息公开)"
_REPORT = rf"{_SUBJECT}(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?报告"
# Digits stand in the names of divisions and hot lines: 第8师, 12345热线.
_NAME = r"(?P<name>(?!关于)(?:[\u3400-\u9fff（）()·〇]|(?<=第)\d{1,3}(?!\d)|12345){2,45}?)"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}?(?:关于)?{_YEAR}年?(?:度|年度)?(?:本机关|本级)?(?:关于)?{_REPORT}(?:[（(].{{0,12}}[）)])?",
        rf"{_NAME}(?:关于)?{_REPORT}[（(]?{_YEAR}年?(?:度)?[）)]?",
        rf"{_YEAR}年?(?:度)?{_NAME}(?:关于)?{_REPORT}",
        rf"{_NAME}(?:关于)?{_SUBJECT}(?:工作)?(?:情况)?{_YEAR}年?度?(?:工作)?报告",
    )
)
_PUBLISHER = re.compile(
    r"(?:发布机构|公开主体|信息来源|发布单位|来源|编制单位|公开单位|责任单位)[:：\t ]+"
    r"(?P<name>[\u3400-\u9fff（）()]{4,40})"
)
_ORGAN = re.compile(
    r"[\u3400-\u9fff（）()]{2,38}(?:府|局|委|办|厅|会|处|院|心|镇|乡|道|队|署|社|站|所|部|室|司|校|馆|区|关|团|行|大学)"
)
PERIOD = re.compile(
    r"(?:自|从)?(?P<a>20\d{2})年?1月1日(?:起|开始)?[,，]?(?:至|到|-|—|－|~|–)+(?:(?P<b>20\d{2})年)?12月31日(?:止|期间)?"
)
_PUBLISHED = re.compile(
    r"(?:发布|公开|发文|成文|生成|公布|印发|更新)(?:时间|日期)[:：\s\t\]】]*(?P<y>20\d{2})[-年./](?P<m>\d{1,2})[-月./](?P<d>\d{1,2})"
)
_NOTICE = re.compile(r"(?:通知|通报|公告|函|方案|办法|模板|格式|新闻)$")
_LABEL = re.compile(r"^(?:标题|名称|信息名称|文件名称|题名|主题名称)[:：]?")
_BEGINS = re.compile(
    r"[\u3400-\u9fff](?:[省市区县旗州盟镇乡]|街道|总局)$"
)  # a first line of a title that is split in its name
_EDGES = re.compile(r"^[#*>\s《【]+|[》】*\s]+$")
_LINES = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """``name`` is the agency as the title prints it; ``others`` are further titles in the same text."""

    title: str | None = None
    name: str | None = None
    year: int | None = None
    year_evidence: str | None = None
    period: str | None = None
    published_on: date | None = None
    publisher: str | None = None
    line: int | None = None
    others: tuple[tuple[str | None, int], ...] = ()
    notice: bool = False


def read_heading(lines: list[str]) -> Heading:
    """Read the heading of a report from the lines of its text (simplified characters are returned)."""
    whole = "\n".join(lines)
    traditional = is_traditional(whole)
    clean = [line if line.strip() else "" for line in simplify(whole, traditional).split("\n")]
    titles = titles_in(clean)
    best = next((t for t in titles if t[1]), titles[0] if titles else None)
    text = "\n".join(clean)
    bare = re.sub(r"[^\S\n]+", "", text)
    period = PERIOD.search(bare.replace("\n", ""))
    published, organ = published_in(text)
    title, name, year, line = best if best else (None, None, None, None)
    if title and name is None:
        behind = ((at, row) for at, row in enumerate(clean[line:], line + 1) if row.strip())
        name = _beside([next((row for row in behind if "".join(row[1].split()) not in title), (0, ""))])
    evidence = "title" if year else None
    if year is None and period and period["b"] in (None, period["a"]):
        year, evidence = int(period["a"]), "period"
    others = tuple(dict.fromkeys((n, y) for _, n, y, _ in titles if (n, y) != (name, year)))
    head = [line for line in clean if line.strip()][:12]
    notice = not best and any(_NOTICE.search(line.strip()) for line in head)
    return Heading(title, name, year, evidence, period[0] if period else None, published, organ, line, others, notice)


def published_in(text: str) -> tuple[date | None, str | None]:
    """The date of publication and the publisher that the text around a report names."""
    publisher = _PUBLISHER.search(text)
    organ = publisher["name"] if publisher and _ORGAN.fullmatch(publisher["name"]) else None
    return _date(_PUBLISHED.search(text)), organ


def titles_in(lines: list[str]) -> list[tuple[str, str | None, int, int]]:
    """All titles: (as printed, agency or None, year, line). A title may be split over up to four lines."""
    found = []
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    bare = ["".join(line.split()) for _, line in filled]
    at = 0
    while at < len(filled):
        taken = 0
        # The whole text is searched line by line; split titles only near its beginning.
        most = 4 if at < _LINES else 1
        near = "".join(bare[at : at + most])
        for span in range(1, most + 1 if "公开" in near and "报告" in near else 1):
            rows = filled[at : at + span]
            if len(rows) < span or rows[-1][0] - rows[0][0] > 8:
                break
            match = _match([line for _, line in rows])
            if match and span > 1 and not _BEGINS.search(bare[at + span - 2]) and (_match([rows[-1][1]]) or (0, 0))[1]:
                break  # the last line is a title of its own, and what stands above it no part of its name
            if match:
                title, name, year = match
                if name is None and at:
                    name = _beside(filled[max(0, at - 3) : at])
                found.append((title, name, year, rows[0][0]))
                taken = span
                break
            if not _may_begin(rows[0][1]):
                break
        at += max(taken, 1)
    return found


def _may_begin(line: str) -> bool:
    return len(line) <= 60 and "\t" not in line.strip() and not re.search(r"[。；;，,]", line)


def _match(rows: list[str]) -> tuple[str, str | None, int] | None:
    # The lines of a split title may each carry the mark of a heading.
    joined = "".join("".join((_EDGES.sub("", row) if len(rows) > 1 else row).split()) for row in rows)
    parts = [joined]
    if len(rows) == 1 and ("\t" in rows[0] or "|" in rows[0]):
        parts += ["".join(part.split()) for part in re.split(r"[\t|]", rows[0])]
    for part in parts:
        if "公开" not in part or "报告" not in part:
            continue
        text = _LABEL.sub("", _EDGES.sub("", part))
        for pattern in _TITLES:
            found = pattern.fullmatch(text)
            if found:
                name = (found["name"] or "").strip("（）()")
                # 卫滨区人民政府信息公开工作年度报告 writes the word it shares only once.
                name += "政府" if name.endswith("人民") else ""
                return text, name if len(name) > 1 else None, _year(found["year"])
    return None


def _beside(rows: list[tuple[int, str]]) -> str | None:
    """An agency that stands alone on the lines above a title without one, or on the line below it."""
    for take in (1, 2, 3):
        text = "".join(re.sub(r"\s+", "", line) for _, line in rows[-take:])
        if _ORGAN.fullmatch(text) and not re.search(r"总体情况|年度报告|信息公开|当前位置|首页", text):
            return text
    return None


def _year(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int("".join(str(_DIGITS.get(c, c)) for c in text))


def _date(found: re.Match | None) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None
