"""What is known of the values and rows of a table in many texts: only their shape; who finds them stands elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(slots=True)
class Values:
    """The words that may be values: their place in ``Texts.begin`` and in ``Texts.data``, and their line."""

    word: np.ndarray
    place: np.ndarray
    line: np.ndarray
    alone: np.ndarray  # no other word stands in the same cell
    odd: np.ndarray  # places of words that make values around them doubtful


@dataclass(slots=True)
class Rows:
    """Per report: whether all rows of a table are plain, its first value, and its first and last line.

    ``evidence`` is a place among ``proofs.evidences``: 0 where each value stands with its label.
    """

    plain: np.ndarray
    first: np.ndarray
    first_line: np.ndarray
    last_line: np.ndarray
    evidence: np.ndarray

    def where(self, mask: np.ndarray) -> Rows:
        """Those of some reports."""
        columns = (self.plain, self.first, self.first_line, self.last_line, self.evidence)
        return Rows(*(column[mask] for column in columns))

    @classmethod
    def joined(cls, parts: list[Rows]) -> Rows:
        """Those of several parts, one behind the other."""
        names = ("plain", "first", "first_line", "last_line", "evidence")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def patched(self, places: np.ndarray, other: Rows) -> Rows:
        """These with those of ``other`` at some places."""
        mine, others = (
            (rows.plain, rows.first, rows.first_line, rows.last_line, rows.evidence) for rows in (self, other)
        )
        for column, replacement in zip(mine, others, strict=True):
            column[places] = replacement
        return self
