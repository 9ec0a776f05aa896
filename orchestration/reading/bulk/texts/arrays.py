"""Between strings of Polars and arrays of bytes, in both directions, without a loop."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa


def bytes_of(texts: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """The UTF-8 bytes of all texts, one behind the other, and where each begins; one more for the end."""
    array = texts.rechunk().to_arrow()
    array = array if pa.types.is_large_string(array.type) else array.cast(pa.large_string())
    first = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]
    data = np.frombuffer(array.buffers()[2] or b"", np.uint8)[first[0] : first[-1]]
    return data.copy(), first - first[0]


def series(data: np.ndarray, offsets: np.ndarray) -> pl.Series:
    """The strings that begin and end at ``offsets``."""
    array = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    return pl.Series(array)


class Ranks:
    """How many of the places that a mask marks stand before others: looked up in a bit for each, not searched."""

    def __init__(self, marked: np.ndarray) -> None:
        bits = np.zeros(len(marked) // 64 * 8 + 8, np.uint8)  # a place behind the last one can be asked for too
        packed = np.packbits(marked, bitorder="little")
        bits[: len(packed)] = packed
        self._bits = bits.view(np.uint64)
        self._sums = np.zeros(len(self._bits), np.int64)
        np.cumsum(np.bitwise_count(self._bits[:-1]), out=self._sums[1:])

    def before(self, places: np.ndarray) -> np.ndarray:
        """The number of marked places before each place."""
        block = places >> 6
        lower = (np.uint64(1) << (places & 63).astype(np.uint64)) - np.uint64(1)
        return self._sums[block] + np.bitwise_count(self._bits[block] & lower)


def ranges(begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All places of the ranges, one behind the other, and where each range begins among them."""
    sizes = end - begin
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    places = np.repeat(begin - offsets[:-1], sizes)
    places += np.arange(offsets[-1])
    return places, offsets


def cut(data: np.ndarray, begin: np.ndarray, end: np.ndarray) -> pl.Series:
    """The strings between pairs of places in UTF-8 bytes."""
    places, offsets = ranges(begin, end)
    return series(data[places], offsets)


def starting(data: np.ndarray, places: np.ndarray, characters: str) -> np.ndarray:
    """Whether one of the characters, of two or three bytes each, stands at each place; two more bytes follow each."""
    one, two, three = (data[places + step] for step in range(3))
    found = np.zeros(len(places), bool)
    for code in map(str.encode, characters):
        here = (one == code[0]) & (two == code[1])
        found |= here if len(code) == 2 else here & (three == code[2])
    return found
