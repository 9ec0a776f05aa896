"""Which values stand with which label of a table in many texts, where some of its cells are empty.

A row is told apart if its label stands once, nothing follows it on its line, and its values stand on that line, within
the label, or below it before any other text. Belongs here: what stands in each row, and in which of its drawn cells.
Does not belong here: what values below their labels mean (``loose``), and what all mean for columns (``patterns``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.cells.cells import parsed
from orchestration.reading.bulk.tables.chains import Chains
from orchestration.reading.bulk.tables.rows import Values
from orchestration.reading.bulk.tables.values import last_line
from orchestration.reading.bulk.texts.arrays import ranges
from orchestration.reading.bulk.texts.drawn_lines import MOST_CELLS, drawn_rows, odd_lines
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.bulk.texts.words import MARK
from orchestration.reading.columns.columns import LONGEST_COUNT, SHORT_COUNT

_MOST_SHORT = 10**SHORT_COUNT
_MOST_FULL = 10 ** (min(LONGEST_COUNT.values()) - 1)  # with more digits it may be all numbers of its row
_CJK_MARK = 0xE2  # the first byte of a mark of three bytes, at least


@dataclass(slots=True)
class Gaps:
    """Per report whether all rows are told apart and the lines of the table, and per row what stands there.

    ``line`` is that of the values on the line of the label or else of the label's end, ``first`` the first value,
    ``count`` how many there are, ``own`` how many of them do not stand below their label. In a drawn row of so many
    ``cells`` the label stands in ``label``. ``code`` has a ternary digit for each place behind the label: 0 for an
    empty cell, 1 for a number, 2 for a mark. ``longest`` is the length of the longest value of a row that is not full,
    else 1.
    """

    plain: np.ndarray
    first_line: np.ndarray
    last_line: np.ndarray
    line: np.ndarray
    label_line: np.ndarray
    first: np.ndarray
    count: np.ndarray
    own: np.ndarray
    drawn: np.ndarray
    label: np.ndarray
    cells: np.ndarray
    code: np.ndarray
    longest: np.ndarray

    def where(self, mask: np.ndarray | slice) -> Gaps:
        """Those of some reports."""
        return Gaps(*(getattr(self, name)[mask] for name in self.__slots__))


def find_gaps(
    texts: Texts,
    lines: Lines,
    values: Values,
    chains: Chains,
    reports: np.ndarray,
    following: np.ndarray,
    cellwise: np.ndarray,
) -> Gaps:
    """The rows of a table in ``reports``, whose chains are certain; ``following`` is the heading of what follows.

    Reports come in the order of their texts. In those that are ``cellwise`` bars draw no rows.
    """
    form, kept = chains.form, texts.kept
    low, high = chains.low[reports][:, form.rows], chains.high[reports][:, form.rows]
    size, widths = low.shape, np.tile(form.widths, len(reports))
    begin, end = lines.line(kept[low]), lines.line(kept[high - 1])
    plain = chains.once[reports][:, form.rows].all(axis=1) & (begin[:, 1:] > end[:, :-1]).all(axis=1)
    plain &= (lines.line(kept[high]) > end).all(axis=1)
    heading = lines.line(kept[chains.heading[reports]])
    start, stop = (np.searchsorted(values.place, kept[at]) for at in (chains.heading[reports], following))
    value, _ = ranges(start, stop)
    report = np.repeat(np.arange(len(reports)), stop - start)
    at = texts.keeps.before(values.place[value])
    row = np.searchsorted(low.ravel(), at) - 1
    inside = row // size[1] == report
    plain &= np.bincount(report[~inside], minlength=size[0]) == 0
    value, report, at, row = (column[inside] for column in (value, report, at, row))
    line = values.line[value]
    head = np.searchsorted(row, np.arange(low.size))  # the first value of each row, or of the next one that has any
    count = np.bincount(row, minlength=low.size)
    first = np.append(value, 0)[head]
    within, behind = at < high.ravel()[row], at == high.ravel()[row]
    below = behind & (line > end.ravel()[row])
    after = np.append(begin.ravel()[1:], np.iinfo(np.int64).max)
    after[size[1] - 1 :: size[1]] = lines.line(kept[following])
    fits = values.alone[value] & (line >= begin.ravel()[row]) & (line < after[row])
    fits &= below | ((line <= end.ravel()[row]) & (within | (behind & (line == end.ravel()[row]))))
    together = (line == line[head[row]]) & (at == at[head[row]])
    fits &= together | (below & ~within[head[row]])
    fits &= ~(below & lines.parted[line]) | cellwise[report]
    own = np.bincount(row, ~below, low.size).astype(np.int64)
    rows = drawn_rows(texts, lines, (kept[low], kept[high - 1]), (own > 0).reshape(size), cellwise)
    plain &= rows.plain.all(axis=1)
    drawn = rows.drawn.ravel()[row]
    cell = lines.partings(lines.start[line], values.place[value]) - rows.led.ravel()[row] - rows.label.ravel()[row] - 1
    fits &= ~drawn | (~below & (cell >= 0))
    mark = texts.kind[values.word[value]] == MARK
    digit = np.clip(np.where(drawn, cell, np.arange(len(value)) - head[row]), 0, MOST_CELLS)
    code = np.bincount(row, np.where(mark, 2, 1) * 3.0**digit, low.size).astype(np.int64)
    full = (count == widths) & (np.bincount(row, mark, low.size) == 0)
    length, sound = _lengths(texts, values.word[value], mark, full[row])
    longest = np.ones(low.size, np.int64)
    np.maximum.at(longest, row, length)
    plain &= np.bincount(report[~(fits & sound)], minlength=size[0]) == 0
    short = ((count < widths) & (count > 0)).reshape(size) & ~rows.drawn
    loose = np.bincount(report[below], minlength=size[0]) > 0
    plain &= loose | (count <= widths).reshape(size).all(axis=1)
    # Beside drawn rows, empty cells may be taken for what a row without cells lacks.
    plain &= ~((loose | short.any(axis=1)) & rows.drawn.any(axis=1))
    odd = odd_lines(texts, lines, begin[:, 0], lines.line(kept[following]), cellwise)
    plain &= ~odd | rows.drawn.all(axis=1)
    bottom = np.append(values.line, 0)[first + np.maximum(count, 1) - 1]
    last = np.where(count > 0, np.maximum(bottom, end.ravel()), end.ravel()).reshape(size)[:, -1]
    last, certain = last_line(texts, lines, kept, high[:, -1], following, last)
    held = np.where(own > 0, values.line[first], end.ravel())
    columns = (column.reshape(size) for column in (held, end, first, count, own))
    return Gaps(
        *(plain & certain, heading, last, *columns),
        *(rows.drawn, rows.label, rows.cells, code.reshape(size), longest.reshape(size)),
    )


def _lengths(texts: Texts, word: np.ndarray, mark: np.ndarray, full: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lengths of values in characters, 1 in rows that are full; and whether nothing about them is doubtful."""
    value, size = texts.value[word], texts.end[word] - texts.begin[word]
    fine = (value >= 0) & (value < np.where(full, _MOST_FULL, _MOST_SHORT))
    fine[mark] = (size == 1)[mark] | ((size == 3) & (texts.data[texts.begin[word]] >= _CJK_MARK))[mark]
    other = np.flatnonzero(~mark & (value < 0))
    amounts, _, grouped = parsed(texts, word[other], 1)
    ascii_ends = texts.data[texts.end[word[other]] - 1] < 128  # else it takes fewer characters than bytes
    fine[other] = np.abs(amounts) < np.where(full[other], _MOST_FULL, np.where(ascii_ends, _MOST_SHORT, 0))
    fine[other[grouped]] = False
    return np.where(full | mark, 1, size), fine
