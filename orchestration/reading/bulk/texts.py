"""Many texts as arrays: their lines, their words and numbers, and their label text, without a loop over reports.

The same cut as ``pieces`` makes of one text, for what is plain: words and numbers parted by blanks, tabs or bars.
Offsets count bytes of ``Texts.data``, in which all texts stand one behind the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.reading.bulk.arrays import Ranks, bytes_of, cut, ranges, series, starting
from orchestration.reading.bulk.characters import BLANK, read_characters
from orchestration.reading.bulk.words import whole_numbers, word_kinds
from orchestration.reading.cutting import FOOTER, RULE
from orchestration.reading.numbers import ENDS

TAB, BAR, NEWLINE = 9, 124, 10
_LONGEST_SKIPPED = 60  # bytes of an indented footer
_OTHER_BLANK = "[ \x1f\t]"
_MOST_STEPS = 40  # bytes of a line with bars, behind which it is looked at as a whole
_LEADS, _OF_BARS = (np.isin(np.arange(256), np.frombuffer(held, np.uint8)) for held in (b"-~_=:|pP", b"|:-= \x1f\t"))


@dataclass(slots=True)
class Texts:
    """Words are runs without blanks; all arrays of places are in order."""

    data: np.ndarray
    first: np.ndarray  # where each text begins, and where the last one ends
    lines: np.ndarray  # where the lines end
    begin: np.ndarray  # of each word
    end: np.ndarray
    kind: np.ndarray
    value: np.ndarray  # of words that are plain whole numbers, else -1
    kept: np.ndarray  # the bytes of the label text and, as the last one, the end of the data
    line_ends: Ranks
    keeps: Ranks  # of ``kept``
    first_kept: np.ndarray  # as ``first``, in ``kept``
    labels: pl.Series  # the label text of each report
    strange: np.ndarray  # characters that a plain table does not hold
    usable: np.ndarray  # per text: no control characters or rare blanks

    def label_strings(self, begin: np.ndarray, end: np.ndarray) -> pl.Series:
        """The label texts between pairs of offsets in ``kept``."""
        places, offsets = ranges(begin, end)
        return series(self.data[self.kept[places]], offsets)


def read_texts(texts: pl.Series) -> Texts:
    """Cut texts; each must be a valid string, none null."""
    data, first = bytes_of(_with_plain_ends(texts))
    line_ends = data == NEWLINE
    lines = np.flatnonzero(line_ends)
    strange, usable, respelt = read_characters(texts, data, first)
    usable &= ~texts.str.tail(1).is_in(ENDS).to_numpy()  # the last number may be broken
    _skip_lines(data, lines)
    blank = data <= BLANK
    blank |= data == BAR
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    edges = edges if blank[0] else np.concatenate(([0], edges))
    begin, end = edges[0::2], edges[1::2]
    value, plain = whole_numbers(data, begin, end)
    han = data - np.uint8(0xE4) < 6
    kind = word_kinds(data, begin, end, plain)
    keep = data - np.uint8(48) < 10
    keep |= han
    keep[1:] |= han[:-1]
    keep[2:] |= han[:-2]
    foreign = np.flatnonzero(kind)
    strange = _with_numbers(strange, begin[foreign], data[end[foreign] - 1], first, respelt)
    places, _ = ranges(begin[foreign], end[foreign])
    keep[places] = False
    keep[-1] = True  # the last line end, behind all label texts
    kept = np.flatnonzero(keep)
    keeps = Ranks(keep)
    first_kept = np.minimum(keeps.before(first), len(kept) - 1)
    labels = series(data[kept[:-1]], first_kept)
    ends = Ranks(line_ends)
    return Texts(data, first, lines, begin, end, kind, value, kept, ends, keeps, first_kept, labels, strange, usable)


def _with_numbers(
    strange: np.ndarray, begin: np.ndarray, last: np.ndarray, first: np.ndarray, respelt: np.ndarray
) -> np.ndarray:
    """Strange places, and the numbers of texts with characters that stand for others: their signs may be respelt."""
    signed = begin[last > 127]
    return np.sort(np.concatenate((strange, signed[respelt[np.searchsorted(first, signed, "right") - 1]])))


def _with_plain_ends(texts: pl.Series) -> pl.Series:
    """LF line ends, and one at the end of each text."""
    mask = texts.str.contains("\r", literal=True)
    if mask.any():
        texts = texts.scatter(mask.arg_true(), texts.filter(mask).str.replace_all("\r\n", "\n", literal=True))
    return texts.to_frame("text").select(pl.concat_str("text", pl.lit("\n"))).to_series()


def _skip_lines(data: np.ndarray, lines: np.ndarray) -> None:
    """Blank the lines that hold no cell: page footers, rules below a header, bars of spanned cells."""
    footer, rule = (p.pattern.replace(r"\s", _OTHER_BLANK).replace(r"\d", "[0-9]") for p in (FOOTER, RULE))
    pattern = rf"(?i)^{_OTHER_BLANK}*(?:{footer}|(?:{rule})?(?:\|(?:{rule})?)+){_OTHER_BLANK}*$"
    start = np.concatenate(([0], lines[:-1] + 1))
    lead = data[start]
    likely = _LEADS[lead]
    likely |= (lead <= BLANK) & (lead != NEWLINE) & (lines - start <= _LONGEST_SKIPPED)
    wide = np.flatnonzero((lead >= 0xC2) & (lines - start <= _LONGEST_SKIPPED))
    likely[wide] = starting(data, start[wide], "·—–―─－•∙・") | _paged(data, start[wide])
    barred = np.flatnonzero(lead == BAR)
    likely[barred] = _bars_alone(data, start[barred] + 1, lines[barred])
    slash = np.searchsorted(lines, np.flatnonzero(data == ord("/")))
    likely[slash] |= (lead[slash] <= ord("9")) | _paged(data, start[slash])
    chosen = np.flatnonzero(likely)
    found = chosen[cut(data, start[chosen], lines[chosen]).str.contains(pattern).to_numpy()]
    places, _ = ranges(start[found], lines[found])
    data[places] = BLANK


def _paged(data: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Whether lines begin as the number of a page does in words."""
    found = starting(data, start, "第共")
    found[found] = data[start[found] + 3] <= ord("9")
    return found


def _bars_alone(data: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Whether the first bytes of lines, up to a few, are none but those of bars, rules and blanks."""
    alone = np.ones(len(start), bool)
    rest = np.arange(len(start))
    for step in range(_MOST_STEPS):
        rest = rest[start[rest] + step < stop[rest]]
        fine = _OF_BARS[data[start[rest] + step]]
        alone[rest[~fine]] = False
        rest = rest[fine]
    return alone
