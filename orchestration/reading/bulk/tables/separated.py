"""Label texts in which words and lines stay apart: what proofs ask the careful path, which tells labels by them."""

from __future__ import annotations

import numpy as np

from orchestration.reading.bulk.texts.arrays import ranges, series
from orchestration.reading.bulk.texts.texts import NEWLINE, Texts

SEPARATORS = " \n"
_SPACE = 32


class Separated:
    """The label texts between pairs of offsets in ``Texts.kept``, with a blank or a line end between words.

    ``zeros`` are offsets behind which digits do not matter; each stands as 0. Behind ``until`` nothing is parted.
    """

    def __init__(
        self,
        texts: Texts,
        begin: np.ndarray,
        end: np.ndarray,
        zeros: np.ndarray | None = None,
        until: np.ndarray | None = None,
    ) -> None:
        places, self._offsets = ranges(begin, end)
        at = texts.kept[places]
        data = texts.data[at]
        if zeros is not None:
            data[(data - np.uint8(48) < 10) & (places >= np.repeat(zeros, end - begin))] = 48
        apart = at[1:] > at[:-1] + 1
        if until is not None:
            apart &= places[1:] < np.repeat(until, end - begin)[1:]
        gap = np.flatnonzero(apart) + 1
        words, lines = (
            np.diff(np.stack([count(at[gap - 1]), count(at[gap])]), axis=0)[0] > 0
            for count in (lambda place: np.searchsorted(texts.begin, place, "right"), texts.line_ends.before)
        )
        parted = (words | lines) & ~np.isin(gap, self._offsets)
        self._inserted = gap[parted]
        self._data = np.insert(data, self._inserted, np.where(lines[parted], NEWLINE, _SPACE).astype(np.uint8))

    def strings(self) -> list[str]:
        """The texts."""
        return series(self._data, self._shifted(self._offsets)).to_list()

    def places(self, text: np.ndarray, place: np.ndarray) -> np.ndarray:
        """Where places stand in texts of some numbers, in bytes: ``place`` is counted without separators.

        What separates a place from the text before it stands behind it.
        """
        start = self._offsets[text]
        return (self._shifted(start + place) - self._shifted(start)).astype(np.int32)

    def _shifted(self, index: np.ndarray) -> np.ndarray:
        return index + np.searchsorted(self._inserted, index)
