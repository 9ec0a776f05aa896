"""Statistical periods and dates of publication of many texts, read from the few lines that may tell them.

Both are told in a few words, which are sought in all their spellings; so only the text around these needs to be brought
into one spelling, as ``headings`` does with a whole text. What makes a date or a period is said there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from orchestration.reading.headings.headings import PERIOD, published_in, without_blanks
from orchestration.reading.labels.normal import plain

_BLANK = r"[\s\x1c-\x1f]"
_DAY = "[日⽇⺜㊐]"
# The end of a period in all its spellings (but 2月 in one letter), which no period lacks. The patterns are for Polars.
PERIOD_END = rf"[2２]{_BLANK}*[月⽉⺝㊊]{_BLANK}*(?:[3３]{_BLANK}*[1１]{_BLANK}*(?:{_DAY}|止)|㏾)"
# What a date of publication and a publisher hold, in all spellings, and not only they.
DATED = rf"(?:时间|{_DAY}期)(?:[:：﹕︓\]】|｜]|{_BLANK})*[2２]"
PUBLISHER = r"(?:布机构|开主体|来源|布单位|制单位|开单位|任单位|任部门)(?:[:：﹕︓|｜]|[^\S\n])"
PUBLISHED_LINES = rf"(?:[^\n]*(?:{DATED}|{PUBLISHER}))+[^\n]*"
BEFORE, BEHIND = 120, 30  # bytes around the end of a period (or in a text characters) that mostly are enough to read it
# Characters of which ``plain`` changes none but these few; to find that out costs less than to ask it.
_COMMON = re.compile(r"[\u3400-\u9fff\t\n\r\u00a0\u3000 -~、。《》〈〉【】“”（），：；]*")
_OTHERS = tuple(zip("，：；\u00a0\u3000", ",:;  ", strict=True))
_LEAST_BEHIND = 2  # characters that may belong to a period behind its end: 期间
_PERIOD_END = re.compile(PERIOD_END)


def period_in(window: str, to_end: bool = False) -> str | bool | None:
    """The statistical period in the text around an end of one; False where it may be cut off, None without one.

    ``to_end`` says that nothing follows in the text.
    """
    bare = "".join(_plain(window).split())
    found = PERIOD.search(bare)
    if not found:
        return None
    return found[0] if found.start() and (to_end or len(bare) - found.end() >= _LEAST_BEHIND) else False


def first_period(text: str) -> str | bool | None:
    """The first statistical period of a text; False where it cannot be cut out, None without one."""
    for end in _PERIOD_END.finditer(text):
        stop = end.start() + BEHIND
        found = period_in(text[max(0, end.start() - BEFORE) : stop], stop >= len(text))
        if found is not None:
            return found
    return None


def published_on(lines: Iterable[str]) -> tuple[date | None, str | None]:
    """The date of publication and the publisher from the PUBLISHED_LINES of a text."""
    parts = [_plain(line.replace("\r\n", "\n")) for line in lines]
    return published_in("\n".join(without_blanks("\n。\n".join(parts))))  # a full stop parts what stands apart


def _plain(text: str) -> str:
    """The same as ``normal.plain``, sooner."""
    if not _COMMON.fullmatch(text):
        return plain(text)
    for old, new in _OTHERS:
        text = text.replace(old, new)
    return text
