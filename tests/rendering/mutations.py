"""Small random changes of a text, for comparing two ways of reading it: what is true of the result is not known."""

from __future__ import annotations

import re
from random import Random

_LINES = ("12", "5", "3 4", "\t\t", "|  |  |", "- 3 -", "/ / /", "注：以上数据", "自然人", "1")
_BEFORE = ("7 ", "\t", "| ", "无 ")
_BEHIND = (" 7", "\t7", "|7|", " /", " 123456", "\t", "|", " 无")
_NUMBERS = ("", "/", "-5", "1.5", "99999", "100000", "０", "7 8", "007", "3件")
_MOST = 3


def mutated(text: str, rng: Random) -> str:
    """The text with up to a few lines or numbers changed, none of them in its first quarter."""
    lines = text.split("\n")
    for _ in range(rng.randint(0, _MOST)):
        at = rng.randrange(max(1, len(lines) // 4), len(lines))
        lines[at : at + 2] = rng.choice(_CHANGES)(rng, lines[at : at + 2], lines)
    return "\n".join(lines)


def _changed_number(rng: Random, line: str) -> str:
    found = [match.span() for match in re.finditer(r"\d+", line)]
    if not found:
        return line
    low, high = rng.choice(found)
    return line[:low] + rng.choice(_NUMBERS) + line[high:]


def _cut(rng: Random, line: str) -> list[str]:
    at = rng.randrange(len(line) + 1)
    return [line[:at], line[at:]]


def _exchanged(rng: Random, line: str) -> str:
    """Two of the words of a line exchanged."""
    words = re.split(r"(\s*\|\s*|\s+)", line)
    if len(words) > 2:
        one, other = (2 * at for at in rng.sample(range(len(words) // 2 + 1), 2))
        words[one], words[other] = words[other], words[one]
    return "".join(words)


_CHANGES = (
    lambda rng, near, lines: [_exchanged(rng, near[0]), *near[1:]],
    lambda rng, near, lines: [_exchanged(rng, near[0]), *near[1:]],
    lambda rng, near, lines: near[1:],
    lambda rng, near, lines: [near[0], *near],
    lambda rng, near, lines: near[::-1],
    lambda rng, near, lines: [rng.choice(_LINES), *near],
    lambda rng, near, lines: [near[0] + rng.choice(_BEHIND), *near[1:]],
    lambda rng, near, lines: [rng.choice(_BEFORE) + near[0], *near[1:]],
    lambda rng, near, lines: [near[0].replace("\t", rng.choice(("", "\t\t")), 1), *near[1:]],
    lambda rng, near, lines: [near[0].replace("|  |", "|", 1), *near[1:]],
    lambda rng, near, lines: [near[0].replace("0", "123456", 1), *near[1:]],
    lambda rng, near, lines: [_changed_number(rng, near[0]), *near[1:]],
    lambda rng, near, lines: [*_cut(rng, near[0]), *near[1:]],
    lambda rng, near, lines: [rng.choice(("", " ", "\t")).join(near)],
    lambda rng, near, lines: [rng.choice(lines), *near],
)
