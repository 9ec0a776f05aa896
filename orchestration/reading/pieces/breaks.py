"""Rows that a page break parts: the rest of their labels stands on the next page, in a row without values.

Belongs here: which rows these are, told by labels that only both parts make. Does not belong here: how pages are cut.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from orchestration.form import declaration
from orchestration.form.declaration import TABLES
from orchestration.intake.document import Document
from orchestration.intake.grids import Grid, GridRow
from orchestration.reading.labels.labels import labels_of
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.chunks import classify


def rejoined(document: Document) -> tuple[Grid, ...]:
    """The grids of a document, the labels of parted rows whole again in the row that holds the values."""
    grids = list(document.grids)
    for at, (above, below) in enumerate(pairwise(grids)):
        one, other = (bisect_right(document.pages, line) for line in (above.last_line, below.first_line))
        if other != one + 1 or not (above.rows and below.rows):
            continue
        joined = _joined(grids[at].rows[-1], below.rows[0])
        if joined:
            grids[at] = replace(grids[at], rows=(*grids[at].rows[:-1], joined[0]))
            grids[at + 1] = replace(below, rows=(*joined[1:], *below.rows[1:]))
    return tuple(grids)


def _joined(above: GridRow, below: GridRow) -> list[GridRow] | None:
    """The row above with the rests of its labels, and the row below if any text of it is left; None for two rows."""
    kinds = [{classify(text)[0] for text in row.texts if text} for row in (above, below)]
    if "number" not in kinds[0] or kinds[1] != {"text"}:
        return None
    texts, rest, found = list(above.texts), list(below.texts), False
    for number, text in enumerate(rest):
        for place, begun in enumerate(texts) if text else ():
            if (start := key(begun)) and start not in _wordings() and key(begun + text) in _wordings():
                texts[place], rest[number], found = begun + text, "", True
                break
    if not found:
        return None
    return [above._replace(texts=texts), *([below._replace(texts=rest)] if any(rest) else [])]


@lru_cache(maxsize=1)
def _wordings() -> frozenset[str]:
    forms = declaration().form_names
    return frozenset(
        word for form in forms for table in TABLES for label in labels_of(form, table) for word in label.words
    )
