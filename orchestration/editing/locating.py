"""Which cells are wrong: for every report that breaks an identity, all smallest corrections that mend it.

Cells are sought by the fast search, up to SEARCHED of them, then events (one slip that changes several cells) where they
need fewer changes; what is left goes to the general solver. Missing cells cost nothing: they take what the rest needs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orchestration.editing import combining, optimise
from orchestration.editing.answers import Component, Edit, Solution, component
from orchestration.editing.bounds import propagate
from orchestration.editing.layout import BY_BOUNDS, HOLDS, UNVERIFIABLE, Layout
from orchestration.editing.network import Network, network_of
from orchestration.editing.search import Problems, complete, sets_of, with_unknown
from orchestration.editing.tasks import Task, blocks_of, split, subproblems

SEARCHED = 4


def locate(
    layout: Layout,
    values: np.ndarray,
    known: np.ndarray,
    verdicts: np.ndarray,
    doubted: np.ndarray | None = None,
    invalid: np.ndarray | None = None,
) -> list[list[Component]]:
    """Components of each report (N): ``values`` (N, n) whole numbers, 0 where not ``known``, and its verdict codes.

    ``doubted`` marks cells read under doubt, which rank first; ``invalid`` cells hold something that no cell can hold
    (a fraction, a number below 0): they are part of every correction.
    """
    wrong = (values < 0) & ~layout.signed & known
    invalid = wrong if invalid is None else wrong | invalid
    network = network_of(layout)
    found: list[list[Component]] = [[] for _ in values]
    bad = ((verdicts != HOLDS) & (verdicts != UNVERIFIABLE)).any(axis=1)
    hard = invalid.any(axis=1) | (verdicts == BY_BOUNDS).any(axis=1) | (network is None)
    run = _Run(layout, network, values.astype(np.int64), known, verdicts, doubted, invalid, found)
    if network is not None:
        whole = known.all(axis=1)
        easy = np.flatnonzero(bad & ~hard & whole)
        gap = network.imbalance(values)
        run.search(easy, complete(network, run.values[easy], gap[easy]))
        partial = np.flatnonzero(bad & ~hard & ~whole)
        if len(partial):
            run.search(partial, with_unknown(network, run.values[partial], known[partial], gap[partial]))
    for row in np.flatnonzero(bad & hard):
        run.solve(int(row))
    return found


class _Run:
    """One call of ``locate``: the reports, and the components found so far."""

    def __init__(self, layout, network, values, known, verdicts, doubted, invalid, found):
        self.layout: Layout = layout
        self.network: Network | None = network
        self.values, self.known, self.verdicts = values, known, verdicts
        self.doubted, self.invalid = doubted, invalid
        self.found: list[list[Component]] = found

    def search(self, rows: np.ndarray, problems: Problems) -> None:
        """Reports of a network without invalid values: one cell first, then part by part."""
        rest: list[int] = []
        for place, sets in enumerate(sets_of(problems, 1)):
            solutions = self.single(rows[place], sets)
            if solutions:
                self.add(rows[place], self.violated(rows[place]), solutions)
            else:
                rest.append(place)
        if rest:
            left = problems.take(np.array(rest))
            self.parts(rows[rest], left)

    def single(self, row: int, sets) -> list[Solution]:
        return [s for s in (self.solution(row, entry.cells, entry.deltas, len(entry.cells), entry.fixed) for entry in sets) if self.fits(row, s)]

    def parts(self, rows: np.ndarray, problems: Problems) -> None:
        tasks = split(problems)
        combining.solve(self, rows, problems, tasks)
        for task_list in combining.by_owner(tasks, len(rows)):
            self.settle(rows, problems, task_list)
