"""Many texts as arrays: their lines, their words and numbers, and their label text, without a loop over reports.

The same cut as ``pieces`` makes of one text, for what is plain: words and numbers parted by blanks, tabs or bars.
Offsets count bytes of ``Texts.data``, in which all texts stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
import pyarrow as pa

from orchestration.form import declaration
from orchestration.reading.bulk_words import MOST_DIGITS, TEXT, whole_numbers, word_kinds
from orchestration.reading.normal import key, simplified
from orchestration.reading.pieces import FOOTER, RULE

TAB, BAR, NEWLINE = 9, 124, 10
_WIDE_BLANK = 0x1F  # stands for an ideographic or a no-break space: a blank that is no ASCII space
_UNUSABLE = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
# What the text of a plain table is made of, besides Chinese characters and line ends.
_PLAIN = r"^[\n\t -@\[-`{-~\u00a0·\u2010-\u2027\u2030-\u203f\u3000-\u3003\u3008-\u301f\u4e00-\u9fff！-／：-＠［-｀｛～｝]*$"


@dataclass(slots=True)
class Texts:
    """``words`` are runs without blanks; ``kept`` are the bytes of the label text; both in order."""

    text: pl.Series
    data: np.ndarray
    first: np.ndarray  # where each text begins, and where the last one ends
    lines: np.ndarray  # where the lines end
    begin: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    value: np.ndarray  # of plain whole numbers
    kept: np.ndarray  # and, as the last one, the end of the data
    first_kept: np.ndarray  # as ``first``, in ``kept``
    labels: pl.Series  # the label text of each report
    usable: np.ndarray  # per text: whether it holds no control characters or rare blanks

    def plain(self, reports: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Whether the reports hold nothing but ordinary characters between two places."""
        bytes_ = self.text.gather(reports).cast(pl.Binary)
        frame = pl.DataFrame({"text": bytes_, "low": low - self.first[reports], "size": high - low})
        part = pl.col("text").bin.slice("low", "size").cast(pl.String, strict=False)
        return frame.select(part.str.contains(_PLAIN).fill_null(False)).to_series().to_numpy()

    def label_strings(self, begin: np.ndarray, end: np.ndarray) -> pl.Series:
        """The label texts between pairs of offsets in ``kept``."""
        places, offsets = _ranges(begin, end)
        return _series(self.data[self.kept[places]], offsets)


def _ranges(begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All places of the ranges, one behind the other, and where each range begins among them."""
    sizes = end - begin
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return np.arange(offsets[-1]) + np.repeat(begin - offsets[:-1], sizes), offsets


def cut(data: np.ndarray, begin: np.ndarray, end: np.ndarray) -> pl.Series:
    """The strings between pairs of offsets of UTF-8 bytes."""
    places, offsets = _ranges(begin, end)
    return _series(data[places], offsets)


def _series(data: np.ndarray, offsets: np.ndarray) -> pl.Series:
    array = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    return pl.Series(pl.from_arrow(array))


@lru_cache(maxsize=1)
def _skipped_lines() -> str:
    """A pattern for lines that hold no cell: page footers, rules below a header, bars of spanned cells."""
    footer, rule = (p.pattern.replace(r"\s", "[ \t\u3000\u00a0]").replace(r"\d", "[0-9]") for p in (FOOTER, RULE))
    return rf"(?mi)^[ \t\u3000\u00a0]*(?:{footer}|(?:{rule})?(?:\|(?:{rule})?)+)[ \t\u3000\u00a0]*$"


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Radicals, compatibility forms and Traditional forms by the character of a label that they stand for."""
    whole = declaration()
    wordings = [form.name_zh for form in whole.forms] + [row.citation for row in whole.rows]
    for form in whole.form_names:
        for table in {f.table_code for f in whole.forms}:
            for kind in ("row", "column", "group"):
                wordings += [text for _, text in whole.labels_of(form, table, kind)]
    known = set(key("".join(wordings)))
    codes = [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00), *simplified(all_forms=True)]
    return {chr(code): key(chr(code)) for code in codes if key(chr(code)) in known and chr(code) not in known}


def _where(texts: pl.Series, mask: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    return texts.scatter(mask.arg_true(), change(texts.filter(mask))) if mask.any() else texts


def _prepared(texts: pl.Series) -> tuple[pl.Series, np.ndarray]:
    """The texts with LF line ends, known spellings and no footers, and which of them are usable."""
    spellings = _spellings()
    texts = texts.rename("text")
    texts = _where(texts, texts.str.contains("\r", literal=True), lambda s: s.str.replace_all("\r\n", "\n", literal=True))
    odd = texts.str.contains(f"[{_UNUSABLE}{''.join(spellings)}]")
    usable = ~(odd & texts.zip_with(odd, pl.Series([""])).str.contains(f"[{_UNUSABLE}]")).to_numpy()
    texts = _where(texts, odd, lambda s: s.str.replace_many(list(spellings), list(spellings.values())))
    texts = texts.str.replace_all(_skipped_lines(), "")
    return texts.to_frame().select(pl.concat_str("text", pl.lit("\n"))).to_series().rechunk(), usable


def read_texts(texts: pl.Series) -> Texts:
    """Cut texts; each must be a valid string, none null."""
    texts, usable = _prepared(texts)
    array = texts.to_arrow()
    array = array if pa.types.is_large_string(array.type) else array.cast(pa.large_string())
    first = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]
    data = np.frombuffer(array.buffers()[2], np.uint8)[first[0] : first[-1]].copy()
    first = first - first[0]
    _widen_blanks(data)
    blank = (data <= 32) | (data == BAR)
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    edges = edges if blank[0] else np.concatenate(([0], edges))
    begin, end = edges[0::2], edges[1::2]
    value, plain = whole_numbers(data, begin, end)
    han = data - np.uint8(0xE4) < 6
    kind = word_kinds(data, begin, end, plain, han, cut)
    keep = data - np.uint8(48) < 10
    keep |= han
    keep[1:] |= han[:-1]
    keep[2:] |= han[:-2]
    foreign = np.flatnonzero(kind)
    places, _ = _ranges(begin[foreign], end[foreign])
    keep[places] = False
    keep[-1] = True  # the last line end, behind all label texts
    kept = np.flatnonzero(keep)
    first_kept = np.minimum(np.searchsorted(kept, first), len(kept) - 1)
    labels = _series(data[kept[:-1]], first_kept)
    lines = np.flatnonzero(data == NEWLINE)
    return Texts(texts, data, first, lines, begin, end, kind, value, kept, first_kept, labels, usable)


def _widen_blanks(data: np.ndarray) -> None:
    """Put one mark for the blanks of two and three bytes that a text may hold."""
    for size, head in ((2, b"\xc2\xa0"), (3, b"\xe3\x80\x80")):
        place = np.flatnonzero(data[: 1 - size] == head[0])
        for step in range(1, size):
            place = place[data[place + step] == head[step]]
        for step in range(size):
            data[place + step] = _WIDE_BLANK
