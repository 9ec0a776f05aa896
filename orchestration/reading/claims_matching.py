"""The declared patterns as regular expressions over rows of token classes, and which numbers of a sentence they fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orchestration.form.claims import ClaimPhrase, claim_declaration
from orchestration.reading.claims_tokens import BREAK, MONEY, NUMBER, Token, classes

# What may stand between the places of a pattern without changing what it says.
GAPS = ("filler", "this_year")
# A word that stands right before a pattern and belongs to what is counted: the pattern has not understood it.
BOUND = (
    "receive", "receive_new", "handle", "process", "neg", "carry", "transfer", "ignore", "natural_person",
    "organisations", "business", "research", "public_welfare", "legal_service", "issue", "publish", "collect", "decide",
)  # fmt: skip
BLOCKS = ("channel", "transfer", "compare", "each")  # the same, anywhere before it in its clause


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in tokens ``first`` to ``last`` (exclusive); ``number`` is its number's token, None for none."""

    phrase: ClaimPhrase
    first: int
    last: int
    number: int | None
    places: int
    number_first: bool


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[ClaimPhrase, str, re.Pattern[str], bool], ...]:
    found = []
    for phrase in claim_declaration().phrases:
        for pattern in phrase.pattern.split(" / "):
            places = pattern.split()
            needed = next(place for place in places if place[-1] not in "?$#," and "|" not in place or place == places[-1])
            key = classes().get(needed.rstrip("?"), "") if "|" not in needed else ""
            found.append((phrase, key, re.compile(_expression(places)), places[0].startswith("#")))
    return tuple(found)


def _expression(places: Sequence[str]) -> str:
    gap = f"[{''.join(classes()[name] for name in GAPS)}]*+"
    end = f"(?={gap}(?:{classes()[BREAK]}|\\Z))"
    parts: list[str] = []
    for number, place in enumerate(places):
        before = gap if number else ""
        if place == "$":
            parts.append(end)
        elif place in (NUMBER, MONEY):
            parts.append(f"{before}(?P<number>{classes()[place]})")
        else:
            chosen = f"[{''.join(classes()[name] for name in place.rstrip('?').split('|'))}]"
            parts.append(f"(?:{before}{chosen})?" if place.endswith("?") else before + chosen)
    if places[0] in (NUMBER, MONEY):
        # 予以公开3件 after 2件: the words belong to the number that follows them.
        parts.append(f"(?!{gap}[{classes()[NUMBER]}{classes()[MONEY]}])")
    return "".join(parts)


def matches(tokens: Sequence[Token]) -> list[list[Match]]:
    """For each number, and for each phrase found that states none, what it may be: the best match first."""
    row = "".join(classes()[token.kind] for token in tokens)
    found: dict[tuple[int | None, str], list[Match]] = {}
    for match in _all(row, tokens):
        key = (match.number, "") if match.number is not None else (match.first, match.phrase.phrase)
        found.setdefault(key, []).append(match)
    ordered = [sorted(same, key=lambda match: _rank(match, tokens), reverse=True) for same in found.values()]
    return sorted(ordered, key=lambda same: (same[0].last if same[0].number is None else same[0].number, same[0].first))


def _all(row: str, tokens: Sequence[Token]) -> Iterator[Match]:
    for phrase, key, expression, number_first in _compiled():
        if key and key not in row:
            continue
        for found in expression.finditer(row):
            first, last = found.span()
            number = found.start("number") if "number" in expression.groupindex else None
            if number is not None and last < len(tokens) and last == number + 1 and tokens[last].kind in (NUMBER, MONEY):
                continue
            if _understood(tokens, first):
                places = sum(token.kind not in GAPS for token in tokens[first:last])
                yield Match(phrase, first, last, number, places, number_first)


def _understood(tokens: Sequence[Token], first: int) -> bool:
    """Whether nothing before token ``first`` in its clause changes what the pattern counts."""
    near = True
    channels = 0
    after = ""
    for token in reversed(tokens[:first]):
        if token.kind in (BREAK, NUMBER, MONEY):
            break
        if near and token.kind in BOUND:
            return False
        if token.kind not in GAPS:
            near = False
        # 网络平台 is one way, 网络、信函 are two.
        channels += token.kind == "channel" and after != "channel"
        after = token.kind
        if token.kind in BLOCKS and token.kind != "channel":
            return False
    # 通过网络、信函等方式 lists all ways, one way alone is a part.
    return channels != 1


def _rank(match: Match, tokens: Sequence[Token]) -> tuple[int, bool]:
    return match.places, match.number_first == _starts_with_number(tokens, match.first)


def _starts_with_number(tokens: Sequence[Token], first: int) -> bool:
    for token in reversed(tokens[:first]):
        if token.kind in (BREAK, "and"):
            break
        if token.kind not in (*GAPS, "inside"):
            return False
    return tokens[first].kind in (NUMBER, MONEY)
