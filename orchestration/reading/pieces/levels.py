"""Numbers of one row that a text with columns of blanks prints on two lines, a little higher and lower.

Their order by lines is then not their order by columns. Which lines those are stands here; what it means for a row is
decided where its values are placed.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from orchestration.reading.pieces.piece import Piece

NUMBERS = r" {4,}[+-]?\d[\d.,]*(?: +[+-]?\d[\d.,]*)*\s*"  # a line of nothing else, far from the edge
_NUMBERS = re.compile(NUMBERS)
_NUMBER = re.compile(r"(?<=\s)[+-]?\d[\d.,]*(?!\S)")
_NEAR = 2  # lines from one to the next, at most
_PAGE_DIGITS = 3  # of the number of a page, at most
_APART = 2  # columns between numbers of different columns

Span = tuple[int, int]


def uneven_lines(lines: list[str]) -> set[int]:
    """The numbers of the lines with numbers that stand between, or left of, those of the line before or behind."""
    found: set[int] = set()
    if not any(map(_NUMBERS.fullmatch, [line for line in lines if line.startswith("    ")])):
        return found
    filled = [number for number, line in enumerate(lines, 1) if line and not line.isspace()]
    for above, below in pairwise(filled):
        one, other = lines[above - 1], lines[below - 1]
        alone = (_NUMBERS.fullmatch(one) is not None, _NUMBERS.fullmatch(other) is not None)
        if below - above > _NEAR or not any(alone):
            continue
        for spans, others in zip(_spans(one), _spans(other), strict=True):
            if (alone[0] and _between(spans, others)) or (alone[1] and _between(others, spans)):
                found |= {above, below}
    return found


def continues(lines: list[str], low: int, high: int) -> bool:
    """Whether a number on a line may be the end of one on a line above: right below that, and not that of a page."""
    if _numbers_page(lines, low, high - 1):
        return False
    return low - high == 1 or _under(lines[low - 1], lines[high - 1])


def begin_others(lines: list[str], high: int, low: int) -> bool:
    """Whether the numbers of a line may be the beginnings of some on a line below: each right above one of these."""
    if _numbers_page(lines, high, high - 1):
        return False
    one, other = lines[high - 1], lines[low - 1]
    pairs = zip(_spans(one), _spans(other), strict=True)
    return any(spans and all(_over(span, others) for span in spans) for spans, others in pairs)


def _over(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _numbers_page(lines: list[str], at: int, above: int) -> bool:
    """Whether a line holds the number of a page alone, and those of its neighbours stand before or behind."""
    bare = lines[at - 1].strip(" |│\t\f")
    if not bare.isdecimal() or len(bare) > _PAGE_DIGITS:
        return False
    before, behind = str(int(bare) - 1), str(int(bare) + 1)
    return before in map(str.strip, lines[:above]) or behind in map(str.strip, lines[at:])


def _under(line: str, above: str) -> bool:
    """Whether a line of blanks and numbers holds one right under a number of a line above it."""
    if _NUMBERS.fullmatch(line) is None:
        return False
    pairs = zip(_spans(line), _spans(above), strict=True)
    return any(_over(span, others) for spans, others in pairs for span in spans)


def uneven_values(pieces: list[Piece]) -> bool:
    """Whether values come from several lines of a text that may belong between each other."""
    return bool(pieces) and pieces[0].line != pieces[-1].line and any(piece.uneven for piece in pieces)


def _between(alone: list[Span], others: list[Span]) -> bool:
    """Whether a number stands over or under none of the others, and not behind them all."""
    return any(
        others[-1][0] > end and all(high + _APART <= start or end + _APART <= low for low, high in others)
        for start, end in alone
        if others
    )


def _spans(line: str) -> tuple[list[Span], list[Span]]:
    """Where the numbers of a line begin and end: by characters, and with wide characters as two."""
    found = [match.span() for match in _NUMBER.finditer(line)]
    if line.isascii() or not found:
        return found, found
    wide = [unicodedata.east_asian_width(character) in "WF" for character in line]
    return found, [(low + sum(wide[:low]), high + sum(wide[:high])) for low, high in found]
