"""Many texts as arrays: their lines, their words and numbers, and their label text, without a loop over reports.

The same cut as ``pieces`` makes of one text, for what is plain: words and numbers parted by blanks, tabs or bars.
Offsets count bytes of ``Texts.data``, in which all texts stand one behind the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.reading.bulk.arrays import bytes_of, cut, ranges, series, starting
from orchestration.reading.bulk.characters import BLANK, read_characters
from orchestration.reading.bulk.words import whole_numbers, word_kinds
from orchestration.reading.cutting import FOOTER, RULE

TAB, BAR, NEWLINE = 9, 124, 10
_LONGEST_SKIPPED = 60  # bytes of an indented footer
_OTHER_BLANK = "[ \x1f\t]"


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
    first_kept: np.ndarray  # as ``first``, in ``kept``
    labels: pl.Series  # the label text of each report
    strange: np.ndarray  # characters that a plain table does not hold
    usable: np.ndarray  # per text: no control characters or rare blanks
    respelt: np.ndarray  # per text: characters that stand for others in labels

    def label_strings(self, begin: np.ndarray, end: np.ndarray) -> pl.Series:
        """The label texts between pairs of offsets in ``kept``."""
        places, offsets = ranges(begin, end)
        return series(self.data[self.kept[places]], offsets)


def read_texts(texts: pl.Series) -> Texts:
    """Cut texts; each must be a valid string, none null."""
    data, first = bytes_of(_with_plain_ends(texts))
    lines = np.flatnonzero(data == NEWLINE)
    characters = read_characters(texts, data, first)
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
    places, _ = ranges(begin[foreign], end[foreign])
    keep[places] = False
    keep[-1] = True  # the last line end, behind all label texts
    kept = np.flatnonzero(keep)
    first_kept = np.minimum(np.searchsorted(kept, first), len(kept) - 1)
    labels = series(data[kept[:-1]], first_kept)
    return Texts(data, first, lines, begin, end, kind, value, kept, first_kept, labels, *characters)


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
    likely = np.isin(lead, np.frombuffer(b"-~_=:|pP", np.uint8))
    likely |= (lead <= BLANK) & (lead != NEWLINE) & (lines - start <= _LONGEST_SKIPPED)
    wide = np.flatnonzero((lead >= 0xC2) & (lines - start <= _LONGEST_SKIPPED))
    likely[wide] = starting(data, start[wide], "·—–―─－•∙・第共")
    slash = np.searchsorted(lines, np.flatnonzero(data == ord("/")))
    likely[slash] = True
    chosen = np.flatnonzero(likely)
    found = chosen[cut(data, start[chosen], lines[chosen]).str.contains(pattern).to_numpy()]
    places, _ = ranges(start[found], lines[found])
    data[places] = BLANK
