"""Region names in running text: which ones it mentions, and how far it extends an agency's name to the left."""

from __future__ import annotations

import re
from collections import Counter

from orchestration.agencies.chains import leading_chain
from orchestration.agencies.regions import Region, Register, register

ENDS = re.compile(r"[省市区县旗州盟]")


def regions_in(text: str) -> list[str]:
    """The region names that ``text`` writes, each once, in the order of their first mention; one pass."""
    known = register()
    text = "".join(text.split())
    found: dict[str, None] = {}
    for match in ENDS.finditer(text):
        name = known.ending(text, match.end())
        if name and not (name[-1] == "市" and text.startswith("场", match.end())):
            found.setdefault(name)
    return list(found)


def extend_left(name: str, text: str) -> str:
    """The longest form in which ``text`` writes ``name`` directly behind region names, higher before lower.

    White space is taken out of both first; nothing else is skipped, so punctuation ends an extension. A region counts
    only where the text on its left does not make it part of another place: in 平顶山市新城区 the words 新城区 are no
    region, since none of that name belongs to 平顶山市. Of equally long forms the one written most often counts.
    Returns ``name`` where the text writes no longer form.
    """
    known = register()
    text = "".join(text.split())
    name = "".join(name.split())
    if not name:
        return name
    chain = leading_chain(name, known)
    own = chain.first if chain else None
    windows: Counter[str] = Counter()
    start = text.find(name)
    while start >= 0:
        windows[text[max(0, start - 40) : start]] += 1
        start = text.find(name, start + 1)
    forms = Counter({name: 0})
    for window, times in windows.items():
        forms[_extended(name, window, own, known)] += times
    return max(forms, key=lambda form: (len(form), forms[form]))


def _extended(name: str, window: str, own: tuple[Region, ...] | None, known: Register) -> str:
    """``name`` with the region names that ``window``, the text on its left, ends in."""
    reach = _regions_before(window, own, known)
    if reach == 0 and own is None and ENDS.match(name):
        # 卫辉市政务服务局 written for 市政务服务局: one 市 ends the region and begins the name.
        shared = _regions_before(window + name[0], own, known)
        reach = max(shared - 1, 0)
    return window[len(window) - reach :] + name


def _regions_before(window: str, below: tuple[Region, ...] | None, known: Register) -> int:
    """How many characters at the end of ``window`` are a chain of regions above ``below``."""
    position = len(window)
    sure = below is not None
    while written := known.ending(window, position):
        members = known.named(written)
        if below is not None:
            above = {code for region in below for code in region.ancestors}
            members = tuple(region for region in members if region.code in above)
            if not members:
                return 0
        # 城区, 郊区, 矿区 are common nouns too, unless a higher region stands before them.
        sure = below is not None or not (len(written) == 2 and written[-1] == "区")
        below = members
        position -= len(written)
    return len(window) - position if sure else 0
