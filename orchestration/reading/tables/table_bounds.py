"""Where a table stands among the others: the part of a text that holds it, and where the next one begins.

The bounds of the dispute tables are those of ``disputes.bounds``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.labels.labels import Found, labels_of
from orchestration.reading.pieces.piece import Pieces
from orchestration.reading.tables.forms import form_of
from orchestration.reading.tables.repeats import LEAST_HEADS


def likeliest(pieces: Pieces, table: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The first of some parts of the text that holds a table with its headings, else the first with its labels."""
    if len(spans) == 1:
        return spans[0]
    found = [(span, *form_of(pieces.text, table, *span)) for span in spans]
    named = (span for span, form, chain in found if form and heads(chain) >= LEAST_HEADS)
    return next(named, next((span for span, form, _ in found if form), spans[0]))


def heads(chain: list[Found]) -> int:
    """How many labels of columns and citations a table has."""
    return sum([found.label.kind in ("column", "citation") for found in chain])


def disclosure_begins(text: str, start: int, end: int) -> int:
    """Where the heading or a citation of the disclosure table stands between two offsets, else ``end``."""
    found = _beginnings().search(text, start, end)
    return found.start() if found else end


@lru_cache(maxsize=1)
def _beginnings() -> re.Pattern:
    labels = (label for form in declaration().form_names for label in labels_of(form, "disclosure"))
    words = {word for label in labels if label.kind in ("heading", "citation") for word in label.words}
    return re.compile("|".join(map(re.escape, sorted(words))))
