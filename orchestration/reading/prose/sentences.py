"""From the lines of a text to sentences of prose, each with the line of every character.

Belongs here: which lines are prose, which wrapped lines belong together, where a sentence ends. Does not belong
here: what a sentence says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MAX_SENTENCE = 1000
_FOOTER = re.compile(r"\s*(?:[-—–―－\s]*\d{1,4}[-—–―－\s]*|第\s*\d+\s*页.{0,12})\s*")
_HEADING = re.compile(
    r"\s*#{0,6}\s*(?:[一二三四五六七八九十⼀⼆⼗]{1,3}[、.．]|[（(][一二三四五六七八九十⼀⼆⼗\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)"
    r"|[一二三四五六七八九⼀⼆]是|第[一二三四五六七八九十]部分)"
)
_ENDS = "。！？!?；;：:"
_STOP = re.compile(r"[。！？!?]+[”’」』）)]*")
_SHORT = 25  # characters; a shorter line is not one that was wrapped
_HEADING_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` as printed, line breaks left out; ``starts`` and ``lines`` map offsets in it to lines (from 1).

    ``paragraph`` counts paragraphs; ``heading`` is the heading above it, "" where there is none.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    paragraph: int
    heading: str

    def line_at(self, offset: int) -> int:
        """The line of the character at ``offset``."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)]


def sentences(
    lines: Sequence[str], tables: Iterable[tuple[int | None, int | None]], wanted: re.Pattern[str]
) -> Iterator[Sentence]:
    """The sentences outside ``tables`` (first and last line) whose paragraph or own text has a match of ``wanted``."""
    heading = ""
    for number, pieces in enumerate(_paragraphs(lines, tables)):
        text = "".join(piece for _, piece in pieces)
        first = pieces[0][1]
        if len(text) <= _HEADING_LENGTH and (_HEADING.match(first) or text[-1] not in _ENDS):
            heading = text
        elif _HEADING.match(first):
            # （二）依申请公开情况。 and what follows stand in one paragraph; a new item ends the heading above.
            heading = ""
        if wanted.search(text):
            yield from _split(text, pieces, number, heading)


def _paragraphs(
    lines: Sequence[str], tables: Iterable[tuple[int | None, int | None]]
) -> Iterator[list[tuple[int, str]]]:
    """Lines that belong together, as (line, text without the space around it)."""
    found: list[tuple[int, str]] = []
    at = 0
    for first, last in [*sorted((a, b) for a, b in tables if a is not None and b is not None), (len(lines) + 1, 0)]:
        for number in range(at + 1, min(first, len(lines) + 1)):
            line = lines[number - 1]
            text = line.strip()
            if not text or _FOOTER.fullmatch(text[:40]):
                continue
            if line.count("\t") > 1 or line.count("|") > 1:
                if found:
                    yield found
                found = []
                continue
            if found and not _continues(found[-1][1], line):
                yield found
                found = []
            found.append((number, text))
        if found:
            yield found
        found = []
        at = max(at, last)


def _continues(before: str, line: str) -> bool:
    """Whether ``line`` goes on with the paragraph that ends in ``before``."""
    if before[-1] in _ENDS or len(before) < _SHORT or _HEADING.match(line):
        return False
    return not line.startswith(("    ", "\u3000\u3000", "  \u3000"))


def _split(text: str, pieces: list[tuple[int, str]], paragraph: int, heading: str) -> Iterator[Sentence]:
    starts, total = [], 0
    for _, piece in pieces:
        starts.append(total)
        total += len(piece)
    at = 0
    while at < len(text):
        stop = _STOP.search(text, at, at + MAX_SENTENCE)
        end = stop.end() if stop else min(at + MAX_SENTENCE, len(text))
        part = text[at:end]
        skipped = len(part) - len(part.lstrip())
        if part.strip():
            begin = at + skipped
            low = max(bisect_right(starts, begin) - 1, 0)
            high = bisect_right(starts, end - 1)
            yield Sentence(
                part.strip(),
                tuple(max(start - begin, 0) for start in starts[low:high]),
                tuple(number for number, _ in pieces[low:high]),
                paragraph,
                heading,
            )
        at = end
