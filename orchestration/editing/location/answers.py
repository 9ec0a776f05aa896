"""What location answers: components of violated identities, each with its ranked corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from orchestration.editing.layout import Layout

DIFFERS = 3.0  # a number that two years' reports tell alike outweighs what one kind of slip has over another


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell (column of the layout) that probably is wrong, what it holds and what probably should stand there."""

    cell: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Solution:
    """A smallest correction: its edits, the events that it takes them for, and how much speaks for it (less is more).

    ``cost`` counts each event, and each cell outside of an event, as one change. Not ``fixed``: some cell could as well
    get another value; the one nearest to the old stands in the edit. ``neighbours``: for each edit whether the
    report of a neighbour year ``agrees`` with it, or ``differs`` (it tells the old value); None where it tells neither.
    """

    edits: tuple[Edit, ...]
    cost: int
    events: tuple[str, ...] = ()
    fixed: bool = True
    penalty: float = 0.0
    neighbours: tuple[str | None, ...] = ()

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(edit.cell for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Component:
    """Violated identities (places in the layout) that one correction mends, and all smallest corrections, best first.

    ``certainty``: ``unique`` where there is exactly one, with one value for each cell; ``ambiguous`` where there are
    several; ``beyond`` where the search found none within its limits. ``complete``: all of them are listed.
    """

    identities: tuple[int, ...]
    certainty: str
    solutions: tuple[Solution, ...]
    complete: bool = True


def merged(solutions: Iterable[Solution]) -> Solution:
    """Corrections of several parts as one."""
    parts = tuple(solutions)
    edits = sorted((edit for part in parts for edit in part.edits), key=lambda edit: edit.cell)
    events = tuple(event for part in parts for event in part.events)
    distant = sum(part.penalty for part in parts)
    return Solution(tuple(edits), sum(p.cost for p in parts), events, all(p.fixed for p in parts), distant)


def component(
    layout: Layout,
    identities: Iterable[int],
    solutions: Iterable[Solution],
    doubted: np.ndarray | None = None,
    complete: bool = True,
    expected: np.ndarray | None = None,
) -> Component:
    """Rank the solutions and say how certain they are.

    ``doubted`` (n,) marks cells that were read under doubt; ``expected`` (n,) holds what a neighbour year's report
    expects, NaN for nothing: it weighs in the ranking and makes nothing certain.
    """
    ranked = sorted(
        (_weighed(layout, solution, doubted, expected) for solution in solutions),
        key=lambda s: (s.cost, s.penalty, s.cells),
    )
    certain = complete and len(ranked) == 1 and ranked[0].fixed
    certainty = "unique" if certain else "ambiguous" if ranked else "beyond"
    return Component(tuple(sorted(identities)), certainty, tuple(ranked), complete)


def _weighed(layout: Layout, solution: Solution, doubted: np.ndarray | None, expected: np.ndarray | None) -> Solution:
    told = tuple(_neighbour(edit, expected) for edit in solution.edits)
    penalty = solution.penalty
    for edit, neighbour in zip(solution.edits, told, strict=True):
        if neighbour != "agrees":
            penalty += _penalty(layout, edit, solution, doubted) + (DIFFERS if neighbour else 0.0)
    return replace(solution, penalty=penalty, neighbours=told)


def _neighbour(edit: Edit, expected: np.ndarray | None) -> str | None:
    if expected is None or expected[edit.cell] not in (edit.old, edit.new):
        return None
    return "agrees" if expected[edit.cell] == edit.new else "differs"


def _penalty(layout: Layout, edit: Edit, solution: Solution, doubted: np.ndarray | None) -> float:
    """How unlikely a single change is: the slips that people and tools make most are the likeliest."""
    if doubted is not None and doubted[edit.cell]:
        return 0.0
    if solution.events and len(solution.events) == solution.cost:
        return 1.0
    if edit.old == 0:
        return 1.0 if edit.cell in layout.sums else 1.5  # a sum was not filled in, a part was left out
    if edit.new != 0 and one_slip(str(edit.old), str(edit.new)):
        return 2.0
    return 4.0 if edit.new == 0 else 3.0


def one_slip(old: str, new: str) -> bool:
    """Whether two numbers differ by one digit typed wrong, left out, doubled or exchanged with its neighbour."""
    if len(old) == len(new):
        differ = [place for place in range(len(old)) if old[place] != new[place]]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1
        return len(differ) == 1 or (swapped and old[differ[0]] == new[differ[1]] and old[differ[1]] == new[differ[0]])
    short, long = sorted((old, new), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
