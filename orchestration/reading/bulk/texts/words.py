"""What the words of many texts are: text, whole numbers, other numbers, marks, or something odd."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from orchestration.reading.bulk.texts.arrays import starting
from orchestration.reading.bulk.texts.characters import HAN
from orchestration.reading.pieces import numbers

TEXT, NUMBER, MARK, ODD, SKIPPED = range(5)  # an odd word makes a table around it doubtful, a skipped one does not
MOST_DIGITS = 9
_UNKNOWN = 255
_MOST_AGAIN = 4
_LETTER = re.compile(r"\w")
_HAN = re.compile("[\u4e00-\u9fff]")
_MAY_COUNT = re.compile(r"[+\-－＋−]?[\d０-９]")
_LONGEST_MARK = 9  # bytes
_LONGEST_KEPT = 64  # bytes of a word that may come again
# What no number begins with. Nor does a mark, but for 无 and 不, and a bracket before 无.
_OPENERS = np.isin(np.arange(256), np.frombuffer(b"!\"#$%&'(*:;<=>?@[]^_`{}~", np.uint8))


def read_words(data: np.ndarray, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The kinds of words, and the values of those that are whole numbers without sign or leading zero; -1 for others.

    Text is a word that holds Chinese characters and is no number; what is unclear is read as ``numbers`` reads it.
    """
    size = end - begin
    lead = data[begin]
    kind = np.full(len(begin), TEXT, np.uint8)
    value = np.full(len(begin), -1)
    counts = np.flatnonzero(lead - np.uint8(48) < 10)
    value[counts] = _whole_numbers(data, begin[counts], size[counts], lead[counts])
    plain = value >= 0
    kind[plain] = NUMBER
    rest = np.flatnonzero(~plain & (lead - np.uint8(HAN[0]) >= HAN[1]))
    known = _at_first_sight(data, begin[rest], size[rest], lead[rest])
    kind[rest] = known
    rest = np.concatenate((rest[known == _UNKNOWN], _maybe_marks(data, begin, size, lead)))
    view = data.data
    for word, low, high in zip(rest.tolist(), begin[rest].tolist(), end[rest].tolist(), strict=True):
        text = view[low:high].tobytes()
        kind[word] = _short_kind(text) if high - low <= _LONGEST_KEPT else _long_kind(text)
    return kind, value


def _whole_numbers(data: np.ndarray, begin: np.ndarray, size: np.ndarray, lead: np.ndarray) -> np.ndarray:
    """The values of words that begin with a digit, -1 where other characters follow or a zero leads."""
    value = (lead - np.uint8(48)).astype(np.int64)
    value[(size > MOST_DIGITS) | ((lead == ord("0")) & (size > 1))] = -1
    rest = np.flatnonzero((size > 1) & (value > 0))
    for step in range(1, MOST_DIGITS):
        digit = data[begin[rest] + step] - np.uint8(48)
        fine = digit < 10
        value[rest] = np.where(fine, value[rest] * 10 + digit, -1)
        rest = rest[fine & (size[rest] > step + 1)]
    return value


def _at_first_sight(data: np.ndarray, begin: np.ndarray, size: np.ndarray, lead: np.ndarray) -> np.ndarray:
    """The kinds of words that begin with no Chinese character, where their first characters or the last one tell.

    These are one ASCII character, once or again: / or ##. And text, as what follows can be in no number: 1.属于…,
    1．属于…, 1、属于…, 2023年…, 3件…。, and words with a Chinese character behind one or two such as (, **, 《 or （
    with which nothing but text begins; of those with a bracket 无 may be a mark.
    """
    last = len(data) - 1
    two, three, four, five, six, seven = following = [data[np.minimum(begin + step, last)] for step in range(1, 7)]
    han = [byte - np.uint8(HAN[0]) < HAN[1] for byte in following]
    digit = lead - np.uint8(48) < 10
    text = (two == ord(".")) & han[1] & (size > 2)
    text |= (two == 0xEF) & (three == 0xBC) & (four == 0x8E) & han[3] & (size > 4)
    text |= (two == 0xE3) & (four != 0x90) & han[3] & (size > 6)  # behind 【 a note may stand
    year = (five == 0xE5) & (six == 0xB9) & (seven == 0xB4) & (size > 6)
    for byte in (two, three, four):
        year &= byte - np.uint8(48) < 10
    text |= year
    text &= digit
    opened = _OPENERS[lead] & (size > 3) & (han[0] | (_OPENERS[two] & han[1]))
    bracket = (lead == 0xEF) & (two == 0xBC) & (three == 0x88)
    opened |= ((lead == 0xE3) | bracket) & han[2] & (size > 5)
    unsaid = (two == 0xE6) | (three == 0xE6) | (four == 0xE6)
    text |= opened & (~unsaid | (size > _LONGEST_MARK))
    long = np.flatnonzero((size > _LONGEST_MARK) & np.logical_or.reduce(han))
    text[long] |= starting(data, begin[long] + size[long] - 3, "。")
    kind = np.where(text, np.uint8(TEXT), np.uint8(_UNKNOWN))
    again = size <= _MOST_AGAIN
    for step, byte in enumerate((two, three, four), 1):
        again &= (byte == lead) | (size <= step)
    again = np.flatnonzero(again)
    kind[again] = _runs()[size[again] - 1, lead[again]]
    return kind


@lru_cache(maxsize=1)
def _runs() -> np.ndarray:
    """The kinds of words of one ASCII character, by how often it stands there (less one) and the character."""
    kinds = np.full((_MOST_AGAIN, 256), _UNKNOWN, np.uint8)
    for times in range(_MOST_AGAIN):
        kinds[times, :128] = [_long_kind(bytes([byte]) * (times + 1)) for byte in range(128)]
    return kinds


def _maybe_marks(data: np.ndarray, begin: np.ndarray, size: np.ndarray, lead: np.ndarray) -> np.ndarray:
    """Which words begin with 无, 無 or 不 and are as short as a mark."""
    likely = np.flatnonzero(((lead == 0xE6) | (lead == 0xE7) | (lead == 0xE4)) & (size <= _LONGEST_MARK))
    place = begin[likely]
    two, three = data[place + 1], data[place + 2]
    none = (lead[likely] == 0xE6) & (two == 0x97) & (three == 0xA0)
    none |= (lead[likely] == 0xE7) & (two == 0x84) & (three == 0xA1)
    return likely[none | ((lead[likely] == 0xE4) & (two == 0xB8) & (three == 0x8D))]


@lru_cache(maxsize=65536)
def _short_kind(word: bytes) -> int:
    return _long_kind(word)


def _long_kind(data: bytes) -> int:
    word = data.decode()
    foreign = _HAN.search(word) is None
    if not foreign and len(data) > _LONGEST_MARK and not _MAY_COUNT.match(word):
        return TEXT
    reading = numbers.parse(word)
    if reading.doubt:
        return ODD
    if reading.kind != "other":
        return NUMBER if reading.kind == "number" else MARK
    # A word without Chinese characters that is neither number nor mark may be a value.
    return TEXT if not foreign else ODD if _LETTER.search(word) else SKIPPED
