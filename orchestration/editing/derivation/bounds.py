"""What single identities say about unknown cells: least and greatest values, carried on until nothing more follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.editing.layout import Layout

SWEEPS = 40  # enough for any table that was seen; stopping early leaves valid, wider bounds
GIVEN = -1


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and greatest values (N, n) and for each cell found exactly the identity that settled it and when.

    ``by`` is GIVEN where a cell was not settled here; ``when`` orders the steps of a report; ``alone`` is true where
    the cell was the only one still open in that identity. Where ``low`` exceeds ``high`` no values fit.
    """

    low: np.ndarray
    high: np.ndarray
    by: np.ndarray
    when: np.ndarray
    alone: np.ndarray

    @property
    def settled(self) -> np.ndarray:
        """(N, n) cells with exactly one value."""
        return self.low == self.high


def propagate(layout: Layout, values: np.ndarray, known: np.ndarray) -> Bounds:
    """Bounds of the cells that are not ``known`` in (N, n) ``values`` of whole numbers."""
    low = np.where(known, values, np.where(layout.signed, -np.inf, 0.0))
    high = np.where(known, values, np.inf).astype(float)
    by = np.full(known.shape, GIVEN, np.int16)
    when = np.zeros(known.shape, np.int32)
    alone = np.zeros(known.shape, bool)
    found = Bounds(low, high, by, when, alone)
    terms = [np.flatnonzero(row) for row in layout.terms]
    stale = np.ones((len(known), len(terms)), bool)  # identities of which a cell has changed since they were used
    time = 0
    for _ in range(SWEEPS):
        for identity, columns in enumerate(terms):
            time += 1
            rows = np.flatnonzero(stale[:, identity])
            stale[rows, identity] = False
            rows = rows[(low[np.ix_(rows, columns)] < high[np.ix_(rows, columns)]).any(axis=1)]
            if len(rows):
                changed = _tighten(found, layout.net[identity, columns], rows, columns, identity, time)
                row, column = np.nonzero(changed)
                for other in np.flatnonzero(layout.terms[:, columns[np.unique(column)]].any(axis=1)):
                    touched = layout.terms[other, columns[column]]
                    stale[rows[row[touched]], other] = True
        if not stale.any():
            break
    return found


def _tighten(found: Bounds, weights, rows, columns, identity: int, time: int) -> np.ndarray:
    """Use one identity once, for some reports; returns which of its cells moved."""
    at = np.ix_(rows, columns)
    low, high = found.low[at], found.high[at]
    upward = weights > 0
    least = np.where(upward, low, high) * weights
    most = np.where(upward, high, low) * weights
    # what the other terms leave for each term
    above, below = -_others(least), -_others(most)
    new_high = np.minimum(high, np.floor(np.where(upward, above, below) / weights))
    new_low = np.maximum(low, np.ceil(np.where(upward, below, above) / weights))
    open_cells = low < high
    changed = ((new_low > low) | (new_high < high)) & open_cells
    found.low[at] = np.where(open_cells, new_low, low)
    found.high[at] = np.where(open_cells, new_high, high)
    done = open_cells & (new_low >= new_high)
    if done.any():
        row, column = np.nonzero(done)
        place = rows[row], columns[column]
        found.by[place], found.when[place] = identity, time
        found.alone[place] = open_cells.sum(axis=1)[row] == 1
    return changed


def _others(sums: np.ndarray) -> np.ndarray:
    """For each term the sum of the other terms, where some may be infinite (all of one sign)."""
    infinite = np.isinf(sums)
    count = infinite.sum(axis=1, keepdims=True)
    if not count.any():
        return sums.sum(axis=1, keepdims=True) - sums
    finite = np.where(infinite, 0.0, sums)
    rest = finite.sum(axis=1, keepdims=True) - finite
    sign = np.where(infinite, sums, 0.0).sum(axis=1, keepdims=True)
    return np.where(count - infinite > 0, sign, rest)
