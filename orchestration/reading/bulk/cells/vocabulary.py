"""The words that cells say of themselves, as small numbers: statuses, evidence, doubts, units."""

from __future__ import annotations

import threading

import polars as pl

STATUSES = ("reported", "blank", "absent", "not_applicable", "unreadable")
REPORTED, BLANK, ABSENT, NOT_APPLICABLE = map(STATUSES.index, ("reported", "blank", "absent", "not_applicable"))

_lock = threading.Lock()
_known: dict[str | None, int] = {None: 0}


def number_of(word: str | None) -> int:
    """The number of a word; 0 for none."""
    found = _known.get(word)
    if found is None:
        with _lock:
            found = _known.setdefault(word, len(_known))
    return found


def known_words() -> pl.Series:
    """The words by their numbers, the first of them null."""
    return pl.Series(list(_known), dtype=pl.String)
