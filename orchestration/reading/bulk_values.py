"""Which words of many texts are the values of the rows of a table, where lines and labels leave no choice.

A row is plain if its values are as many as it has columns, stand together behind the end of its label (or within it)
and before any other text, and stand all on the line where the label ends or all on lines below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk_chain import Chains
from orchestration.reading.bulk_lines import Lines
from orchestration.reading.bulk_text import Texts
from orchestration.reading.bulk_words import MARK, NUMBER, ODD


@dataclass(slots=True)
class Values:
    """The words that may be values: their place in ``Texts.begin``, in ``Texts.data``, their line and label text."""

    word: np.ndarray
    place: np.ndarray
    line: np.ndarray
    at: np.ndarray  # how many bytes of ``Texts.kept`` stand before
    alone: np.ndarray  # no other word stands in the same cell
    odd: np.ndarray  # places of words that are neither


def read_values(texts: Texts, lines: Lines) -> Values:
    """All numbers and marks of the texts."""
    word = np.flatnonzero((texts.kind == NUMBER) | (texts.kind == MARK))
    place = texts.begin[word]
    line = lines.line(place)
    alone = np.ones(len(word), bool)
    inner = np.flatnonzero(lines.parted[line] & (word > 0))
    before = texts.end[word[inner] - 1]
    same = lines.line(before) == line[inner]
    between = np.searchsorted(lines.parting, place[inner]) - np.searchsorted(lines.parting, before)
    alone[inner] = ~same | (between > 0)
    at = np.searchsorted(texts.kept, place)
    return Values(word, place, line, at, alone, texts.begin[texts.kind == ODD])


@dataclass(slots=True)
class Rows:
    """Per report: whether all rows of a table are plain, its first value, and its first and last line."""

    plain: np.ndarray
    first: np.ndarray
    first_line: np.ndarray
    last_line: np.ndarray


def place_values(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, following: np.ndarray
) -> Rows:
    """The values of a table in ``reports``; ``following`` is the heading of what follows, in ``Texts.kept``."""
    form = chains.form
    rows = form.rows
    kept = np.append(texts.kept, len(texts.data) - 1)
    low, high = chains.low[reports][:, rows], chains.high[reports][:, rows]
    heading = kept[chains.heading[reports]]
    first = np.searchsorted(values.place, heading)
    count = sum(form.widths)
    plain = np.searchsorted(values.place, kept[following]) - first == count
    first = np.where(plain, first, 0)
    begin = lines.line(kept[low])
    end = lines.line(kept[high - 1])
    plain &= (begin[:, 1:] > end[:, :-1]).all(axis=1)
    drawn = lines.drawn[end + 1] - lines.drawn[begin]
    at = 0
    for row, width in enumerate(form.widths):
        own = first[:, None] + np.arange(at, at + width)
        line, place = values.line[own], values.at[own]
        behind = place[:, -1]
        plain &= (place[:, 0] == behind) & (behind > low[:, row]) & (behind <= high[:, row])
        plain &= lines.line(kept[behind]) > line[:, -1]
        beside = (line == end[:, [row]]) | (behind < high[:, row])[:, None]
        together = beside.all(axis=1)
        plain &= together | ~beside.any(axis=1)
        in_cells = together & (begin[:, row] == end[:, row]) & (behind == high[:, row])
        plain &= (drawn[:, row] == 0) | in_cells
        plain &= together | ~lines.is_drawn[line].any(axis=1)
        plain &= values.alone[own].all(axis=1)
        at += width
    last = np.maximum(values.line[first + count - 1], end[:, -1])  # a label may end below its values
    last, fine = _last_line(texts, lines, kept, high[:, -1], following, last)
    return Rows(plain & fine, first, lines.line(heading), last)


def _last_line(
    texts: Texts, lines: Lines, kept: np.ndarray, end: np.ndarray, following: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The line where a table ends, and whether that is certain: up to ``following`` stands at most its number."""
    heading = lines.line(kept[following])
    certain = (lines.empty[heading] == lines.empty[last + 1]) & ~lines.parted[heading]
    word = np.searchsorted(texts.begin, kept[following], "right")
    numbered = following > end
    apart = numbered & (np.searchsorted(texts.begin, kept[following - 1], "right") != word)
    within = ~numbered | (np.searchsorted(texts.begin, kept[end], "right") == word)
    return np.where(apart, lines.line(kept[following - 1]), last), certain & (apart | within)
