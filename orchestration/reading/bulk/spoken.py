"""Marks for no value that may be words of a sentence or a label: 无 alone on a line, as the rest of a broken 无法提供.

The line decides: ``cutting.cut_line`` is asked. Lines with tabs or bars are rows of cells, where a mark is one.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from orchestration.reading.bulk.characters import BAR, HAN, TAB
from orchestration.reading.bulk.words import MARK, SKIPPED, TEXT
from orchestration.reading.cutting import cut_line


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
        if TAB in printed or BAR in printed:
            continue
        word = np.arange(*np.searchsorted(begin, (start, stop)))
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
