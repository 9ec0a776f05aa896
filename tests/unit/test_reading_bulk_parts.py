"""Shortcuts of the bulk path, each against what it spares."""

import numpy as np

from orchestration.reading.bulk.arrays import Ranks
from orchestration.reading.bulk.disputes import _three_on_a_line


def test_ranks_are_those_of_a_search() -> None:
    rng = np.random.default_rng(7)
    for size in (1, 63, 64, 65, 1000):
        marked = rng.random(size) < 0.3
        places = rng.integers(0, size + 1, (5, 40))
        assert (Ranks(marked).before(places) == np.searchsorted(np.flatnonzero(marked), places)).all()


def test_three_values_on_a_line_are_seen() -> None:
    lines = [[5, 5, 5], [15], [5, 3, 2, 5], [3, 12], [12, 3], [1] * 15]
    begins = np.zeros((len(lines), 15), bool)
    for row, counts in zip(begins, lines, strict=True):
        row[np.cumsum([0, *counts[:-1]])] = True
    assert _three_on_a_line(begins).tolist() == [False, False, True, True, True, False]
