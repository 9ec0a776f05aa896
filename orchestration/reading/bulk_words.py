"""What the words of many texts are: text, whole numbers, other numbers, marks, or something odd."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import polars as pl

from orchestration.reading import numbers

TEXT, NUMBER, MARK, ODD, SKIPPED = range(5)  # an odd word makes a table around it doubtful, a skipped one does not
MOST_DIGITS = 9
HAN = 0xE4, 6  # the first byte of a Chinese character, and how many such bytes there are
_LETTER = re.compile(r"\w")
_MAY_COUNT = r"^[+\-－＋−]?[\d０-９]"


def whole_numbers(data: np.ndarray, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which words are whole numbers without sign or leading zero, and their values; -1 for other words."""
    size = end - begin
    digit = data[begin] - np.uint8(48)
    value = digit.astype(np.int64)
    plain = (digit < 10) & (size <= MOST_DIGITS) & ((digit > 0) | (size == 1))
    rest = np.flatnonzero(plain & (size > 1))
    for step in range(1, MOST_DIGITS):
        digit = data[begin[rest] + step] - np.uint8(48)
        plain[rest[digit > 9]] = False
        rest, digit = rest[digit < 10], digit[digit < 10]
        value[rest] = value[rest] * 10 + digit
        rest = rest[size[rest] > step + 1]
    value[~plain] = -1
    return value, plain


def word_kinds(
    data: np.ndarray, begin: np.ndarray, end: np.ndarray, plain: np.ndarray, han: np.ndarray, cut: Callable
) -> np.ndarray:
    """Text where a word holds Chinese characters and is no number; what is unclear is read as ``numbers`` reads it."""
    kind = np.full(len(begin), TEXT, np.uint8)
    kind[plain] = NUMBER
    size = end - begin
    lead = data[begin]
    starts_han = lead - np.uint8(HAN[0]) < HAN[1]
    rest = np.flatnonzero(~plain & ~(starts_han & (size > 9)))
    rest = _short(data, begin, size, rest[starts_han[rest]], kind, rest)
    # 1.属于… and 1、属于… are text, and so is what begins with a bracket before a Chinese character.
    lead, second = data[begin[rest]], data[begin[rest] + 1]
    third = data[np.minimum(begin[rest] + 2, len(data) - 1)]
    fourth = data[np.minimum(begin[rest] + 3, len(data) - 1)]
    digit = lead - np.uint8(48) < 10
    item = digit & (((second == 46) & (third - np.uint8(HAN[0]) < HAN[1])) | ((second == 0xE3) & (size[rest] > 6)))
    opened = (size[rest] > 9) & (
        ((lead == 40) & (second - np.uint8(HAN[0]) < HAN[1]))
        | (((lead == 0xE3) | ((lead == 0xEF) & (second == 0xBC) & (third == 0x88))) & (fourth - np.uint8(HAN[0]) < HAN[1]))
    )
    rest = rest[~(item | opened)]
    places = np.flatnonzero(han)
    foreign = np.searchsorted(places, begin[rest]) == np.searchsorted(places, end[rest])
    strings = cut(data, begin[rest], end[rest])
    asked = np.flatnonzero(foreign | (size[rest] <= 9) | strings.str.contains(_MAY_COUNT).to_numpy())
    frame = pl.DataFrame({"word": strings.gather(asked), "foreign": foreign[asked]})
    words = frame.unique()
    answers = words.with_columns(kind=pl.Series([_kind(*row) for row in words.iter_rows()], dtype=pl.UInt8))
    kind[rest[asked]] = frame.join(answers, on=["word", "foreign"], how="left", maintain_order="left")["kind"]
    return kind


def _short(
    data: np.ndarray, begin: np.ndarray, size: np.ndarray, short: np.ndarray, kind: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    """Settle the words of one to three Chinese characters, packed into integers; the words that are left of ``rest``."""
    short = short[size[short] % 3 == 0]
    packed = np.zeros(len(short), np.int64)
    whole = np.ones(len(short), bool)
    for at in range(0, 9, 3):
        there = size[short] > at
        place = np.where(there, begin[short] + at, begin[short])
        head = data[place] - np.uint8(HAN[0])
        whole &= head < HAN[1]
        code = ((head.astype(np.int64) + 4) << 12) | ((data[place + 1] & 63).astype(np.int64) << 6) | (data[place + 2] & 63)
        packed = (packed << 16) | np.where(there, code, 0)
    short, packed = short[whole], packed[whole]
    found, which = np.unique(packed, return_inverse=True)
    words = ["".join(chr(code >> shift & 0xFFFF) for shift in (32, 16, 0) if code >> shift & 0xFFFF) for code in found.tolist()]
    kind[short] = np.array([_kind(word, False) for word in words], np.uint8)[which]
    return np.setdiff1d(rest, short, assume_unique=True)


@lru_cache(maxsize=65536)
def _kind(word: str, foreign: bool) -> int:
    """``foreign`` is a word without Chinese characters; where it is neither number nor mark, it may be a value."""
    reading = numbers.parse(word)
    if reading.doubt:
        return ODD
    if reading.kind != "other":
        return NUMBER if reading.kind == "number" else MARK
    return TEXT if not foreign else ODD if _LETTER.search(word) else SKIPPED
