"""Empty cells beside the values of full rows, and what they say of the columns of these.

The careful path compares the columns of such rows with those of the other rows and of the header; here it is told
where that leaves no doubt. Rows without empty cells, and those that are not drawn, need no column.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.arrays import cut
from orchestration.reading.bulk.chains import Chains
from orchestration.reading.bulk.characters import BLANK
from orchestration.reading.bulk.lines import Lines
from orchestration.reading.bulk.proofs import plain_below_header
from orchestration.reading.bulk.rows import Rows, Values
from orchestration.reading.bulk.texts import BAR, Texts

_MOST_LOOSE = 0.3  # of the rows of a table that may be drawn just as it shows


@dataclass(slots=True)
class Gaps:
    """Of each row of some reports: whether it is drawn, and has empty cells before or behind its values.

    ``before``, ``among`` and ``behind`` count tabs and bars of its line; ``loose`` rows do not show their columns,
    as they have bars and none before their first word, or tabs behind their last one.
    """

    drawn: np.ndarray
    empty: np.ndarray
    before: np.ndarray
    among: np.ndarray
    behind: np.ndarray
    loose: np.ndarray

    def certain(self, widths: np.ndarray) -> np.ndarray:
        """Of which reports no row has an empty cell that moves its values to columns other than those of most."""
        fine = (~self.drawn | (self.among == widths - 1)).all(axis=1)
        if len(set(widths.tolist())) > 1:
            return fine  # each row has columns of its own
        usual, many = _commonest(self.before, self.drawn)
        last = self.before + self.behind
        end, most = _commonest(last, self.drawn)
        total = self.drawn.sum(axis=1)
        agree = np.where(self.may_be_fixed(), 2 * many > total, 10 * many >= 9 * total) & (10 * most >= 9 * total)
        other = self.drawn & self.empty & (self.before != usual[:, None]) & (last == end[:, None])
        return fine & ~(agree & other.any(axis=1))

    def may_be_fixed(self) -> np.ndarray:
        """Of which reports a header may tell the columns."""
        return (self.drawn & self.loose).sum(axis=1) <= _MOST_LOOSE * self.drawn.sum(axis=1)


def read_gaps(texts: Texts, lines: Lines, head: np.ndarray, tail: np.ndarray, drawn: np.ndarray) -> Gaps:
    """The gaps of rows whose first and last values stand at ``head`` and ``tail``, on one line where they are drawn."""
    line = lines.line(head)
    before = lines.partings(lines.start[line], head)
    among, behind = lines.partings(head, tail), lines.partings(tail, lines.of[line])
    bars = ~lines.tabbed[line]
    unled = texts.data[lines.start[line]] > BLANK
    unled &= texts.data[lines.start[line]] != BAR
    closing = bars & (behind > 0).all(axis=1)[:, None]  # a bar at the end of every row closes its last cell
    words = texts.kept[np.searchsorted(texts.kept, head) - 1]
    empty = (lines.partings(words, head) > 1) | (behind > closing)
    return Gaps(drawn, empty, before, among, behind, np.where(bars, unled, behind > 0))


def plain_below_headers(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, rows: Rows
) -> np.ndarray:
    """Whether rows with empty cells are read plainly below the headers of their request tables, as these are drawn."""
    widths = np.array(chains.form.widths)
    start = rows.first[:, None] + np.cumsum(widths) - widths
    head, tail = values.place[start], values.place[start + widths - 1]
    low, high = (side[reports][:, chains.form.rows] for side in (chains.low, chains.high))
    line = lines.line(head)
    drawn = lines.is_drawn[line] & (rows.evidence == 0)[:, None] & (lines.line(texts.kept[high - 1]) == line)
    fine = np.ones(len(reports), bool)
    some = np.flatnonzero(drawn.any(axis=1))
    gaps = read_gaps(texts, lines, head[some], tail[some], drawn[some])
    chosen = np.flatnonzero((gaps.drawn & gaps.empty).any(axis=1) & gaps.may_be_fixed())
    asked = some[chosen]
    top = lines.start[lines.line(texts.kept[chains.heading[reports[asked]]])]
    blocks = cut(texts.data, top, lines.start[lines.line(texts.kept[low[asked, 0]])])
    before, behind = (_commonest(numbers[chosen], gaps.drawn[chosen])[0] for numbers in (gaps.before, gaps.behind))
    bars = ~lines.tabbed[line[asked, 0]]
    for index, *drawn in zip(
        asked.tolist(), blocks.to_list(), *map(np.ndarray.tolist, (before, behind, bars)), strict=True
    ):
        fine[index] = plain_below_header(chains.form.form, *drawn)
    return fine


def _commonest(numbers: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """In each line of a table of small numbers the one that most of the places that are there hold, and how many."""
    counts = ((numbers[:, :, None] == numbers[:, None, :]) & there[:, None, :]).sum(axis=2) * there
    best = counts.argmax(axis=1)
    rows = np.arange(len(numbers))
    return numbers[rows, best], counts[rows, best]
