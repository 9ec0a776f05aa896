"""The levels of the search: cells first, then events where they need fewer changes, one more change at each level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

import numpy as np

from orchestration.editing.location.answers import Edit, Solution
from orchestration.editing.location.events import Event, confined, possible
from orchestration.editing.location.search import CellSet, Problems, sets_of
from orchestration.editing.location.tasks import Task, subproblems

EXACT = 4  # every set of up to so many cells is listed
FURTHER = 7  # and of up to so many where few branches lead there
FEW_BRANCHES = 20_000
WITH_EVENTS = 3  # an event together with up to two cells
TASKS = 50  # tasks whose events are combined together: bounds the memory


def solve(problems: Problems, tasks: list[Task]) -> list[Task]:
    """The tasks with all their smallest solutions; without any where the search has found none within its limits."""
    done = list(tasks)
    pending = list(range(len(tasks)))
    for size in range(1, FURTHER + 1):
        if not pending:
            break
        sub = subproblems(problems, [tasks[place] for place in pending])
        found = sets_of(sub, size) if size <= EXACT else sets_of(sub, size, FEW_BRANCHES)
        for place, sets in zip(pending, found, strict=True):
            if sets:
                solutions = [as_solution(problems, tasks[place].place, entry) for entry in sets]
                done[place] = replace(tasks[place], solutions=solutions, cells=size)
        if size <= WITH_EVENTS:
            parts = [single_events(sub)] if size == 1 else _combined(sub, size)
            for place, solutions in zip(pending, (entry for part in parts for entry in part), strict=True):
                others = {solution.cells for solution in done[place].solutions}
                more = [solution for solution in solutions if solution.cells not in others]
                if more:
                    done[place] = replace(done[place], solutions=done[place].solutions + more, cells=0)
        given_up = {place for place, sets in zip(pending, found, strict=True) if sets is None}
        pending = [place for place in pending if not done[place].solutions and place not in given_up]
    return done


def as_solution(problems: Problems, place: int, entry: CellSet, events: tuple[Event, ...] = ()) -> Solution:
    """A Solution for the report at ``place``, of the cells of a set and those of events."""
    old = problems.values[place]
    deltas = dict(zip(entry.cells, entry.deltas, strict=True))
    for event in events:
        deltas |= dict(zip(event.cells, event.deltas, strict=True))
    edits = tuple(Edit(cell, int(old[cell]), int(old[cell]) + delta) for cell, delta in sorted(deltas.items()))
    distant = 0.5 * sum(not event.near for event in events)
    return Solution(edits, len(entry.cells) + len(events), tuple(e.kind for e in events), entry.fixed, distant)


NOTHING = CellSet((), ())


def single_events(sub: Problems) -> list[list[Solution]]:
    """For each problem the single events that solve it."""
    return [
        [as_solution(sub, place, NOTHING, (event,)) for event in found] for place, found in enumerate(confined(sub))
    ]


def completing_events(problem: Problems) -> list[Solution]:
    """The single events between neighbours that leave nothing violated in one problem."""
    events = [event for _, event in possible(problem, 0)]
    left = _after(problem, np.zeros(len(events), np.int64), events).imbalance
    return [as_solution(problem, 0, NOTHING, (events[row],)) for row in np.flatnonzero(~left.any(axis=1))]


def _combined(sub: Problems, size: int) -> Iterator[list[list[Solution]]]:
    """Solutions of one event and size - 1 cells, and of two events where ``size`` is 2."""
    for start in range(0, len(sub.values), TASKS):
        part = sub.take(np.arange(start, min(len(sub.values), start + TASKS)))
        found = list(possible(part, size - 1))
        owners, events = np.array([place for place, _ in found], np.int64), [event for _, event in found]
        yield _with_cells(part, owners, events, size)


def _with_cells(part: Problems, owners: np.ndarray, events: list[Event], size: int) -> list[list[Solution]]:
    after = _after(part, owners, events)
    imbalance = after.imbalance
    near = np.flatnonzero((imbalance != 0).sum(axis=1) <= 2 * (size - 1))
    after = after.take(near)
    solutions: list[dict[tuple, Solution]] = [{} for _ in range(len(part.values))]

    def keep(owner: int, solution: Solution) -> None:
        known = solutions[owner].get(solution.cells)
        if known is None or len(solution.events) > len(known.events):
            solutions[owner][solution.cells] = solution

    for row, sets in zip(near, sets_of(after, size - 1, FEW_BRANCHES), strict=True):
        for entry in sets or ():
            keep(int(owners[row]), as_solution(part, int(owners[row]), entry, (events[row],)))
    if size == 2:
        for owner, pair in _pairs(part, owners, events, imbalance):
            keep(owner, as_solution(part, owner, NOTHING, pair))
    return [list(found.values()) for found in solutions]


def _after(part: Problems, owners: np.ndarray, events: list[Event]) -> Problems:
    """The problems of the owners as each event leaves them, its cells being settled."""
    after = part.take(owners)
    values, usable, imbalance = after.values.copy(), after.usable.copy(), after.imbalance.copy()
    row = np.repeat(np.arange(len(events)), [len(event.cells) for event in events])
    cells, deltas = (
        np.array([one for event in events for one in side(event)], np.int64)
        for side in (attrgetter("cells"), attrgetter("deltas"))
    )
    values[row, cells] += deltas
    usable[row, cells] = False
    np.add.at(imbalance, (row, after.head[row, cells]), deltas)
    np.subtract.at(imbalance, (row, after.tail[row, cells]), deltas)
    imbalance[:, part.network.ground] = 0
    return replace(after, values=values, usable=usable, imbalance=imbalance)


def _pairs(part: Problems, owners, events: list[Event], left: np.ndarray) -> Iterator[tuple[int, tuple[Event, Event]]]:
    """Two events of one report that together leave nothing: the one leaves just what the other takes away."""
    effect = left - part.imbalance[owners]
    by_effect: dict[tuple[int, bytes], list[int]] = {}
    for row, owner in enumerate(owners):
        by_effect.setdefault((int(owner), effect[row].tobytes()), []).append(row)
    for row, owner in enumerate(owners):
        for other in by_effect.get((int(owner), (-left[row]).tobytes()), ()):
            if row < other and not set(events[row].cells) & set(events[other].cells):
                yield int(owner), (events[row], events[other])
