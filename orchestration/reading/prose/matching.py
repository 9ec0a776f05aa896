"""The declared patterns as regular expressions over rows of token classes, and which numbers of a sentence they fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orchestration.form.claims import ClaimPhrase, claim_declaration
from orchestration.reading.prose.tokens import BREAK, FIRST_CLASS, MONEY, NUMBER, Token, classes

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


@dataclass(frozen=True, slots=True)
class _Pattern:
    """``needed``: bits of the classes that a row must hold for the expression to fit it."""

    phrase: ClaimPhrase
    needed: int
    expression: re.Pattern[str]
    number_first: bool
    has_number: bool


@lru_cache(maxsize=1)
def _compiled() -> tuple[_Pattern, ...]:
    found = []
    for phrase in claim_declaration().phrases:
        for pattern in phrase.pattern.split(" / "):
            places = pattern.split()
            needed = {place for place in places if place[-1] not in "?$" and "|" not in place}
            expression = re.compile(_expression(places))
            number = not {NUMBER, MONEY}.isdisjoint(places)
            found.append(_Pattern(phrase, _bits(needed), expression, places[0] in (NUMBER, MONEY), number))
    return tuple(found)


def _bits(names: Iterable[str]) -> int:
    return sum(1 << (ord(classes()[name]) - FIRST_CLASS) for name in names)


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
    present = _bits({token.kind for token in tokens})
    for pattern in _compiled():
        if pattern.needed & present != pattern.needed:
            continue
        for found in pattern.expression.finditer(row):
            first, last = found.span()
            number = found.start("number") if pattern.has_number else None
            if last - 1 == number and last < len(tokens) and tokens[last].kind in (NUMBER, MONEY):
                continue
            if _understood(tokens, first):
                places = sum(token.kind not in GAPS for token in tokens[first:last])
                yield Match(pattern.phrase, first, last, number, places, pattern.number_first)


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
