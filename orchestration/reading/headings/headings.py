"""What a report says of itself: title, agency, year, statistical period and date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from orchestration.form import declaration
from orchestration.reading.headings.announced import announced
from orchestration.reading.headings.titles import ORGAN, Title, beside, titles_in, undated_title
from orchestration.reading.labels.normal import is_traditional, simplify

_PUBLISHER = re.compile(
    r"(?:发布机构|公开主体|信息来源|发布单位|来源|编制单位|公开单位|责任单位|责任部门)[:：\t |]+"
    r"(?P<name>[\u3400-\u9fff（）()]{4,40})"
)
PERIOD = re.compile(
    r"(?:自|从)?(?P<a>20\d{2})年?0?1月0?1日(?:起|始|开始)?[,，]?(?:至|到|-|—|－|~|–)+(?:(?P<b>20\d{2})年)?"
    r"12月31(?:日(?:止|期间)?|止)"
)
_DAY = r"(?P<y>20\d{2})[-年./](?P<m>\d{1,2})[-月./](?P<d>\d{1,2})"
_PUBLISHED = re.compile(
    rf"(?:发布|公开|发文|成文|生成|公布|印发|更新|编稿|上传)(?:时间|日期)[:：\s\t\]】|]*{_DAY}"
    # The time of day, or what stands behind, tells that a site prints it: 来源：某局 时间：2021-01-07 21:02
    rf"|(?<![\u3400-\u9fff])(?:时间|日期)[:：]\s*{_DAY.replace('P<', 'P<at_')}日?"
    r"(?:\s+\d{1,2}:\d\d|[^\n\d]{1,6}(?:点击|浏览|阅读|访问|来源|字体|字号))"
)
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_START = re.compile(r"[\s#*]*一[、.．]?\s*(?:总体情况|概述)")
_NEAR = 5  # lines below the first heading at which a title may stand
_LEAST_SENTENCES = 3
_INSTRUCTION = re.compile(r"(?:做好|报送|编制|编报|填报|上报|编写).{0,40}(?:报告|年报).{0,24}(?:通知|通报|函|方案)\s*$")
_NOTICE = re.compile(r"(?:通知|通报|公告|函|方案|办法|模板|格式|新闻)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """``name`` is the agency as the title prints it or, where ``announced``, the sentence that publishes the report.

    ``others`` are further titles in the same text, with their lines. ``told`` says whether sentences follow the title,
    as in a report and not in a list of links to reports.
    """

    title: str | None = None
    name: str | None = None
    year: int | None = None
    year_evidence: str | None = None
    period: str | None = None
    published_on: date | None = None
    publisher: str | None = None
    line: int | None = None
    others: tuple[tuple[str | None, int, int], ...] = ()
    notice: bool = False
    told: bool = False
    announced: bool = False

    @property
    def name_evidence(self) -> str | None:
        """What names the agency: title, sentence, or publisher."""
        if self.name is not None:
            return "sentence" if self.announced else "title"
        return "publisher" if self.publisher is not None else None


def read_heading(lines: list[str]) -> Heading:
    """Read the heading of a report from the lines of its text (simplified characters are returned)."""
    whole = "\n".join(lines)
    traditional = is_traditional(whole)
    clean = without_blanks(simplify(whole, traditional))
    text = "\n".join(clean)
    bare = "".join(text.split())
    period = PERIOD.search(bare)
    spanned = int(period["a"]) if period and period["b"] in (None, period["a"]) else None  # the one year of a period
    titles = titles_in(clean, lambda name: bare.count(name) > 1)
    start = next((at for at, line in enumerate(clean, 1) if _START.match(line)), 0)
    best = _best(titles, spanned or _commonest(titles, bare), start)
    best = best or (undated_title(clean) if spanned or start else None)
    published, organ = published_in(text)
    title, name, year, line = best if best else (None, None, None, None)
    if title and name is None:
        behind = (row for row in clean[line:] if row.strip())
        name = beside([next((row for row in behind if "".join(row.split()) not in title), "")])
    if title and name is None and organ is None:
        organ = _signature(clean)
    evidence = "title" if year else None
    if year is None and spanned:
        year, evidence = spanned, "period"
    others = tuple((n, y, at) for _, n, y, at in titles if (n, y) != (name, year))
    sentence = None if name else _announced(clean, year, start)
    if sentence:
        name = sentence[0]
        year, evidence = (year, evidence) if year else (sentence[1], sentence[1] and "sentence")
    head = [line.strip() for line in clean if line.strip()][:12]
    notice = any(map(_NOTICE.search, head)) if not best else instructs("\n".join(clean[: line - 1]))
    told = follows("".join(clean[line or 0 :]))
    return Heading(
        *(title, name, year, evidence, period[0] if period else None, published, organ, line, others, notice, told),
        announced=sentence is not None,
    )


def without_blanks(text: str) -> list[str]:
    """The lines of a text, empty where they hold nothing but blanks."""
    return [line if line.strip() else "" for line in text.split("\n")]


def instructs(text: str) -> bool:
    """Whether the text above a title is the head of a notice on how reports are to be written."""
    return any(map(_INSTRUCTION.search, text.split("\n")))


def follows(text: str) -> bool:
    """Whether the text behind a title is more than links and labels."""
    return text.count("。") >= _LEAST_SENTENCES or any(form.name_zh in text for form in declaration().forms)


def _best(titles: list[Title], year: int | None, start: int) -> Title | None:
    """The title of the report itself: sites also list those of other years and agencies around it.

    It names an agency, its year is ``year``, and it is the nearest to line ``start``, where the text begins.
    """

    def rank(title: Title) -> tuple[bool, bool, bool, int]:
        return (title.name is None, title.year != year, title.line > start + _NEAR, abs(title.line - start))

    return min(titles, key=rank, default=None)


def _commonest(titles: list[Title], bare: str) -> int | None:
    """The year of a title that the text writes most often."""
    years = {title.year for title in titles}
    return max(sorted(years), key=lambda year: bare.count(f"{year}年")) if len(years) > 1 else None


def _announced(lines: list[str], year: int | None, start: int) -> tuple[str, int | None] | None:
    """The agency and the year of sentences that publish the report, if neither the year nor who signs is another."""
    found, signed = announced(lines, start), _signature(lines)
    if found is None or (year and found[1] not in (None, year)):
        return None
    same = signed is None or signed.endswith(found[0]) or found[0].endswith(signed)
    return found if same else None


def _signature(lines: list[str]) -> str | None:
    """The agency that signs a text: alone on its line, with a date below it."""
    filled = ["".join(line.split()) for line in lines if line.strip()]
    signed = (above for above, below in pairwise(filled) if _DATE.fullmatch(below) and ORGAN.fullmatch(above))
    return next(signed, None)


def published_in(text: str) -> tuple[date | None, str | None]:
    """The date of publication and the publisher that the text around a report names."""
    publisher = _PUBLISHER.search(text)
    organ = publisher["name"] if publisher and ORGAN.fullmatch(publisher["name"]) else None
    return _date(_PUBLISHED.search(text)), organ


def _date(found: re.Match | None) -> date | None:
    try:
        return date(*(int(found[part] or found[f"at_{part}"]) for part in "ymd")) if found else None
    except ValueError:
        return None
