"""Lines that belong to the pages and not to the report: numbers of pages, and what a browser prints at their edges.

The edges of pages are known of a PDF. In a text a line that comes again and again tells them, each time beside the
number of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from orchestration.intake.document import Document
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces import numbers
from orchestration.reading.pieces.cutting import FOOTER

_OFF = 3  # pages that a printed number may differ from that of the page, as where a cover is not counted
_MOST_PAGES = 1000
_LEAST_REPEATS = 3  # pages on which a line at the same edge says the same
_LEAST_LETTERS = 4  # a row of values may come again
_TITLE = 8  # filled lines in which the title of a report stands
_DIGITS = re.compile(r"\d+")


def furniture(document: Document, lines: list[str]) -> set[int]:
    """The lines at the edges of pages that hold the number of the page, or come again on every page but one."""
    starts = [*document.pages, len(lines) + 1]
    if len(starts) < 2:
        return _running(lines) if document.container == "text" else set()
    drawn = {number for grid in document.grids for number in range(grid.first_line, grid.last_line + 1)}
    found: set[int] = set()
    shapes: Counter[tuple[int, str]] = Counter()
    edges: list[tuple[int, int, str]] = []
    for page, (start, stop) in enumerate(pairwise(starts), 1):
        inside = [number for number in range(start, stop) if lines[number - 1].strip()]
        for edge, ends in enumerate((inside[:1], inside[-1:])):
            for number in ends:
                text = numbers.fold(lines[number - 1]).strip()
                if _is_number(text, page, len(starts) - 1):
                    found.add(number)
                elif number not in drawn and _has_letters(text):
                    shape = _DIGITS.sub("0", text)
                    shapes[edge, shape] += 1
                    edges.append((number, edge, shape))
    least = max(_LEAST_REPEATS, len(starts) - 2)
    return found | {number for number, edge, shape in edges if shapes[edge, shape] >= least}


def _running(lines: list[str]) -> set[int]:
    """The lines of a text that print again, beside the number of each page, what stands above the report.

    Where that number is bare it belongs to them, if those numbers count the pages.
    """
    counts = Counter(map(str.strip, lines))
    again = [text for text, count in counts.items() if count >= _LEAST_REPEATS and _has_letters(text)]
    if not again:
        return set()
    filled = [(number, text) for number, text in enumerate(map(str.strip, lines), 1) if text]
    above = key("".join(text for _, text in filled[:_TITLE]))
    found: set[int] = set()
    for text in again:
        if key(text) not in above:
            continue
        ats = [at for at, (_, line) in enumerate(filled) if line == text]
        for step in (-1, 1):
            beside = [(at, at + step) for at in ats if 0 <= at + step < len(filled)]
            marked = [(at, near) for at, near in beside if FOOTER.fullmatch(filled[near][1])]
            bare = [(at, near) for at, near in beside if _is_bare(filled[near][1])]
            told = max(marked, bare, key=len)
            counted = [int(numbers.fold(filled[near][1])) for _, near in told] if told is bare else []
            if len(told) < max(_LEAST_REPEATS - 1, len(ats) - 1) or any(b - a != 1 for a, b in pairwise(counted)):
                continue
            found |= {filled[at][0] for at, _ in told} | {filled[near][0] for _, near in told if counted}
    return found


def _has_letters(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _LEAST_LETTERS


def _is_bare(text: str) -> bool:
    return len(text) < len(str(_MOST_PAGES)) and numbers.fold(text).isdecimal()


def _is_number(text: str, page: int, pages: int) -> bool:
    """Whether a line is the number of its page, or ends with it over the number of pages, as browsers print it."""
    if text.isascii() and text.isdigit() and len(text) < len(str(_MOST_PAGES)):
        return 0 < int(text) < _MOST_PAGES and abs(int(text) - page) <= _OFF
    return pages > 1 and re.search(rf"(?<!\d){page}\s*/\s*{pages}$", text) is not None
