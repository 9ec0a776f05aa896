"""The lines of many texts: where tabs and bars draw cells, and where they leave rows of empty ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.texts import BAR, TAB, Texts

_FEW_BARS = 3  # up to so many, a line is no row of cells


@dataclass(slots=True)
class Lines:
    """Per line (numbered through all texts): whether it has tabs or bars, may be a row of cells, or of empty cells.

    ``drawn`` and ``empty`` are sums over the lines before; ``parting`` are the places of all tabs and bars.
    """

    start: np.ndarray
    of: np.ndarray  # where each ends
    parted: np.ndarray
    tabbed: np.ndarray
    is_drawn: np.ndarray
    drawn: np.ndarray
    empty: np.ndarray
    parting: np.ndarray

    def line(self, places: np.ndarray) -> np.ndarray:
        """The lines of places in ``Texts.data``."""
        return np.searchsorted(self.of, places)

    def partings(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """How many tabs and bars stand between places."""
        return np.searchsorted(self.parting, high) - np.searchsorted(self.parting, low)


def read_lines(texts: Texts) -> Lines:
    """What tabs and bars make of the lines of texts."""
    lines = texts.lines
    parting = np.flatnonzero((texts.data == TAB) | (texts.data == BAR))
    is_bar = texts.data[parting] == BAR
    bars, line = parting[is_bar], np.searchsorted(lines, parting)
    tab_count = np.bincount(line[~is_bar], minlength=len(lines))
    bar_count = np.bincount(line[is_bar], minlength=len(lines))
    start = np.concatenate(([0], lines[:-1] + 1))
    drawn = (tab_count > 0) | (bar_count > _FEW_BARS)
    few = np.flatnonzero(bar_count == _FEW_BARS)
    first_bar = bars[np.searchsorted(bars, start[few])] if len(few) else few
    word = np.searchsorted(texts.begin, start[few])
    drawn[few] |= np.append(texts.begin, len(texts.data))[word] > first_bar
    parted = tab_count + bar_count > 0
    # A line of bars alone leaves no cells, one with blanks between them does.
    empty = parted & ((tab_count > 0) | (lines - start != bar_count))
    return Lines(start, lines, parted, tab_count > 0, drawn, _sums(drawn), _sums(empty), parting)


def _sums(flags: np.ndarray) -> np.ndarray:
    return np.concatenate(([0], np.cumsum(flags)))
