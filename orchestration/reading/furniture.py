"""Lines that belong to the pages and not to the report: numbers of pages, and what a browser prints at their edges."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from orchestration.intake.document import Document
from orchestration.reading import numbers

_OFF = 3  # pages that a printed number may differ from that of the page, as where a cover is not counted
_MOST_PAGES = 1000
_LEAST_REPEATS = 3  # pages on which a line at the same edge says the same
_LEAST_LETTERS = 4  # a row of values may come again
_DIGITS = re.compile(r"\d+")


def furniture(document: Document, lines: list[str]) -> set[int]:
    """The lines at the edges of pages that hold the number of the page, or come again on every page but one."""
    starts = [*document.pages, len(lines) + 1]
    if len(starts) < 2:
        return set()
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
                elif number not in drawn and sum(map(str.isalpha, text)) >= _LEAST_LETTERS:
                    shape = _DIGITS.sub("0", text)
                    shapes[edge, shape] += 1
                    edges.append((number, edge, shape))
    least = max(_LEAST_REPEATS, len(starts) - 2)
    return found | {number for number, edge, shape in edges if shapes[edge, shape] >= least}


def _is_number(text: str, page: int, pages: int) -> bool:
    """Whether a line is the number of its page, or ends with it over the number of pages, as browsers print it."""
    if text.isascii() and text.isdigit() and len(text) < len(str(_MOST_PAGES)):
        return 0 < int(text) < _MOST_PAGES and abs(int(text) - page) <= _OFF
    return pages > 1 and re.search(rf"(?<!\d){page}\s*/\s*{pages}$", text) is not None
