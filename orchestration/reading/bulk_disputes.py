"""The dispute tables of many texts: the label text with the places of its values decides, once for all that share it."""

from __future__ import annotations

import numpy as np

from orchestration.form import declaration
from orchestration.reading.bulk_labels import Places, vocabulary
from orchestration.reading.bulk_lines import Lines
from orchestration.reading.bulk_proofs import plain_disputes
from orchestration.reading.bulk_text import Texts
from orchestration.reading.bulk_values import Rows, Values

_TAIL = 48  # bytes behind the values that show where the table ends
_SPAN = 3600  # bytes behind the table in which more labels could outweigh it
_BLANK, _TAB, _LINE = b" \t\n"


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
    kept = np.append(texts.kept, len(texts.data) - 1)
    count = len(declaration().cells_of(form, "disputes"))
    first = np.searchsorted(values.place, kept[heading])
    stop = np.searchsorted(values.place, texts.first[reports + 1])
    plain = stop - first >= count
    first = np.where(plain, first, 0)
    own = first[:, None] + np.arange(count)
    at, line = values.at[own], values.line[own]
    end = _ends(texts, kept, reports, at[:, -1])
    after = np.append(values.at, len(kept))[np.minimum(first + count, stop)]
    plain &= (first + count == stop) | (after >= end)
    plain &= values.alone[own].all(axis=1)
    marks, fine = _marks(texts, lines, values, own, at, kept)
    plain &= fine & ~_more_labels(places, reports, start, at[:, -1], len(texts.first) - 1)
    found = np.full(len(reports), -1)
    chosen = np.flatnonzero(plain)
    strings = texts.label_strings(start[chosen], end[chosen]).to_list()
    offsets = (at - start[:, None])[chosen].astype(np.int32)
    for index, text, offset, mark in zip(chosen.tolist(), strings, offsets, marks[chosen], strict=True):
        found[index] = plain_disputes(form, text, offset.tobytes(), mark.tobytes())
    plain &= found >= 0
    last = line[:, -1]
    following = lines.line(kept[at[:, -1]])
    plain &= (lines.empty[following] == lines.empty[last + 1]) & ~lines.parted[following]
    return Rows(plain, first, lines.line(kept[start + np.maximum(found, 0)]), last)


def _ends(texts: Texts, kept: np.ndarray, reports: np.ndarray, at: np.ndarray) -> np.ndarray:
    """A little behind the values, between two characters."""
    end = np.minimum(at + _TAIL, texts.first_kept[reports + 1])
    for _ in range(2):
        end -= (end < len(texts.kept)) & ((texts.data[kept[end]] & 0xC0) == 0x80)
    return end


def _marks(
    texts: Texts, lines: Lines, values: Values, own: np.ndarray, at: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What parts each value from what comes before it, and whether cells and lines leave no doubt."""
    line, place = values.line[own], values.place[own]
    before = texts.end[np.maximum(values.word[own] - 1, 0)]
    new_line = lines.line(before) != line
    partings = np.searchsorted(lines.parting, place) - np.searchsorted(lines.parting, before)
    drawn = lines.is_drawn[line]
    marks = np.where(new_line, _LINE, np.where(partings > 0, _TAB, _BLANK)).astype(np.uint8)
    same = ~new_line
    fine = (~same | (partings == drawn)).all(axis=1)
    begins = np.ones(at.shape, bool)
    begins[:, 1:] = at[:, 1:] != at[:, :-1]
    ends = np.ones(at.shape, bool)
    ends[:, :-1] = begins[:, 1:]
    # Text stands on lines of its own; a run of values in cells takes one line.
    fine &= (~ends | (lines.line(kept[at]) > line)).all(axis=1)
    fine &= (~drawn | begins | same).all(axis=1)
    fine &= ~(drawn & begins & same).any(axis=1)
    whole = begins.sum(axis=1) == 1
    return marks, fine & (whole | ~drawn.any(axis=1))


def _more_labels(places: Places, reports: np.ndarray, start: np.ndarray, end: np.ndarray, texts: int) -> np.ndarray:
    """Whether the labels behind the table may be as many as those of the table itself."""
    bounds = np.zeros((3, texts), np.int64)
    bounds[:, reports] = start, end, end + _SPAN
    at = np.flatnonzero(places.slot == vocabulary().disputes_word)
    report, low = places.report[at], places.low[at]
    inside = np.bincount(report[(low >= bounds[0, report]) & (low < bounds[1, report])], minlength=texts)
    behind = np.bincount(report[(low >= bounds[1, report]) & (low < bounds[2, report])], minlength=texts)
    return (2 * behind >= inside)[reports]
