"""The words that cells say of themselves, as small numbers: statuses, evidence, doubts, units."""

from __future__ import annotations

import threading

import numpy as np
import polars as pl

STATUSES = ("reported", "blank", "absent", "not_applicable", "unreadable")

_lock = threading.Lock()
_known: dict[str | None, int] = {None: 0}


def number_of(word: str | None) -> int:
    """The number of a word; 0 for none."""
    found = _known.get(word)
    if found is None:
        with _lock:
            found = _known.setdefault(word, len(_known))
    return found


def words_of(numbers: np.ndarray) -> pl.Series:
    """The words of some numbers, null for 0."""
    return pl.Series(list(_known), dtype=pl.String).gather(numbers.ravel().astype(np.uint32))
