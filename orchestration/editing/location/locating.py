"""Which cells are wrong: for every report that breaks an identity, all smallest corrections that mend it.

Cells are sought by the fast search, then events (one slip that changes several cells) where they need fewer changes;
what is left goes to the general solver. Missing cells cost nothing: they take what the rest needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np

from orchestration.editing.derivation.filling import fillable, freed
from orchestration.editing.layout import BY_BOUNDS, VIOLATED, Layout
from orchestration.editing.location import optimise
from orchestration.editing.location.answers import Component, Edit, Solution, component, merged
from orchestration.editing.location.combining import as_solution, completing_events, solve
from orchestration.editing.location.search import Problems, complete, sets_of, with_unknown
from orchestration.editing.location.tasks import Task, coupled, dependent, split, together
from orchestration.editing.network import Network, network_of

COMBINATIONS = 300  # of solutions of several parts that are tried against the missing cells of a report


def locate(
    layout: Layout,
    values: np.ndarray,
    known: np.ndarray,
    verdicts: np.ndarray,
    doubted: np.ndarray | None = None,
    invalid: np.ndarray | None = None,
    contradicted: np.ndarray | None = None,
    expected: np.ndarray | None = None,
) -> list[list[Component]]:
    """Components of each report (N): ``values`` (N, n) whole numbers, 0 where not ``known``, and its verdict codes.

    ``doubted`` marks cells read under doubt, which rank first; ``invalid`` cells hold what no cell can hold (a
    fraction, a number below 0): they are part of every correction. ``contradicted`` reports (N,) are known to be wrong
    although no single identity shows it. ``expected`` (N, n) is what neighbour years' reports tell, NaN for nothing: it
    weighs in the ranking alone.
    """
    below = (values < 0) & ~layout.signed & known
    invalid = below if invalid is None else below | invalid
    network = network_of(layout)
    found: list[list[Component]] = [[] for _ in values]
    run = _Run(layout, network, values.astype(np.int64), known, verdicts, doubted, invalid, found, expected)
    bad = ((verdicts == VIOLATED) | (verdicts == BY_BOUNDS)).any(axis=1) | invalid.any(axis=1)
    hard = invalid.any(axis=1) | (network is None)
    if contradicted is not None:
        bad, hard = bad | contradicted, hard | (contradicted & ~bad)
    if network is not None:
        whole = known.all(axis=1)
        for rows in (np.flatnonzero(bad & ~hard & whole), np.flatnonzero(bad & ~hard & ~whole)):
            if len(rows):
                gap = network.imbalance(values[rows])
                if whole[rows[0]]:
                    run.search(rows, complete(network, run.values[rows], gap))
                else:
                    run.search(rows, with_unknown(network, run.values[rows], known[rows], gap))
    for row in np.flatnonzero(bad & hard):
        run.solve(int(row))
    return run.found


@dataclass(frozen=True, eq=False)
class _Run:
    """One call of ``locate``: the reports, and the components found so far."""

    layout: Layout
    network: Network | None
    values: np.ndarray
    known: np.ndarray
    verdicts: np.ndarray
    doubted: np.ndarray | None
    invalid: np.ndarray
    found: list[list[Component]]
    expected: np.ndarray | None

    def search(self, rows: np.ndarray, problems: Problems) -> None:
        """Reports of a network without invalid values: most have one wrong cell, the others go part by part."""
        found: list[list[Task]] = [[] for _ in rows]
        for place, sets in enumerate(sets_of(problems, 1)):
            if sets:
                solutions = [as_solution(problems, place, entry) for entry in sets]
                found[place] = [Task(place, (), problems.imbalance[place], solutions, 1)]
        rest = np.array([place for place, tasks in enumerate(found) if not tasks], np.int64)
        left = problems.take(rest)
        parts: dict[int, list[Task]] = {}
        for task in solve(left, split(left)):
            parts.setdefault(task.place, []).append(task)
        for place, tasks in parts.items():
            found[rest[place]] = coupled(left, tasks, lambda where, entry: as_solution(left, where, entry))
        if problems.joined:
            found = self.fitting(rows, found)
        for row, tasks in zip(rows.tolist(), found, strict=True):
            self.file(row, tasks)

    def fitting(self, rows: np.ndarray, found: list[list[Task]]) -> list[list[Task]]:
        """Only the solutions that leave values of at least 0 for the missing cells; no task where none do."""
        tried: list[tuple[int, tuple[Solution, ...]]] = []
        for place, tasks in enumerate(found):
            choices = [task.solutions for task in tasks]
            if tasks and prod(len(solutions) for solutions in choices) <= COMBINATIONS:
                tried += [(place, chosen) for chosen in product(*choices)]
        values = self.values[rows[[place for place, _ in tried]]].astype(float)
        for number, (_, chosen) in enumerate(tried):
            for edit in (edit for solution in chosen for edit in solution.edits):
                values[number, edit.cell] = edit.new
        possible, _ = fillable(self.layout, values, self.known[rows[[place for place, _ in tried]]])
        fit: dict[int, list[tuple[Solution, ...]]] = {}
        for (place, chosen), fits in zip(tried, possible, strict=True):
            if fits:
                fit.setdefault(place, []).append(chosen)
        kept: list[list[Task]] = []
        for place, tasks in enumerate(found):
            good = fit.get(place, [])
            if len(tasks) > 1 and 0 < len(good) < prod(len(task.solutions) for task in tasks):
                # where which solution of one part fits depends on that of another, they are one
                groups = dependent([[chosen[n] for chosen in good] for n in range(len(tasks))])
                good = [tuple(merged(chosen[n] for n in group) for group in groups) for chosen in good]
                tasks = [together([tasks[n] for n in group]) for group in groups]
            kept.append(
                [replace(t, solutions=list(dict.fromkeys(g[n] for g in good))) for n, t in enumerate(tasks) if good]
            )
        return kept

    def file(self, row: int, tasks: list[Task]) -> None:
        """Keep what was found for a report; where nothing was, turn to the general solver."""
        if not tasks:
            self.solve(row)
            return
        for task, identities in zip(tasks, self.shares(row, tasks), strict=True):
            if task.solutions:
                self.add(row, identities, task.solutions)
            else:
                self.solve(row, task, identities)

    def shares(self, row: int, tasks: list[Task]) -> list[list[int]]:
        """The violated identities of a report, given to the tasks whose nodes they are."""
        violated = violations(self.verdicts[row])
        if len(tasks) == 1:
            return [violated]
        group = self.network.contracted(~self.known[row])
        shares: list[list[int]] = [[] for _ in tasks]
        for identity in violated:
            node = self.network.node_of.get(identity)
            owner = next((n for n, t in enumerate(tasks) if node is not None and group[node] in t.nodes), None)
            if owner is None:  # it follows from the others: it goes to whoever changes its cells
                touched = [
                    sum(bool(self.layout.terms[identity, e.cell]) for s in t.solutions for e in s.edits) for t in tasks
                ]
                owner = int(np.argmax(touched))
            shares[owner].append(identity)
        return shares

    def one_by_bounds(self, row: int) -> bool:
        """Try single cells where all that is broken is what missing cells could at best make up."""
        broken = np.flatnonzero(self.verdicts[row] == BY_BOUNDS)
        if not len(broken) or (self.verdicts[row] == VIOLATED).any():
            return False
        cells = np.flatnonzero(self.layout.terms[broken].all(axis=0) & self.known[row])
        found = freed(self.layout, self.values[row], self.known[row], cells) if len(cells) else []
        edits = [Edit(cell, int(self.values[row, cell]), new) for cell, new, _ in found]
        solutions = [Solution((edit,), 1, fixed=entry[2]) for edit, entry in zip(edits, found, strict=True)]
        if solutions:
            self.add(row, broken.tolist(), solutions)
        return bool(solutions)

    def slip(self, row: int) -> bool:
        """Try single events in a report with missing cells, where no single cell will do."""
        if self.network is None or self.known[row].all():
            return False
        here = slice(row, row + 1)
        gap = self.network.imbalance(self.values[here])
        problem = with_unknown(self.network, self.values[here], self.known[here], gap)
        solutions = completing_events(problem)
        task = Task(0, (), problem.imbalance[0], solutions)
        (tasks,) = self.fitting(np.array([row]), [[task] if solutions else []])
        if tasks:
            self.add(row, violations(self.verdicts[row]), tasks[0].solutions)
        return bool(tasks)

    def possible(self, row: int, block: np.ndarray, cells: np.ndarray) -> bool:
        """Whether the missing cells of a block can be filled at all."""
        net, known = self.layout.net[np.ix_(block, cells)], self.known[row, cells]
        rules = optimise.Rules(net, self.values[row, cells].astype(float), ~known, self.layout.floor[cells])
        return known.all() or rules.fits()

    def add(self, row: int, identities: list[int], solutions: list[Solution], whole: bool = True) -> None:
        doubted = None if self.doubted is None else self.doubted[row]
        expected = None if self.expected is None else self.expected[row]
        self.found[row].append(component(self.layout, identities, solutions, doubted, whole, expected))

    def solve(self, row: int, task: Task | None = None, identities: list[int] = ()) -> None:
        """Ask the general solver: for one task, or for each block of identities that has a violation."""
        if task is not None:
            rows = self.network.rows
            wanted = self.network.imbalance(self.values[row][None])[0, :-1] - task.imbalance[:-1]
            self.ask(row, rows, wanted.astype(float), list(identities))
            return
        if not self.invalid[row].any() and (self.one_by_bounds(row) or self.slip(row)):
            return
        for block in blocks(self.layout):
            violated = block[violations(self.verdicts[row, block])].tolist()
            net = self.layout.net[block]
            cells = (net != 0).any(axis=0)
            if violated or (self.invalid[row] & cells).any() or not self.possible(row, block, cells):
                self.ask(row, net, np.zeros(len(net)), violated)

    def ask(self, row: int, net: np.ndarray, wanted: np.ndarray, identities: list[int]) -> None:
        cells = np.flatnonzero((net != 0).any(axis=0))
        values, known, forced = self.values[row, cells], self.known[row, cells], self.invalid[row, cells]
        floor, is_network = self.layout.floor[cells], self.network is not None
        answer = optimise.lightest(net[:, cells], values, known, forced, floor, wanted, is_network=is_network)
        solutions = [
            Solution(
                tuple(Edit(int(cells[c]), int(self.values[row, cells[c]]), new) for c, new in zip(s, to, strict=True)),
                len(s),
                fixed=fixed,
            )
            for s, to, fixed in answer.sets
            if answer.proved
        ]
        self.add(row, identities, solutions, answer.all_listed)


def violations(verdicts: np.ndarray) -> list[int]:
    """The places of the verdicts that speak of a violation."""
    return np.flatnonzero((verdicts == VIOLATED) | (verdicts == BY_BOUNDS)).tolist()


@lru_cache(maxsize=64)
def blocks(layout: Layout) -> list[np.ndarray]:
    """The identities of a layout in blocks that share no cell."""
    shared = layout.terms.astype(int) @ layout.terms.T.astype(int) > 0
    left, found = set(range(len(shared))), []
    while left:
        block: set[int] = set()
        edge = {min(left)}
        while edge:
            block |= edge
            edge = {int(other) for one in edge for other in np.flatnonzero(shared[one])} - block
        found.append(np.array(sorted(block)))
        left -= block
    return found
