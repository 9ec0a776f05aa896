"""Judge, locate, derive: everything that the identities say about a batch of reports, in the order that is safe.

Wrong cells are located before missing ones are derived, and every suspect is left out of the derivation: otherwise a
wrong value would pass itself on. A value that a suspect could still touch is marked conditional.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.editing.derivation.bounds import GIVEN, Bounds, propagate
from orchestration.editing.derivation.unseen import unseen
from orchestration.editing.layout import BY_CONSTRUCTION, HOLDS, Layout
from orchestration.editing.location.answers import Component
from orchestration.editing.location.locating import locate
from orchestration.editing.location.optimise import Rules

TOGETHER = -2  # in ``by``: settled by several identities together


@dataclass(frozen=True, eq=False)
class Examination:
    """What was found about reports (N) of one layout.

    ``verdicts`` and ``after`` are codes into VERDICTS: of the reported values, and with the derived ones beside them.
    ``rows`` are the reports with ``missing`` cells, to which the rest refers, line by line: ``used`` marks the reported
    cells that no suspicion concerns, ``bounds`` what follows from these, ``derived`` the missing cells that have
    exactly one possible value, ``conditional`` those that a suspect could touch, or a slip that shows nowhere.
    """

    layout: Layout
    verdicts: np.ndarray
    after: np.ndarray
    components: list[list[Component]]
    rows: np.ndarray
    missing: np.ndarray
    used: np.ndarray
    bounds: Bounds
    derived: np.ndarray
    conditional: np.ndarray


def examine(
    layout: Layout,
    values: np.ndarray,
    known: np.ndarray,
    doubted: np.ndarray | None = None,
    invalid: np.ndarray | None = None,
    expected: np.ndarray | None = None,
) -> Examination:
    """Examine (N, n) ``values`` of whole numbers, 0 where not ``known``; for the other arguments see ``locate``."""
    left, right = layout.sides(values)
    verdicts = layout.verdicts(left - right, known)
    rows = np.flatnonzero(~known.all(axis=1))
    bounds = propagate(layout, values[rows], known[rows])
    contradicted = np.zeros(len(values), bool)
    contradicted[rows] = _contradicted(layout, bounds)
    components = locate(layout, values, known, verdicts, doubted, invalid, contradicted, expected)
    used = known[rows].copy()
    touched = np.zeros_like(used)
    for place, row in enumerate(rows):
        if components[row]:
            suspects, touched[place] = _suspicion(layout, components[row])
            used[place] &= ~suspects
    masked = np.flatnonzero((used != known[rows]).any(axis=1))
    if len(masked):
        again = propagate(layout, np.where(used[masked], values[rows[masked]], 0.0), used[masked])
        for name in Bounds.__slots__:
            getattr(bounds, name)[masked] = getattr(again, name)
    for place in np.flatnonzero((bounds.low < bounds.high).any(axis=1)):
        _together(layout, bounds, place, ~known[rows[place]])
    impossible = (bounds.low > bounds.high).any(axis=1)
    derived = ~known[rows] & bounds.settled & ~impossible[:, None]
    conditional = np.zeros_like(derived)
    for place in np.flatnonzero(touched.any(axis=1) & derived.any(axis=1)):
        conditional[place] = _conditional(layout, bounds, place, derived[place], touched[place])
    _altered(layout, bounds, derived, conditional, unseen(layout, values[rows], used, bounds, derived))
    after = _after(layout, values, known, verdicts, rows, bounds, derived)
    return Examination(layout, verdicts, after, components, rows, ~known[rows], used, bounds, derived, conditional)


def _contradicted(layout: Layout, bounds: Bounds) -> np.ndarray:
    gap = np.where(bounds.settled, bounds.low, 0.0) @ layout.net.T
    opened = (~bounds.settled).astype(np.float64) @ layout.terms.T > 0
    return (bounds.low > bounds.high).any(axis=1) | ((gap != 0) & ~opened).any(axis=1)


def _suspicion(layout: Layout, components: list[Component]) -> tuple[np.ndarray, np.ndarray]:
    """The cells to leave out, and all that share a violated identity with them."""
    suspects, touched = (np.zeros(len(layout.cells), bool) for _ in range(2))
    for found in components:
        around = layout.terms[list(found.identities)].any(axis=0)
        cells = [cell for solution in found.solutions for cell in solution.cells]
        suspects[cells] = True
        if not found.solutions or not found.complete:
            suspects |= around  # nothing, or not all, was found: any of them may be wrong
        touched |= around if found.identities else layout.terms[layout.terms[:, cells].any(axis=1)].any(axis=0)
    return suspects, touched | suspects


def _together(layout: Layout, bounds: Bounds, place: int, missing: np.ndarray) -> None:
    """What all identities together say about the missing cells that no single one settles."""
    low, high = bounds.low[place], bounds.high[place]
    if (low > high).any() or not (missing & (low < high)).any():
        return
    free = low < high
    narrow_low, narrow_high = low.copy(), high.copy()
    if not Rules(layout.net, np.where(free, 0.0, low), free, layout.floor).narrowed(narrow_low, narrow_high):
        low[free], high[free] = 1, 0  # no values fit
        return
    settled = free & (narrow_low == narrow_high)
    bounds.by[place, settled] = TOGETHER
    bounds.when[place, settled] = bounds.when[place].max() + 1
    low[:], high[:] = narrow_low, narrow_high


def _conditional(layout: Layout, bounds: Bounds, place: int, derived: np.ndarray, touched: np.ndarray) -> np.ndarray:
    """Of one report the derived cells of which the proof uses a touched cell, itself or by way of another."""
    unsafe = touched.copy()
    for cell in np.argsort(bounds.when[place], kind="stable"):
        by = int(bounds.by[place, cell])
        if by == GIVEN:
            continue
        terms = layout.terms[by] if by != TOGETHER else np.ones(len(unsafe), bool)
        others = terms.copy()
        others[cell] = False
        unsafe[cell] |= bool((others & unsafe).any())
    return unsafe & derived


def _altered(layout: Layout, bounds: Bounds, derived: np.ndarray, conditional: np.ndarray, seeds: np.ndarray) -> None:
    """Mark as conditional what a slip that shows nowhere could alter, and what rests on it, in place."""
    conditional |= seeds
    shared = derived.astype(np.float64) @ layout.terms.T.astype(np.float64) > 1  # identities of several derived cells
    rests = np.take_along_axis(shared, np.maximum(bounds.by, 0).astype(np.int64), axis=1) | (bounds.by == TOGETHER)
    for place in np.flatnonzero(seeds.any(axis=1) & (rests & derived).any(axis=1)):
        conditional[place] |= _conditional(layout, bounds, place, derived[place], seeds[place])


def _after(layout, values, known, verdicts, rows, bounds: Bounds, derived) -> np.ndarray:
    """The verdicts with the derived values filled in: what a derived value makes hold is no evidence."""
    filled = np.where(derived, bounds.low, values[rows])
    left, right = layout.sides(filled)
    codes = layout.verdicts(left - right, known[rows] | derived)
    made = derived.astype(np.float64) @ layout.terms.T.astype(np.float64) > 0
    after = verdicts.copy()
    after[rows] = np.where(made & (codes == HOLDS), BY_CONSTRUCTION, codes)
    return after
