"""Which values belong to which row of a table in many texts, where some of its cells are empty.

A row is told apart if its label stands once, nothing follows it on its line, and its values stand on that line or
within the label: such a row takes its own values whatever the others hold (see ``windows``). Belongs here: what stands
in each row, and in which of its drawn cells. Does not belong here: what that means for the columns (``patterns``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.arrays import ranges
from orchestration.reading.bulk.cells import parsed
from orchestration.reading.bulk.chains import Chains
from orchestration.reading.bulk.lines import Lines
from orchestration.reading.bulk.rows import Values
from orchestration.reading.bulk.texts import BAR, Texts
from orchestration.reading.bulk.values import last_line
from orchestration.reading.bulk.words import MARK

MOST_CELLS = 12  # behind the label of a drawn row
_MOST_SHORT = 10**5  # beyond it, a number in a row with empty cells may be two that are joined
_MOST_FULL = 10**7
_CJK_MARK = 0xE2  # the first byte of a mark of three bytes, at least


@dataclass(slots=True)
class Gaps:
    """Per report whether all rows are told apart, and per row what stands there.

    ``line`` is that of the values or else of the label's end, ``first`` the first value, ``count`` how many there are,
    ``label`` the cell of the label in a drawn row of so many ``cells``. ``code`` has a ternary digit for each place
    behind the label: 0 for an empty cell, 1 for a number, 2 for a mark. ``longest`` is the length of the longest
    value of a row that is not full, else 1.
    """

    plain: np.ndarray
    first_line: np.ndarray
    last_line: np.ndarray
    line: np.ndarray
    label_line: np.ndarray
    first: np.ndarray
    count: np.ndarray
    drawn: np.ndarray
    label: np.ndarray
    cells: np.ndarray
    code: np.ndarray
    longest: np.ndarray

    def where(self, mask: np.ndarray) -> Gaps:
        """Those of some reports."""
        return Gaps(*(getattr(self, name)[mask] for name in self.__slots__))


def find_gaps(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, following: np.ndarray
) -> Gaps:
    """The rows of a table in ``reports``, whose chains are certain; ``following`` is the heading of what follows."""
    form, kept = chains.form, texts.kept
    low, high = chains.low[reports][:, form.rows], chains.high[reports][:, form.rows]
    size, widths = low.shape, np.array(form.widths)
    begin, end = lines.line(kept[low]), lines.line(kept[high - 1])
    plain = chains.once[reports][:, form.rows].all(axis=1) & (begin[:, 1:] > end[:, :-1]).all(axis=1)
    plain &= (lines.line(kept[high]) > end).all(axis=1)
    heading = kept[chains.heading[reports]]
    start, stop = np.searchsorted(values.place, heading), np.searchsorted(values.place, kept[following])
    own, _ = ranges(start, stop)
    report = np.repeat(np.arange(len(reports)), stop - start)
    at, line = texts.keeps.before(values.place[own]), values.line[own]
    row = np.searchsorted(low.ravel(), at) - 1
    fits = (row >= 0) & values.alone[own]
    row = np.maximum(row, 0)
    top, bottom, ends = begin.ravel()[row], end.ravel()[row], high.ravel()[row]
    fits &= (
        (row // size[1] == report) & (at <= ends) & (line >= top) & ((line == bottom) | ((at < ends) & (line < bottom)))
    )
    count = np.bincount(row, minlength=low.size)
    head = np.minimum(np.searchsorted(row, np.arange(low.size)), max(len(own) - 1, 0))
    if len(own):
        fits &= (line == line[head[row]]) & (at == at[head[row]])
    # Where no value stands, any place does.
    first = own[head] if len(own) else np.zeros(low.size, np.int64)
    held = np.where(count > 0, values.line[first], end.ravel()) if len(own) else end.ravel()
    cells = _cells(texts, lines, kept, low, high, begin, end, count.reshape(size))
    plain &= cells.fine.all(axis=1)
    place = values.place[own]
    field = lines.partings(lines.start[line], place) - cells.led.ravel()[row]
    drawn = cells.drawn.ravel()[row]
    fits &= ~drawn | (field > cells.label.ravel()[row])
    digit = np.where(drawn, field - cells.label.ravel()[row] - 1, np.arange(len(own)) - head[row])
    fits &= (digit >= 0) & (digit < MOST_CELLS)
    mark = texts.kind[values.word[own]] == MARK
    code = np.bincount(row, np.where(mark, 2, 1) * 3.0 ** np.clip(digit, 0, MOST_CELLS), low.size).astype(np.int64)
    full = (count == np.tile(widths, size[0])) & (np.bincount(row, mark, low.size) == 0)
    length, sound = _lengths(texts, values.word[own], mark, full[row])
    fits &= sound
    longest = np.ones(low.size, np.int64)
    np.maximum.at(longest, row, length)
    plain &= np.bincount(report[~fits], minlength=size[0]) == 0
    count, full = count.reshape(size), full.reshape(size)
    plain &= (count <= widths).all(axis=1)
    # Beside drawn rows, empty cells may be taken for what a row without cells lacks.
    plain &= ~((~cells.drawn & (count > 0) & (count < widths)).any(axis=1) & cells.drawn.any(axis=1))
    plain &= ~_empty_rows(texts, lines, begin[:, 0], lines.line(kept[following]))
    held = held.reshape(size)
    last, certain = last_line(texts, lines, kept, high[:, -1], following, np.maximum(held[:, -1], end[:, -1]))
    return Gaps(
        *(plain & certain, lines.line(heading), last, held, end, first.reshape(size), count),
        *(cells.drawn, cells.label, cells.count, code.reshape(size), longest.reshape(size)),
    )


@dataclass(slots=True)
class _Cells:
    """Per row of a table: whether it is drawn, the cell of its label, its number of cells, and whether a bar leads."""

    fine: np.ndarray
    drawn: np.ndarray
    label: np.ndarray
    count: np.ndarray
    led: np.ndarray


def _cells(
    texts: Texts,
    lines: Lines,
    kept: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    count: np.ndarray,
) -> _Cells:
    """How the lines of rows are drawn: by tabs throughout, or by bars at both ends and between."""
    start, stop = lines.start[end], lines.of[end]
    parted, tabbed = lines.parted[end], lines.tabbed[end]
    total = lines.partings(start, stop)
    led = (parted & ~tabbed).astype(np.int64)
    label = lines.partings(start, kept[high - 1]) - led
    cells = np.where(led > 0, total - 1, total + 1)
    closed = (texts.data[start] == BAR) & (texts.data[np.maximum(stop - 1, 0)] == BAR)
    sums = np.concatenate(([0], np.cumsum(lines.parted)))
    wrapped = begin < end
    fine = ~(wrapped & (sums[end + 1] > sums[begin]))
    fine &= (led == 0) | (closed & (cells > 1))
    # A tab at the end of a line alone draws no cells.
    drawn = parted & np.where(tabbed, (total > 1) | ((label == 0) & (count > 0)), True)
    fine &= ~drawn | ((lines.partings(kept[low], kept[high - 1]) == 0) & (cells - 1 > label))
    fine &= ~drawn | (cells - label - 1 <= MOST_CELLS)
    return _Cells(fine, drawn, np.where(drawn, label, -1), np.where(drawn, cells, 0), led)


def _lengths(texts: Texts, word: np.ndarray, mark: np.ndarray, full: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lengths of values in characters, 1 in rows that are full; and whether nothing about them is doubtful."""
    value, size = texts.value[word], texts.end[word] - texts.begin[word]
    short = np.where(mark, (size == 1) | ((size == 3) & (texts.data[texts.begin[word]] >= _CJK_MARK)), value >= 0)
    short &= value < _MOST_SHORT
    whole = (value >= 0) & (value < _MOST_FULL)
    other = np.flatnonzero(full & (value < 0))
    amounts, _, _ = parsed(texts, word[other], 1)
    whole[other] = np.abs(amounts) < _MOST_FULL
    return np.where(full | mark, 1, size), np.where(full, whole, short)


def _empty_rows(texts: Texts, lines: Lines, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """In which reports a line of empty cells alone stands among those of a table."""
    line, _ = ranges(first, last)
    words = np.searchsorted(texts.begin, lines.start[line]) < np.searchsorted(texts.begin, lines.of[line])
    report = np.repeat(np.arange(len(first)), last - first)
    return np.bincount(report[lines.parted[line] & ~words], minlength=len(first)) > 0


def drawn_alike(texts: Texts, lines: Lines, reports: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which texts draw cells by tabs, and in which reports that or bars leave no doubt what a cell is.

    Where bars draw them, each line with bars has one at both ends, and most have several filled cells (see
    ``cutting.Bars``).
    """
    first, last = (texts.line_ends.before(texts.first[reports + step]) for step in (0, 1))
    line, _ = ranges(first, last)
    report = np.repeat(np.arange(len(reports)), last - first)
    line, report = line[lines.parted[line]], report[lines.parted[line]]
    start, stop = lines.start[line], lines.of[line]
    bar = np.flatnonzero(texts.data == BAR)
    barred = np.searchsorted(bar, start) < np.searchsorted(bar, stop)
    tabbed = lines.tabbed[line]
    count = len(reports)
    tabs, bars = (np.bincount(report[kind], minlength=count) > 0 for kind in (tabbed, barred))
    closed = (texts.data[start] == BAR) & (texts.data[np.maximum(stop - 1, 0)] == BAR)
    fine = ~(tabs & bars) & (np.bincount(report[barred & ~closed], minlength=count) == 0)
    low, high = np.searchsorted(texts.begin, start), np.searchsorted(texts.begin, stop)
    word, offsets = ranges(low, high)
    cell = lines.parting.before(texts.begin[word])
    new = np.ones(len(word), np.int64)
    new[1:] = cell[1:] != cell[:-1]
    new[offsets[:-1][high > low]] = 1
    filled = np.diff(np.concatenate(([0], np.cumsum(new)))[offsets])
    single, several = (np.bincount(report[barred & kind], minlength=count) for kind in (filled == 1, filled > 1))
    return tabs, fine & (single <= 4 * several)
