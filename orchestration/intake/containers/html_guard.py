"""Pages made to stall a parser are set aside before they reach it.

The rules of HTML make a parser walk all open blocks at each new one, and open formatting elements again in each block:
both grow with the square of the page. Pages of a usual size pass by counting alone.
"""

from __future__ import annotations

import re
from collections import Counter

from orchestration.intake.containers.limits import MAX_DEPTH, MAX_REBUILT, MAX_TAGS
from orchestration.intake.document import SetAsideError

FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
OPEN_FORMATTING = "The page leaves thousands of <font> or <b> elements open. Save it again."
OPENS_FORMATTING = re.compile(rf"<(?:{'|'.join(sorted(FORMATTING))})[\s/>]", re.IGNORECASE)
SMALL_PAGE, LARGE_PAGE = 2_000, 8_000  # opening and closing tags
OTHER = ("</", "<span", "<td", "<tr", "<p>", "<p ", "<div")  # most of the tags that open no formatting
TAG = re.compile(r"(<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]{0,60})")
# Elements that are never open within themselves: void ones, and those that end by themselves.
NEVER_DEEP = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "dd", "dt", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"),
        *("caption", "html", "head", "body", "o:p"),
    )
)


def check(text: str) -> None:
    """Pass, or raise SetAsideError ``reading_limit`` with what is wrong."""
    tags = text.count("<")
    if tags > 8 * MAX_TAGS:
        raise SetAsideError("reading_limit", f"The page has more than {MAX_TAGS} elements. Split it.")
    if tags <= SMALL_PAGE:
        return  # what so few can grow to does no harm
    if tags <= LARGE_PAGE and (tags - sum(map(text.count, OTHER))) * tags <= MAX_REBUILT:
        return
    if tags > LARGE_PAGE or len(OPENS_FORMATTING.findall(text)) * tags > MAX_REBUILT:
        _count(text)


def check_growth(source: str, written: str) -> None:
    """The same after parsing: a page that the rules of HTML made many times longer is none."""
    if len(written) > 4 * len(source) + 1_000_000:
        raise SetAsideError("reading_limit", OPEN_FORMATTING)


def _count(text: str) -> None:
    """The same, by the depth of each element and by what formatting would be opened again."""
    depth: dict[str, int] = {}
    open_again: dict[str, list[str]] = {}  # by name, tags that a parser keeps: three of a kind
    kept: Counter[str] = Counter()
    total = formatting = rebuilt = 0
    for tag, end, name in TAG.findall(text):
        total += 1
        name = name.lower()
        if name in FORMATTING:
            if end:
                if open_again.get(name):
                    kept[open_again[name].pop()] -= 1
                    formatting -= 1
            elif kept[tag] < 3:
                kept[tag] += 1
                formatting += 1
                open_again.setdefault(name, []).append(tag)
        elif not end:
            rebuilt += formatting
        if name in NEVER_DEEP:
            continue
        depth[name] = max(0, depth.get(name, 0) + (-1 if end else 1))
        if depth[name] > MAX_DEPTH:
            reason = f"The page nests <{name}> more than {MAX_DEPTH} levels deep. Save it again."
            raise SetAsideError("reading_limit", reason)
    if total > 2 * MAX_TAGS:
        raise SetAsideError("reading_limit", f"The page has more than {MAX_TAGS} elements. Split it.")
    if rebuilt > MAX_REBUILT:
        raise SetAsideError("reading_limit", OPEN_FORMATTING)
