"""What the words of many texts are: text, whole numbers, other numbers, marks, or something odd."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from orchestration.reading import numbers
from orchestration.reading.bulk.arrays import cut
from orchestration.reading.cutting import LONGEST_KEPT

TEXT, NUMBER, MARK, ODD, SKIPPED = range(5)  # an odd word makes a table around it doubtful, a skipped one does not
MOST_DIGITS = 9
HAN = 0xE4, 6  # the first byte of a Chinese character, and how many such bytes there are
_LETTER = re.compile(r"\w")
_HAN = re.compile("[\u4e00-\u9fff]")
_MAY_COUNT = re.compile(r"[+\-－＋−]?[\d０-９]")
_LONGEST_MARK = 9  # bytes


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


def word_kinds(data: np.ndarray, begin: np.ndarray, end: np.ndarray, plain: np.ndarray) -> np.ndarray:
    """Text where a word holds Chinese characters and is no number; what is unclear is read as ``numbers`` reads it."""
    kind = np.full(len(begin), TEXT, np.uint8)
    kind[plain] = NUMBER
    size = end - begin
    lead = data[begin]
    starts_han = lead - np.uint8(HAN[0]) < HAN[1]
    rest = np.flatnonzero(~plain & ~(starts_han & (size > 9)))
    rest = rest[~_short(data, begin[rest], size[rest], starts_han[rest], kind, rest)]
    rest = rest[~_labels(data, begin[rest], size[rest])]
    words = cut(data, begin[rest], end[rest]).to_list()
    kind[rest] = [_short_kind(word) if len(word) <= LONGEST_KEPT else _long_kind(word) for word in words]
    return kind


def _labels(data: np.ndarray, begin: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Which words are text at first sight: 1.属于…, 1、属于…, and a bracket before a Chinese character."""
    last = len(data) - 1
    one, two = data[begin], data[begin + 1]
    three, four = data[np.minimum(begin + 2, last)], data[np.minimum(begin + 3, last)]
    han_two, han_three, han_four = (byte - np.uint8(HAN[0]) < HAN[1] for byte in (two, three, four))
    item = (one - np.uint8(48) < 10) & (((two == ord(".")) & han_three) | ((two == 0xE3) & (size > 6)))
    bracket = (one == 0xE3) | ((one == 0xEF) & (two == 0xBC) & (three == 0x88))
    return item | ((size > 9) & (((one == ord("(")) & han_two) | (bracket & han_four)))


def _short(
    data: np.ndarray, begin: np.ndarray, size: np.ndarray, starts_han: np.ndarray, kind: np.ndarray, number: np.ndarray
) -> np.ndarray:
    """Settle the words of one to three Chinese characters, packed into integers; which words these are."""
    settled = starts_han & (size % 3 == 0) & (size <= 9)
    short = np.flatnonzero(settled)
    packed = np.zeros(len(short), np.int64)
    for at in range(0, 9, 3):
        there = size[short] > at
        place = np.where(there, begin[short] + at, begin[short])
        head = data[place] - np.uint8(HAN[0])
        settled[short[head >= HAN[1]]] = False
        code = (
            ((head.astype(np.int64) + 4) << 12)
            | ((data[place + 1] & 63).astype(np.int64) << 6)
            | (data[place + 2] & 63)
        )
        packed = (packed << 16) | np.where(there, code, 0)
    packed, short = packed[settled[short]], short[settled[short]]
    found, which = np.unique(packed, return_inverse=True)
    codes = ([code >> shift & 0xFFFF for shift in (32, 16, 0)] for code in found.tolist())
    words = ["".join(chr(code) for code in three if code) for three in codes]
    kind[number[short]] = np.array([_kind(word, False) for word in words], np.uint8)[which]
    return settled


@lru_cache(maxsize=65536)
def _short_kind(word: str) -> int:
    return _long_kind(word)


def _long_kind(word: str) -> int:
    foreign = _HAN.search(word) is None
    surely_text = not foreign and len(word.encode()) > _LONGEST_MARK and not _MAY_COUNT.match(word)
    return TEXT if surely_text else _kind(word, foreign)


@lru_cache(maxsize=65536)
def _kind(word: str, foreign: bool) -> int:
    """``foreign`` is a word without Chinese characters; where it is neither number nor mark, it may be a value."""
    reading = numbers.parse(word)
    if reading.doubt:
        return ODD
    if reading.kind != "other":
        return NUMBER if reading.kind == "number" else MARK
    return TEXT if not foreign else ODD if _LETTER.search(word) else SKIPPED
