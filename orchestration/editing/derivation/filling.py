"""Whether the missing cells of a report can be filled at all, and what one cell could be if it were missing too."""

from __future__ import annotations

import numpy as np

from orchestration.editing.derivation.bounds import Bounds, propagate
from orchestration.editing.layout import Layout
from orchestration.editing.location.optimise import Rules


def fillable(layout: Layout, values: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, Bounds]:
    """For each report (N, n) whether some values of at least 0 for its missing cells obey every identity."""
    bounds = propagate(layout, values, known)
    possible = ~(bounds.low > bounds.high).any(axis=1)
    settled = bounds.settled.all(axis=1)
    gap = np.where(bounds.settled, bounds.low, 0.0) @ layout.net.T
    possible &= ~settled | ~gap.any(axis=1)
    for row in np.flatnonzero(possible & ~settled):
        free = ~bounds.settled[row]
        rules = Rules(layout.net, np.where(free, 0.0, bounds.low[row]), free, layout.floor)
        possible[row] = rules.fits()
    return possible, bounds


def freed(layout: Layout, values: np.ndarray, known: np.ndarray, cells: np.ndarray) -> list[tuple[int, int, bool]]:
    """The cells of one report of which each alone, were it free, would let all identities hold.

    Each with its possible value nearest to the present one, and whether that is the only one.
    """
    count = len(cells)
    open_known = np.repeat(known[None], count, axis=0)
    open_known[np.arange(count), cells] = False
    open_values = np.where(open_known, values, 0.0)
    possible, bounds = fillable(layout, open_values, open_known)
    place = np.arange(count), cells
    low, high = bounds.low[place], bounds.high[place]
    nearest = np.clip(values[cells], low, high)
    open_known[place], open_values[place] = True, np.where(possible, nearest, 0.0)
    reached, _ = fillable(layout, open_values, open_known)
    found = []
    for number in np.flatnonzero(possible):
        value, fixed = nearest[number], bool(low[number] == high[number])
        if not reached[number]:  # single identities say less than all together
            free = ~known | (np.arange(len(known)) == cells[number])
            least, most = Rules(layout.net, values.astype(float), free, layout.floor).bounds(int(cells[number]))
            value, fixed = np.clip(values[cells[number]], least, np.inf if most is None else most), least == most
        found.append((int(cells[number]), int(value), fixed))
    return found
