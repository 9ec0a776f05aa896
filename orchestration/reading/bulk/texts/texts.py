"""Many texts as arrays: their lines, their words and numbers, and their label text, without a loop over reports.

The same cut as ``pieces`` makes of one text, for what is plain: words and numbers parted by blanks, tabs or bars.
Offsets count bytes of ``Texts.data``, in which all texts stand one behind the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.reading.bulk.texts.arrays import Ranks, bytes_of, cut, ranges, series, starting
from orchestration.reading.bulk.texts.characters import (
    BAR,
    BLANK,
    IS_BLANK,
    IS_DIGIT,
    IS_HAN,
    IS_NEWLINE,
    LAST_BLANK,
    NEWLINE,
    Characters,
    read_characters,
)
from orchestration.reading.bulk.texts.spoken import settle_marks
from orchestration.reading.bulk.texts.words import TEXT, read_words
from orchestration.reading.pieces.cutting import FOOTER, RULE
from orchestration.reading.pieces.numbers import ENDS

_LONGEST_SKIPPED = 60  # bytes of an indented footer
_OTHER_BLANK = "[ \x1f\t]"
_MOST_STEPS = 40  # bytes of a line with bars, behind which it is looked at as a whole
_SHORT = 3  # bytes of most words that are no text
_DASHES, _PAGES = "·—–―─－•∙・", "第共"  # with which the number of a page may begin


def _among(held: bytes) -> np.ndarray:
    """Which bytes are some of these."""
    return np.isin(np.arange(256), np.frombuffer(held, np.uint8))


_LEADS, _OF_BARS = _among(b"-~_=:|pP"), _among(b"|:-= \x1f\t")
_DASH_LEADS, _PAGE_LEADS = (_among(bytes(sign.encode()[0] for sign in signs)) for signs in (_DASHES, _PAGES))
_ENDS = _among("".join(filter(str.isascii, ENDS)).encode())
_WIDE_ENDS = _among(bytes(sign.encode()[2] for sign in ENDS if not sign.isascii()))  # behind 0xEF 0xBC


@dataclass(slots=True)
class Texts:
    """Words are runs without blanks; all arrays of places are in order."""

    data: np.ndarray
    classes: np.ndarray  # what each byte is, see ``characters``
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
    characters = read_characters(texts, data, first)
    classes, usable = characters.classes, characters.usable & ~_broken(data, first)
    lines = characters.lines
    skipped = _skipped(data, lines, characters.slashes)
    data[skipped], classes[skipped] = BLANK, IS_BLANK
    begin, end = _words(classes)
    kind, value = read_words(data, begin, end)
    unsure = settle_marks(data, lines, begin, end, kind)
    keep = _keep(classes, begin, end, kind)
    kept = np.flatnonzero(keep)
    keeps = Ranks(keep)
    first_kept = np.minimum(keeps.before(first), len(kept) - 1)
    labels = series(data[kept[:-1]], first_kept)
    strange = _with_numbers(characters, data, first, begin, end, kind)
    strange = np.sort(np.concatenate((strange, unsure))) if len(unsure) else strange
    ends = Ranks(classes == IS_NEWLINE)
    return Texts(
        data, classes, first, lines, begin, end, kind, value, kept, ends, keeps, first_kept, labels, strange, usable
    )


def _broken(data: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Which texts end in a number that may be broken: all have got a line end, before which it stands."""
    one, two, three = (data[np.maximum(first[1:] - step, 0)] for step in (2, 3, 4))
    wide = (three == 0xEF) & (two == 0xBC)
    return _ENDS[one] | (wide & _WIDE_ENDS[one])


def _words(classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where words begin and end: between blanks, tabs and bars, which are what texts end with."""
    blank = classes <= LAST_BLANK
    edges = np.flatnonzero(blank[1:] != blank[:-1])
    edges += 1
    edges = edges if blank[0] else np.concatenate(([0], edges))
    return edges[0::2].copy(), edges[1::2].copy()


def _keep(classes: np.ndarray, begin: np.ndarray, end: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Which bytes are of the label text: the Chinese characters and digits of words that are text."""
    han = classes == IS_HAN
    keep = classes == IS_DIGIT
    keep |= han
    keep[1:] |= han[:-1]
    keep[2:] |= han[:-2]
    foreign = np.flatnonzero(kind)
    begin, size = begin[foreign], end[foreign] - begin[foreign]
    for step in range(_SHORT):
        keep[begin + step] = False
        longer = np.flatnonzero(size > step + 1)
        begin, size = begin[longer], size[longer]
    keep[ranges(begin + _SHORT, begin + size)[0]] = False
    keep[-1] = True  # the last line end, behind all label texts
    return keep


def _with_numbers(
    characters: Characters, data: np.ndarray, first: np.ndarray, begin: np.ndarray, end: np.ndarray, kind: np.ndarray
) -> np.ndarray:
    """Strange places, and the numbers of texts with characters that stand for others: their signs may be respelt."""
    respelt = np.flatnonzero(characters.respelt)
    word, _ = ranges(np.searchsorted(begin, first[respelt]), np.searchsorted(begin, first[respelt + 1]))
    signed = begin[word[(kind[word] != TEXT) & (data[end[word] - 1] > 127)]]
    return np.sort(np.concatenate((characters.strange, signed))) if len(signed) else characters.strange


def _with_plain_ends(texts: pl.Series) -> pl.Series:
    """LF line ends, and one at the end of each text."""
    mask = texts.str.contains("\r", literal=True)
    if mask.any():
        texts = texts.scatter(mask.arg_true(), texts.filter(mask).str.replace_all("\r\n", "\n", literal=True))
    return texts.to_frame("text").select(pl.concat_str("text", pl.lit("\n"))).to_series()


def _skipped(data: np.ndarray, lines: np.ndarray, slashes: np.ndarray) -> np.ndarray:
    """The bytes of lines that hold no cell: page footers, rules below a header, bars of spanned cells."""
    footer, rule = (p.pattern.replace(r"\s", _OTHER_BLANK).replace(r"\d", "[0-9]") for p in (FOOTER, RULE))
    pattern = rf"(?i)^{_OTHER_BLANK}*(?:{footer}|(?:{rule})?(?:\|(?:{rule})?)+){_OTHER_BLANK}*$"
    start = np.concatenate(([0], lines[:-1] + 1))
    lead = data[start]
    short = lines - start <= _LONGEST_SKIPPED
    likely = _LEADS[lead]
    likely |= (lead <= BLANK) & (lead != NEWLINE) & short
    dashed = np.flatnonzero(short & _DASH_LEADS[lead])
    likely[dashed] = starting(data, start[dashed], _DASHES)
    paged = np.flatnonzero(short & _PAGE_LEADS[lead])
    likely[paged] = _paged(data, start[paged])
    barred = np.flatnonzero(lead == BAR)
    likely[barred] = _bars_alone(data, start[barred] + 1, lines[barred])
    slash = np.searchsorted(lines, slashes)
    likely[slash] |= (lead[slash] <= ord("9")) | _paged(data, start[slash])
    chosen = np.flatnonzero(likely)
    found = chosen[cut(data, start[chosen], lines[chosen]).str.contains(pattern).to_numpy()]
    return ranges(start[found], lines[found])[0]


def _paged(data: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Whether lines begin as the number of a page does in words."""
    found = starting(data, start, _PAGES)
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
