"""The lines of many texts: where tabs and bars draw cells, and where they leave rows of empty ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.texts.arrays import Ranks
from orchestration.reading.bulk.texts.characters import IS_BAR, IS_TAB
from orchestration.reading.bulk.texts.texts import Texts

_FEW_BARS = 3  # up to so many, a line is no row of cells


@dataclass(slots=True)
class Lines:
    """Per line (numbered through all texts): whether it has tabs or bars, may be a row of cells, or of empty cells.

    ``drawn``, ``empty`` and ``bare`` are sums over the lines before; a bare line is one of empty cells alone.
    """

    start: np.ndarray
    of: np.ndarray  # where each ends
    parted: np.ndarray
    tabbed: np.ndarray
    is_drawn: np.ndarray
    drawn: np.ndarray
    empty: np.ndarray
    bare: np.ndarray
    ends: Ranks
    parting: Ranks  # of all tabs and bars

    def line(self, places: np.ndarray) -> np.ndarray:
        """The lines of places in ``Texts.data``."""
        return self.ends.before(places)

    def partings(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """How many tabs and bars stand between places."""
        return self.parting.before(high) - self.parting.before(low)


def read_lines(texts: Texts) -> Lines:
    """What tabs and bars make of the lines of texts."""
    lines = texts.lines
    start = np.concatenate(([0], lines[:-1] + 1))
    parting = Ranks(texts.classes <= max(IS_TAB, IS_BAR))
    count = np.diff(parting.before(lines), prepend=0)
    parted = count > 0
    tab_count = np.zeros(len(lines), np.int64)
    tabs = Ranks(texts.classes == IS_TAB)
    tab_count[parted] = tabs.before(lines[parted]) - tabs.before(start[parted])
    bar_count = count - tab_count
    drawn = (tab_count > 0) | (bar_count > _FEW_BARS)
    # A line of a few bars is a row of cells if it begins with one, before its first word.
    few = np.flatnonzero((bar_count == _FEW_BARS) & ~drawn)
    word = np.searchsorted(texts.begin, start[few])
    first = np.minimum(np.append(texts.begin, len(texts.data))[word], lines[few])
    drawn[few] = parting.before(first) > parting.before(start[few])
    # A line of bars alone leaves no cells, one with blanks between them does.
    empty = parted & ((tab_count > 0) | (lines - start != bar_count))
    low, high = (np.searchsorted(texts.begin, ends[empty]) for ends in (start, lines))
    bare = empty.copy()
    bare[empty] = low == high
    sums = _sums(drawn), _sums(empty), _sums(bare)
    return Lines(start, lines, parted, tab_count > 0, drawn, *sums, texts.line_ends, parting)


def _sums(flags: np.ndarray) -> np.ndarray:
    return np.concatenate(([0], np.cumsum(flags)))
