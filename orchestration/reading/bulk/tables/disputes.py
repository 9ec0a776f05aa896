"""The dispute tables of many texts: label text and places of values decide, once for all reports that share them."""

from __future__ import annotations

import numpy as np

from orchestration.form import declaration
from orchestration.reading.bulk.tables.labels import Places, vocabulary
from orchestration.reading.bulk.tables.proofs import form_like, plain_disputes
from orchestration.reading.bulk.tables.rows import Rows, Values
from orchestration.reading.bulk.tables.separated import Separated
from orchestration.reading.bulk.texts.drawn_lines import open_rows
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.bulk.texts.texts import BAR, Texts
from orchestration.reading.bulk.texts.words import MARK
from orchestration.reading.disputes.bounds import FEWEST

_TAIL = 48  # bytes behind the values that show where the table ends
_LABELS = 300  # and where its labels follow them
_HEADING = 60  # bytes before the values that hold no more than the heading of the section
_SPAN = 3600  # bytes behind the table in which more labels could outweigh it
_MOST_EMPTY = 7  # empty cells before or behind the values of a row


def dispute_headings(places: Places, reports: int, behind: np.ndarray) -> np.ndarray:
    """The first heading of the table at or behind a place of each report, in ``Texts.kept``; -1 without one."""
    at = np.flatnonzero(places.slot == vocabulary().disputes_heading)
    at = at[places.low[at] >= behind[places.report[at]]][::-1]
    found = np.full(reports, -1)
    found[places.report[at]] = places.low[at]
    return found


def place_disputes(
    texts: Texts,
    lines: Lines,
    values: Values,
    places: Places,
    form: str,
    reports: np.ndarray,
    start: np.ndarray,
    heading: np.ndarray,
) -> Rows:
    """The values of the tables of ``reports``; ``start`` is the end of the request table, both in ``Texts.kept``."""
    kept = texts.kept
    count = len(declaration().cells_of(form, "disputes"))
    first = np.searchsorted(values.place, kept[heading])
    stop = np.searchsorted(values.place, texts.first[reports + 1])
    plain = stop - first >= count
    first = np.where(plain, first, 0)
    own = np.minimum(first[:, None] + np.arange(count), len(values.place) - 1)
    at, line = texts.keeps.before(values.place[own]), values.line[own]
    tail = np.where(at[:, -1] - heading <= _HEADING, _LABELS, _TAIL)
    end = _ends(texts, kept, reports, at[:, -1] + tail)
    after = values.place[np.minimum(first + count, len(values.place) - 1)]
    plain &= (first + count == stop) | (after > kept[end - 1])
    plain &= values.alone[own].all(axis=1)
    odd = np.searchsorted(values.odd, kept[end - 1], "right") - np.searchsorted(values.odd, values.place[own[:, -1]])
    plain &= odd <= 0  # up to where the table may go on
    marks, fine = _marks(texts, lines, values, own, at, kept)
    plain &= fine & ~_more_labels(places, reports, start, end, len(texts.first) - 1)
    plain &= ~_further(places, reports, start, end, len(texts.first) - 1)
    plain[plain] = ~_opens_cells(texts, lines, reports[plain], line[plain])
    found = np.full(len(reports), -1)
    chosen = np.flatnonzero(plain)
    # No wording of the table holds a digit, so it does not matter which one a text behind it holds, as that of a year.
    labels = Separated(texts, start[chosen], end[chosen], at[chosen, -1])
    strings = labels.strings()
    offsets = labels.places(np.arange(len(chosen))[:, None], (at - start[:, None])[chosen])
    missing = texts.kind[values.word[own[chosen]]] == MARK
    missing &= _three_on_a_line(marks[chosen] & 1 > 0)[:, None]
    known = form_like(form)
    for index, text, *arrays in zip(chosen.tolist(), strings, offsets, marks[chosen], missing, strict=True):
        found[index] = plain_disputes(known, text, *(array.tobytes() for array in arrays))
    plain &= found >= 0
    last = line[:, -1]
    following = lines.line(kept[at[:, -1]])
    # Where the labels follow the values, a row of empty cells among them is as well the end of the table.
    behind = np.where(tail == _LABELS, lines.line(kept[end - 1]), following)
    plain &= (lines.empty[behind] == lines.empty[last + 1]) & ~lines.parted[following]
    top = lines.line(kept[start + np.maximum(found, 0)])
    plain &= lines.bare[line[:, 0]] <= lines.bare[top]  # no row of empty cells above the values
    return Rows(plain, first, top, last, np.zeros(len(reports), np.int64))


def _opens_cells(texts: Texts, lines: Lines, reports: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Whether a bar at an end of a line of values may open an empty cell, as most rows have none there."""
    barred = lines.parted[line] & ~lines.tabbed[line]
    leads = barred & (texts.data[lines.start[line]] == BAR)
    closes = barred & (texts.data[np.maximum(lines.of[line] - 1, 0)] == BAR)
    asked = np.flatnonzero((leads | closes).any(axis=1))
    unled, unclosed = open_rows(texts, lines, reports[asked])
    found = np.zeros(len(reports), bool)
    found[asked] = (leads[asked].any(axis=1) & unled) | (closes[asked].any(axis=1) & unclosed)
    return found


def _three_on_a_line(begins: np.ndarray) -> np.ndarray:
    """Of which tables a line holds just three values: with a mark between two numbers, it looks like a page number.

    Elsewhere a table that is read plainly with numbers throughout is so with marks: they stand for fewer doubts.
    """
    first = np.pad(begins, ((0, 0), (0, 1)), constant_values=True)
    return (first[:, :-3] & ~first[:, 1:-2] & ~first[:, 2:-1] & first[:, 3:]).any(axis=1)


def _ends(texts: Texts, kept: np.ndarray, reports: np.ndarray, end: np.ndarray) -> np.ndarray:
    """These places or the ends of the texts, between two characters."""
    end = np.minimum(end, texts.first_kept[reports + 1])
    for _ in range(2):
        end -= (texts.data[kept[end]] & 0xC0) == 0x80
    return end


def _marks(
    texts: Texts, lines: Lines, values: Values, own: np.ndarray, at: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each value, whether a line begins with it and how many empty cells stand around it on that line.

    The second answer is whether text stands on lines of its own, and cells and lines leave no doubt.
    """
    line, place = values.line[own], values.place[own]
    before = texts.end[np.maximum(values.word[own] - 1, 0)]
    begins = lines.line(before) != line
    ends = np.ones(own.shape, bool)
    ends[:, :-1] = begins[:, 1:]
    drawn = lines.is_drawn[line]
    inner = lines.partings(np.where(begins, lines.start[line], before), place)
    outer = np.where(ends, lines.partings(texts.end[values.word[own]], lines.of[line]), 0)
    fine = (begins | (inner == drawn)).all(axis=1)
    # Bars at the edges of a line leave no cells.
    edge = ~lines.tabbed[line]
    left = np.where(begins & drawn, np.maximum(inner - edge, 0), 0)
    right = np.where(ends & drawn, np.maximum(outer - edge, 0), 0)
    fine &= ((left <= _MOST_EMPTY) & (right <= _MOST_EMPTY)).all(axis=1)
    apart = np.ones(own.shape, bool)
    apart[:, 1:] = at[:, 1:] != at[:, :-1]
    fine &= (~apart | begins).all(axis=1)
    apart[:, :-1], apart[:, -1] = apart[:, 1:].copy(), True
    fine &= (~apart | (lines.line(kept[at]) > line)).all(axis=1)
    marks = begins + 2 * drawn + 4 * np.minimum(left, _MOST_EMPTY) + 32 * np.minimum(right, _MOST_EMPTY)
    return marks.astype(np.uint8), fine


def _further(places: Places, reports: np.ndarray, start: np.ndarray, end: np.ndarray, texts: int) -> np.ndarray:
    """Whether labels of results or channels enough for a second table stand elsewhere."""
    bounds = np.zeros((2, texts), np.int64)
    bounds[:, reports] = start, end
    found = np.zeros(len(reports), bool)
    for slot, least in ((vocabulary().disputes_result, FEWEST), (vocabulary().disputes_channel, 1)):
        at = np.flatnonzero(places.slot == slot)
        report, low = places.report[at], places.low[at]
        outside = (low < bounds[0, report]) | (low >= bounds[1, report])
        found |= (np.bincount(report[outside], minlength=texts) >= least)[reports]
    return found


def further_labels(places: Places, reports: np.ndarray, start: np.ndarray, texts: int) -> np.ndarray:
    """Whether labels before the table of disputes, which begins behind ``start``, are enough for another one.

    Or labels far behind it, as far as any text of labels may reach.
    """
    far = np.full(len(reports), np.iinfo(np.int64).max)
    return _further(places, reports, start, far, texts)


def _more_labels(places: Places, reports: np.ndarray, start: np.ndarray, end: np.ndarray, texts: int) -> np.ndarray:
    """Whether the labels behind the table may be as many as those of the table itself."""
    bounds = np.zeros((3, texts), np.int64)
    bounds[:, reports] = start, end, end + _SPAN
    at = np.flatnonzero(places.slot == vocabulary().disputes_word)
    report, low = places.report[at], places.low[at]
    inside = np.bincount(report[(low >= bounds[0, report]) & (low < bounds[1, report])], minlength=texts)
    behind = np.bincount(report[(low >= bounds[1, report]) & (low < bounds[2, report])], minlength=texts)
    return (2 * behind >= inside)[reports]
