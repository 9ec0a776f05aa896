"""Where and when a number in a sentence holds: scope, year, topic, and whether it is a part of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from orchestration.reading.prose.tokens import BREAK, OTHER_YEAR, SOME_YEAR, UNKNOWN, Token

OWN = "own"
NEAR = 2  # sentences
_PLACES = ("own", "own_area", "whole", "part")
_TIMES = {
    "this_year": OWN, "last_year": "other_year", "next_year": "other_year", OTHER_YEAR: "other_year",
    SOME_YEAR: "year_unknown", "part_year": "part_year", "cumulative": "cumulative", "planned": "planned",
}  # fmt: skip
TOPICS = {
    **dict.fromkeys(("request", "open_request", "about_requests"), "requests"),
    **{kind: kind for kind in ("reconsideration", "litigation", "litigation_direct", "litigation_after")},
    "cause": "dispute",
    **dict.fromkeys(
        ("normative", "normative_short", "rules", "licence", "penalty", "coercive", "fee", "info_fee"), "disclosure"
    ),
    "other": "other",
    "document": "document",
}
_ORGAN = re.compile(
    r"[\u3400-\u9fff]{0,24}?(?:人民政府|政府|政府办|办公室|办公厅|委员会|管委会|街道办事处|街道|税务局|海关|公安厅"
    r"|局|厅|中心|法院|镇|乡)+"
)
_NOT_A_SUBJECT = re.compile(
    "按照|根据|通过|依托|对|为|由|经|向|在|以|与|从|围绕|贯彻|落实|认真|严格|关于|及时|利用|加强|完善"
)
_PLAIN_NAME = re.compile(r"人民|办事处|的|共|[，。、\s]")


@dataclass
class Context:
    """What earlier sentences of the paragraph leave behind."""

    paragraph: int = -1
    topic: str = ""
    topics: dict[str, int] = field(default_factory=dict)  # how many sentences ago each was named
    scope: str = OWN

    def enter(self, paragraph: int, heading_topic: str) -> None:
        """Begin a sentence; a new paragraph forgets the old one."""
        if paragraph != self.paragraph:
            self.paragraph, self.topic, self.scope = paragraph, heading_topic, OWN
            self.topics = {heading_topic: 0} if heading_topic else {}

    def mention(self, topics: Sequence[str]) -> None:
        """What a sentence speaks of, in its order."""
        self.topics = {topic: ago + 1 for topic, ago in self.topics.items()} | dict.fromkeys(topics, 0)
        self.topic = topics[-1] if topics else self.topic

    def near(self) -> set[str]:
        """The topics that the last few sentences named."""
        return {topic for topic, ago in self.topics.items() if ago <= NEAR}


def scope_at(
    tokens: Sequence[Token], text: str, first: int, used: Collection[int], agency: str | None, inherited: str
) -> str:
    """The scope in force before token ``first``: own, or a code of claim_reasons.csv (kind scope).

    ``used`` are tokens that belong to a pattern and so are no scope (上年 of 上年结转).
    """
    place = time = None
    for number in range(first - 1, -1, -1):
        kind = tokens[number].kind
        if number in used:
            continue
        if place is None and kind in _PLACES:
            place = kind if kind != "own_area" else OWN if _is_government(agency) else "whole"
        if kind == "planned" and time == OWN and not any(token.kind == BREAK for token in tokens[number:first]):
            time = "planned"  # 预计全年
        elif kind in _TIMES and (time is None or (time == "cumulative" and kind == "this_year")):
            # 全年累计 is the year's own sum, as far as can be told.
            time = "whole" if time else None if _compared(tokens, number) else _TIMES[kind]
    if place is None:
        place = _named(tokens, text, first, agency)
    if time not in (None, OWN) and time != "whole":
        return time
    if place is None and time is None:
        return inherited
    if place not in (None, OWN):
        return place
    return time or OWN


def scope_behind(tokens: Sequence[Token], text: str, last: int) -> str | None:
    """The wider or other scope that stands in brackets right after a number: 23件（全市）."""
    here = tokens[last : last + 2]
    if len(here) < 2 or not text[here[0].start : here[0].end].endswith("("):
        return None
    return here[1].kind if here[1].kind in ("whole", "part") else None


def _compared(tokens: Sequence[Token], number: int) -> bool:
    """Whether a year stands in a comparison (较2021年增长), which says nothing of other numbers."""
    return number > 0 and tokens[number - 1].kind == "compare"


def _named(tokens: Sequence[Token], text: str, first: int, agency: str | None) -> str | None:
    """``named`` where the sentence's subject is a body that is not plainly ``agency``; own where it is."""
    for begin in dict.fromkeys((_clause_start(tokens, first), 0)):
        at = begin
        while at < first and tokens[at].kind not in (UNKNOWN, "part", "whole"):
            at += 1
        if at >= first:
            continue
        stop = next((n for n in range(at, first) if tokens[n].kind not in (UNKNOWN, "part", "whole")), first)
        words = text[tokens[at].start : tokens[stop - 1].end]
        subject = _ORGAN.match(words)
        if not subject or _NOT_A_SUBJECT.match(words):
            continue
        return OWN if is_agency(subject[0], agency) else "named"
    return None


def _is_government(agency: str | None) -> bool:
    """Whether ``agency`` reports for an area (我区), not for one body in it."""
    return bool(agency) and agency.endswith(("政府", "管理委员会", "管委会"))


def is_agency(subject: str, agency: str | None) -> bool:
    """Whether a subject as prose writes it (县政府办公室) names ``agency`` (合江县人民政府办公室)."""
    if not agency:
        return False
    short, whole = _PLAIN_NAME.sub("", subject), _PLAIN_NAME.sub("", agency)
    return len(short) > 1 and (short in whole or short.endswith(whole))


def _clause_start(tokens: Sequence[Token], first: int) -> int:
    return next((n + 1 for n in range(first - 1, -1, -1) if tokens[n].kind == BREAK), 0)


def is_part(tokens: Sequence[Token], text: str, first: int) -> bool:
    """Whether the number at token ``first`` divides a count stated before (其中…, （含…）)."""
    depth = 0
    for token in reversed(tokens[:first]):
        if token.kind == BREAK:
            mark = text[token.start : token.end]
            if ";" in mark or ("。" in mark):
                return False
            depth += mark.count(")") - mark.count("(")
        elif token.kind == "inside" and depth <= 0:
            return text[token.start : token.end] not in ("另", "另外", "另有")
    return False
