"""The agency that a sentence names which publishes the report: 现将某县财政局2023年政府信息公开工作年度报告公布如下.

Asked where no title names it. Only what such a sentence says of the report itself counts, never another body in it: who
asked for the report, issued a rule, or passes the report on. Where sentences disagree, or only an office is named that
may have compiled the report for its government, nothing is said. How titles are worded stands in ``titles``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from orchestration.reading.headings.titles import NO_AGENCY, OF_YEAR, ORGAN, PLACE, REPORT, REPORT_OF_YEAR, year_of

_NAME = r"(?P<name>[\u3400-\u9fff（）()·〇]{3,45}?)"
_THE_REPORT = rf"(?:编制的)?[《“]?(?:关于)?(?:{OF_YEAR})?(?:本机关|本单位|本级)?(?:关于)?{REPORT}[》”]?"
_PUBLISH = r"(?:予以|进行|依法|主动|向社会|全文|公开|面向社会)*(?:公布|发布|公示|公告|公开)"
_SHORT = r"(?:[（(]以下(?:简)?称[^（）()]{1,20}[）)])"
_END = rf"{_SHORT}?(?:如下|于后)?(?=[。：:；，,！]|$)"
_LAW = r"(?:根据|按照|依照|依据|遵照|为贯彻|为落实|为认真贯彻)"
_MAKE = r"(?:现)?(?:组织)?(?:编制|公布|发布|制作|公开|形成|撰写)(?:完成|并公布|并发布|并向社会公布|并公开)?了?"
_BEGIN = r"(?:^|(?<=[。；;，,：:]))"
_SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        # 现将 … 公布如下, with the year before or behind the name
        rf"{_BEGIN}现将[《“]?{_NAME}{_SHORT}?{_THE_REPORT}(?:{_PUBLISH}{_END}|如下(?=[。：:；，,]|$))",
        rf"{_BEGIN}现将[《“]?{OF_YEAR}{_NAME}(?:关于)?{REPORT}[》”]?{_PUBLISH}{_END}",
        # 现公布 …
        rf"{_BEGIN}(?:现|特|特此)(?:予以|依法|向社会)*(?:公布|发布|公开)[《“]?{_NAME}{_THE_REPORT}{_END}",
        # the same with the year before the name, or within the words for the report
        rf"{_BEGIN}(?:现|特|特此)(?:予以|依法|向社会)*(?:公布|发布|公开)[《“]?{OF_YEAR}{_NAME}(?:关于)?{REPORT}[》”]?{_END}",
        rf"{_BEGIN}(?:现|特|特此)(?:予以|依法|向社会)*(?:公布|发布|公开)[《“]?{_NAME}(?:关于)?{REPORT_OF_YEAR}[》”]?{_END}",
        # 编制 … : what is made is the report of the agency that is named
        rf"(?:{_BEGIN}现?(?:组织)?(?:编制|制作)了?|(?:编制|制作)(?:形成)?了)[《“]?{_NAME}{_THE_REPORT}{_END}",
        # 根据《…条例》…，… 公布 …
        rf"(?:^|(?<=。)){_LAW}[^。；]{{2,160}}[，,]{_NAME}{_MAKE}[《“]?{OF_YEAR}(?:本机关|本单位|本级)?{REPORT}[》”]?(?=[。：:；]|$)",
        rf"(?:^|(?<=。)){_LAW}[^。；]{{2,160}}[，,](?:由)?{_NAME}(?:现)?(?:编制|制作)(?:并公布|并发布)?了?本(?:年度)?(?:工作)?(?:年度)?报告{_END}",
        # 本年度报告由 … 编制
        rf"{_BEGIN}本(?:年度)?(?:政府信息公开)?(?:工作)?(?:年度)?报告(?:是|系)?由{_NAME}(?:{_LAW}[^。；，,]{{2,120}})?(?:负责)?"
        rf"(?:编制|编写|撰写|制作)(?:完成|而成|并发布|并公布)?(?=[。；，,]|$)",
        # … 根据《…条例》…，编制本报告
        rf"^{_NAME}{_LAW}[^。；]{{2,160}}[，,]?(?:现)?(?:编制|制作)(?:并公布|并发布)?了?"
        rf"(?:本(?:年度)?(?:工作)?(?:年度)?报告|[《“]?{OF_YEAR}{REPORT}[》”]?){_END}",
    )
)
_COMPILED = range(6, len(_SENTENCES))  # that tell who made the report, not whose it is
_ONE_LINE = len(_SENTENCES) - 1  # begins with the name: the line above it may be another
_ANYWHERE = (8,)  # 本年度报告由 … 编制
_FEW, _BEHIND = 12, 3  # filled lines that are looked at: of a text without a first heading, and behind it
_LONGEST = 600  # characters of a line

# A name that holds more than a name.
_MORE = re.compile(
    r"根据|按照|依照|依据|要求|通知|转发|转来|转载|报送|上报|提交|审核|审定|批准|同意|关于|有关|部署|精神|规定|条例|统一|汇总|牵头|"
    r"指导|的|现将|公布|发布|编制|印发|下发|通报|督促|负责|会同|联合|以及|所属|下属|下辖|辖区|门户|网站|本机关"
)
_SEVERAL = re.compile(
    r"(?:府|局|委|办|厅|会|处|院|心|镇|乡|街道|队|署|社|站|所|部|室|司)(?:和|及|与|等|暨|对|向|给|经|由|在)"
)
# What stands for a name, and the names of kinds of bodies.
_PRONOUN = re.compile(
    r"我|本|各|全|该|你|其(?!他)|贵|此|上述|以上|相关|每|所有|这|另|同时|现|并|由|为了?|对|请|地方|行政|某些"
)
_KIND = re.compile(
    r"[省市县区乡镇旗州]{1,4}(?:级|两级|直|属|人民政府|政府|政务|[\u3400-\u9fff]{0,8}(?:局|委|办|厅|部门)$)|街道"
)
_COMPILER = re.compile(
    r"(?:办公室|办公厅|政府办|党政办|中心|小组|科|(?<!办事)处|股|室)$|政务|数据|行政审批|信息|宣传|网信|档案"
)


def announced(lines: list[str], start: int = 0) -> tuple[str, int | None] | None:
    """The agency and the year, if it is said, of the report that sentences publish; None where they do not agree.

    ``start`` is the line of its first heading, 0 if there is none: only who made the report may be told further below.
    """
    above = sum(map(bool, lines[:start])) or _FEW
    filled = ["".join(line.split()) for line in lines if line]
    found = [*_told(filled[: above + _BEHIND], range(len(_SENTENCES))), *_told(filled, _ANYWHERE)]
    names = sorted({name for name, _ in found}, key=len)
    years = {year for _, year in found if year}
    if not names or len(years) > 1 or not all(names[-1].endswith(name) for name in names):
        return None
    return names[-1], years.pop() if years else None


def _told(filled: list[str], kinds: Iterable[int]) -> Iterator[tuple[str, int | None]]:
    """What each sentence says, which may go on in the next line."""
    for rows in ([(line,) for line in filled], pairwise(filled)):
        for row in rows:
            text = "".join(row)
            if "报告" in text and len(text) <= _LONGEST:
                for kind in kinds:
                    if len(row) == 1 or kind != _ONE_LINE:
                        yield from _said(text, kind)


def _said(text: str, kind: int) -> Iterator[tuple[str, int | None]]:
    for match in _SENTENCES[kind].finditer(text):
        if _is_agency(match["name"]) and not (kind in _COMPILED and _COMPILER.search(match["name"])):
            year = match.groupdict().get("year")
            yield match["name"], year_of(year) if year else None


def _is_agency(name: str) -> bool:
    """Whether a part of a sentence is the name of one agency and of its place, and nothing else."""
    whole = ORGAN.fullmatch(name) is not None and PLACE.search(name) is not None
    paired = name.count("（") + name.count("(") == name.count("）") + name.count(")")
    other = _PRONOUN.match(name) or _KIND.match(name) or _MORE.search(name) or _SEVERAL.search(name)
    return whole and paired and not other and not NO_AGENCY.search(name)
