"""Marks for no value that may be words of a sentence or a label: 无 alone on a line, as the rest of a broken 无法提供.

The line decides: ``cutting.cut_line`` is asked. Of lines with tabs or bars nothing is said where a cell holds more.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from orchestration.reading.bulk.texts.characters import BAR, HAN, TAB
from orchestration.reading.bulk.texts.words import MARK, SKIPPED, TEXT
from orchestration.reading.pieces.cutting import cut_line

_PARTED = re.compile(r"[\t|]")


def settle_marks(
    data: np.ndarray, lines: np.ndarray, begin: np.ndarray, end: np.ndarray, kind: np.ndarray
) -> np.ndarray:
    """Take marks for text in ``kind`` where their line does; the places of those of which it does not tell."""
    mark = np.flatnonzero(kind == MARK)
    mark = mark[data[begin[mark]] - np.uint8(HAN[0]) < HAN[1]]
    unsure = []
    for line in np.unique(np.searchsorted(lines, begin[mark])).tolist():
        start, stop = int(lines[line - 1]) + 1 if line else 0, int(lines[line])
        printed = data[start:stop].tobytes()
        word = np.arange(*np.searchsorted(begin, (start, stop)))
        if TAB in printed or BAR in printed:
            if any(len(cell.split()) > 1 for cell in _PARTED.split(printed.decode())):
                unsure += begin[word[kind[word] == MARK]].tolist()
            continue
        word = word[kind[word] != SKIPPED]
        told = _kinds(printed.decode())
        raws = [data[begin[at] : end[at]].tobytes().decode() for at in word.tolist()]
        marks = kind[word] == MARK
        if [raw for _, raw in told] == raws:
            kind[word[marks & np.array([name == "text" for name, _ in told])]] = TEXT
        else:
            unsure += begin[word[marks]].tolist()
    return np.array(unsure, np.int64)


@lru_cache(maxsize=8192)
def _kinds(line: str) -> list[tuple[str, str]]:
    return [(kind, raw) for kind, raw, *_ in cut_line(line).pieces]
