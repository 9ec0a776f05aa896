"""The lines below the headers of Markdown tables that hold one short dash for each cell: `|-|-|`.

Of two dashes and more such a line tells itself; one dash alone is also how a cell without a value is printed, so here
the place of the line in its table counts.
"""

from __future__ import annotations

import itertools
import re

_DASHES = re.compile(r"[\s:|-]*-[\s:|-]*")


def delimiters(lines: list[str]) -> set[int]:
    """The numbers of such lines: the second of three and more with bars, with as many bars as the first."""
    barred = [at for at, line in enumerate(lines) if "|" in line]
    found: set[int] = set()
    if not any(_DASHES.fullmatch(lines[at]) for at in barred):
        return found
    for before, head, at, behind in itertools.zip_longest([-2, *barred], barred, barred[1:], barred[2:], fillvalue=-2):
        if (before, at, behind) == (head - 1, head + 1, head + 2) or (at, behind) != (head + 1, head + 2):
            continue
        bare = lines[at].strip()
        cells = bare.strip("|").split("|")
        # One cell alone on its line is a value.
        dashes = _DASHES.fullmatch(bare) and len(cells) > 1 and all(cell.strip(" :") == "-" for cell in cells)
        if dashes and lines[head].count("|") == bare.count("|"):
            found.add(at + 1)
    return found
