"""Rows that a page break parts: the rest of their labels, or of numbers that their cells wrap, is on the next page.

Belongs here: which rows these are, told by labels that only both parts make, or by numbers of a row without a label
under the longest of the row above. Does not belong here: how pages are cut.
"""

from __future__ import annotations

import re
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

_DIGITS = re.compile(r"[\d.,，．][\d.,，．\s]*")
_SHORTEST = 2  # figures of a number that its cell has wrapped, in each line


def rejoined(document: Document) -> tuple[Grid, ...]:
    """The grids of a document, the labels of parted rows whole again in the row that holds the values."""
    grids = list(document.grids)
    for at, (above, below) in enumerate(pairwise(grids)):
        one, other = (bisect_right(document.pages, line) for line in (above.last_line, below.first_line))
        if other != one + 1 or not (above.rows and below.rows):
            continue
        again = _repeated(above, below)
        joined = _joined(grids[at].rows[-1], below.rows[again])
        if joined:
            grids[at] = replace(grids[at], rows=(*grids[at].rows[:-1], joined[0]))
            grids[at + 1] = replace(below, rows=(*below.rows[:again], *joined[1:], *below.rows[again + 1 :]))
    return tuple(grids)


def _repeated(above: Grid, below: Grid) -> int:
    """The rows of a header that is printed again on the next page."""
    most = min(len(above.rows), len(below.rows) - 1)
    return next((at for at in range(most) if above.rows[at].texts != below.rows[at].texts), 0)


def _joined(above: GridRow, below: GridRow) -> list[GridRow] | None:
    """The row above with what belongs to it, and the row below if any text of it is left; None for two rows."""
    kinds = [{classify(text)[0] for text in row.texts if text} for row in (above, below)]
    if "number" not in kinds[0] or not kinds[1]:
        return None
    texts, rest = list(above.texts), list(below.texts)
    found = _join_labels(texts, rest)
    if kinds[1] != {"text"}:
        whole = [text for text in rest if classify(text)[0] == "text" and not _ends_wording(key(text))]
        if whole or not _join_numbers(texts, rest):
            return None
    elif not found:
        return None
    return [above._replace(texts=texts), *([below._replace(texts=rest)] if any(rest) else [])]


def _join_labels(texts: list[str], rest: list[str]) -> bool:
    """Move the rests of labels to their beginnings, where only both make a label; whether there are any."""
    found = False
    for number, text in enumerate(rest):
        for place, begun in enumerate(texts) if text else ():
            if (start := key(begun)) and start not in _wordings() and key(begun + text) in _wordings():
                texts[place], rest[number], found = begun + text, "", True
                break
    return found


def _join_numbers(texts: list[str], rest: list[str]) -> bool:
    """Put the rests of numbers under their beginnings, the longest of their row; whether they are such rests.

    They stay two lines of a cell, as no line tells how a number goes on.
    """
    pairs = {at: (texts[-at], rest[-at]) for at in range(1, min(len(texts), len(rest)) + 1)}
    begun = {at for at, pair in pairs.items() if all(map(_DIGITS.fullmatch, pair))}
    fresh = {at for at, (_, text) in pairs.items() if at not in begun and classify(text)[0] not in ("text", "blank")}
    others = [len(text) for at, (text, _) in pairs.items() if at not in begun and _DIGITS.fullmatch(text)]
    shortest = min((len(texts[-at]) for at in begun), default=0)
    if shortest < max(_SHORTEST, *others, 0) or (fresh and (others or any(texts[-at] for at in fresh))):
        return False
    for at in begun | fresh:
        texts[-at] = f"{texts[-at]}\n{rest[-at]}" if at in begun else rest[-at]
        rest[-at] = ""
    return True


def _ends_wording(text: str) -> bool:
    return any(word.endswith(text) and word != text for word in _wordings())


@lru_cache(maxsize=1)
def _wordings() -> frozenset[str]:
    forms = declaration().form_names
    return frozenset(
        word for form in forms for table in TABLES for label in labels_of(form, table) for word in label.words
    )
