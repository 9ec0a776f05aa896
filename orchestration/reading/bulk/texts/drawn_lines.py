"""How the lines of many texts draw cells: by tabs, by bars at both ends and between, or with bars around single cells.

Belongs here: which cell of its row a label stands in, and whether that is beyond doubt (see ``cutting``). Does not
belong here: what the cells hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.texts.arrays import ranges
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.bulk.texts.texts import BAR, Texts
from orchestration.reading.pieces.pieces import LEAST_STEADY, mostly_open, mostly_single

MOST_CELLS = 12  # behind the label of a drawn row


@dataclass(slots=True)
class Drawn:
    """Per report whether it draws cells by tabs, ``cellwise`` by bars that part no cells of a row, and surely so."""

    tabs: np.ndarray
    cellwise: np.ndarray
    sure: np.ndarray

    def parts(self, sizes: list[int]) -> list[Drawn]:
        """Those of so many reports each, one behind the other."""
        columns = (np.split(column, np.cumsum(sizes)[:-1]) for column in (self.tabs, self.cellwise, self.sure))
        return [Drawn(*part) for part in zip(*columns, strict=True)]


def drawn_by(texts: Texts, lines: Lines, reports: np.ndarray) -> Drawn:
    """How reports draw cells: see ``cutting.Bars``."""
    line, report = _parted_lines(lines, *(texts.line_ends.before(texts.first[reports + step]) for step in (0, 1)))
    start, stop = lines.start[line], lines.of[line]
    barred = ~lines.tabbed[line]
    tabbed = np.flatnonzero(~barred)
    place, offsets = ranges(start[tabbed], stop[tabbed])
    barred[tabbed] = np.diff(np.concatenate(([0], np.cumsum(texts.data[place] == BAR)))[offsets]) > 0
    filled = _filled(texts, lines, line)
    kinds = (lines.tabbed[line], barred, barred & ~_closed(texts, start, stop), barred & (filled == 1))
    tabs, bars, open_ones, single = (np.bincount(report[kind], minlength=len(reports)) for kind in kinds)
    several = np.bincount(report[barred & (filled > 1)], minlength=len(reports))
    alone = mostly_single(single, several)
    cellwise, by_rows = alone & (several < LEAST_STEADY), (open_ones == 0) & ~alone
    return Drawn(tabs > 0, cellwise, ((tabs == 0) | (bars == 0)) & ((bars == 0) | cellwise | by_rows))


def open_rows(texts: Texts, lines: Lines, reports: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of which reports the rows of cells begin without a bar, and of which they also end without one."""
    line, report = _parted_lines(lines, *(texts.line_ends.before(texts.first[reports + step]) for step in (0, 1)))
    rows = ~lines.tabbed[line] & (_filled(texts, lines, line) > 1)
    line, report = line[rows], report[rows]
    ends = lines.start[line], np.maximum(lines.of[line] - 1, 0)
    count = np.bincount(report, minlength=len(reports))
    begun, closed = (mostly_open(np.bincount(report, texts.data[end] == BAR, len(reports)), count) for end in ends)
    return begun, begun & closed


@dataclass(slots=True)
class Rows:
    """Per row of a table: whether it is plain, is drawn, the cell of its label, their number, and if a bar leads."""

    plain: np.ndarray
    drawn: np.ndarray
    label: np.ndarray
    cells: np.ndarray
    led: np.ndarray


def drawn_rows(
    texts: Texts, lines: Lines, bounds: tuple[np.ndarray, np.ndarray], valued: np.ndarray, cellwise: np.ndarray
) -> Rows:
    """The lines on which labels end, of which ``bounds`` are the places in ``Texts.data``.

    ``valued`` are those with values on that line.
    """
    low, high = bounds
    begin, end = lines.line(low), lines.line(high)
    start, stop = lines.start[end], lines.of[end]
    parted, tabbed = lines.parted[end] & ~cellwise[:, None], lines.tabbed[end]
    total = lines.partings(start, stop)
    led = (parted & ~tabbed).astype(np.int64)
    label = lines.partings(start, high) - led
    cells = np.where(led > 0, total - 1, total + 1)
    sums = np.concatenate(([0], np.cumsum(lines.parted)))
    plain = cellwise[:, None] | (begin == end) | (sums[end + 1] == sums[begin])
    plain &= (led == 0) | (_closed(texts, start, stop) & (cells > 1))
    # A tab at the end of a line alone draws no cells.
    drawn = parted & np.where(tabbed, (total > 1) | ((label == 0) & valued), True)
    behind = cells - label - 1
    plain &= ~drawn | ((lines.partings(low, high) == 0) & (behind > 0) & (behind <= MOST_CELLS))
    return Rows(plain, drawn, np.where(drawn, label, -1), np.where(drawn, cells, 0), led)


def odd_lines(texts: Texts, lines: Lines, first: np.ndarray, last: np.ndarray, cellwise: np.ndarray) -> np.ndarray:
    """In which reports a line between two holds empty cells alone, or several where bars part none of a row."""
    line, report = _parted_lines(lines, first, last)
    filled = _filled(texts, lines, line)
    return np.bincount(report[(filled == 0) | (cellwise[report] & (filled > 1))], minlength=len(first)) > 0


def _parted_lines(lines: Lines, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lines with tabs or bars between pairs of lines, and to which pair each belongs."""
    line, _ = ranges(first, last)
    pair = np.repeat(np.arange(len(first)), last - first)
    parted = lines.parted[line]
    return line[parted], pair[parted]


def _closed(texts: Texts, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Whether a bar stands at both ends of a line."""
    return (texts.data[start] == BAR) & (texts.data[np.maximum(stop - 1, 0)] == BAR)


def _filled(texts: Texts, lines: Lines, line: np.ndarray) -> np.ndarray:
    """How many cells of each line hold something."""
    low, high = (np.searchsorted(texts.begin, ends[line]) for ends in (lines.start, lines.of))
    word, offsets = ranges(low, high)
    cell = lines.parting.before(texts.begin[word])
    new = np.ones(len(word), np.int64)
    new[1:] = cell[1:] != cell[:-1]
    new[offsets[:-1][high > low]] = 1
    return np.diff(np.concatenate(([0], np.cumsum(new)))[offsets])
