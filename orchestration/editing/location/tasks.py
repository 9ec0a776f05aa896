"""A report's violated nodes in parts that can be mended one by one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from math import prod

import numpy as np

from orchestration.editing.location.answers import Solution
from orchestration.editing.location.search import Problems, sets_of
from orchestration.editing.network import Network

TOGETHER = 4  # parts that need no more cells than this together are also tried as one


@dataclass(frozen=True, eq=False)
class Task:
    """Part of problem ``place``: the violated ``nodes`` that it must mend, with their imbalances; all else stays.

    ``solutions`` are the smallest found so far; ``cells`` how many cells each changes, where no event is among them.
    """

    place: int
    nodes: tuple[int, ...]
    imbalance: np.ndarray
    solutions: list[Solution] = field(default_factory=list)
    cells: int = 0


def split(problems: Problems) -> list[Task]:
    """The tasks of problems: violated nodes that a cell joins belong together, and so do those that only sum to 0."""
    network = problems.network
    block, grounded = _blocks(network)
    tasks: list[Task] = []
    for place, imbalance in enumerate(problems.imbalance):
        violated = np.flatnonzero(imbalance)
        group = {int(node): int(node) for node in violated}
        tail, head = problems.tail[place], problems.head[place]
        touching = problems.usable[place] & (imbalance[tail] != 0) & (imbalance[head] != 0)
        for first, second in {(int(tail[e]), int(head[e])) for e in np.flatnonzero(touching)}:
            _join(group, first, second)
        loose: dict[int, int] = {}
        for name in sorted(set(group.values())):
            nodes = [node for node, of in group.items() if of == name]
            where = int(block[nodes[0]])
            if imbalance[nodes].sum() and not grounded[where]:
                _join(group, loose.setdefault(where, nodes[0]), nodes[0])
        for name in dict.fromkeys(group.values()):
            tasks.append(_task(place, imbalance, tuple(node for node, of in group.items() if of == name)))
    return tasks


def coupled(problems: Problems, tasks: list[Task], solution) -> list[Task]:
    """The tasks of one problem, joined where fewer cells mend them together, or where other cells do as well.

    A part that is mended along its own nodes cannot gain from another; so only detours call for a look.
    ``solution`` makes a Solution of a place and a CellSet.
    """
    block, _ = _blocks(problems.network)
    done: list[Task] = []
    for where in dict.fromkeys(int(block[task.nodes[0]]) for task in tasks):
        parts = [task for task in tasks if block[task.nodes[0]] == where]
        size = sum(task.cells for task in parts)
        detour = any(task.cells >= len(task.nodes) for task in parts)
        if len(parts) > 1 and detour and all(task.cells for task in parts) and size <= TOGETHER:
            joined = together(parts)
            problem = subproblems(problems, [joined])
            for cells in range(1, size + 1):
                sets = sets_of(problem, cells)[0]
                if sets is None:
                    break
                if sets and (cells < size or len(sets) > np.prod([len(task.solutions) for task in parts])):
                    found = [solution(joined.place, entry) for entry in sets]
                    parts = [replace(joined, solutions=found, cells=cells)]
                    break
        done += parts
    return done


def dependent(chosen: list[list[Solution]]) -> list[list[int]]:
    """Parts whose solutions depend on each other, grouped; ``chosen`` has the solutions of each part, by combination.

    Parts are independent where every pair of their solutions occurs among the combinations.
    """
    numbers = [list(map({s: n for n, s in enumerate(dict.fromkeys(part))}.get, part)) for part in chosen]
    group = {part: part for part in range(len(numbers))}
    for one, two in combinations(range(len(numbers)), 2):
        if len(set(zip(numbers[one], numbers[two], strict=True))) < len(set(numbers[one])) * len(set(numbers[two])):
            _join(group, one, two)
    names = dict.fromkeys(group.values())
    groups = [[part for part, of in group.items() if of == name] for name in names]
    fitting = [len(set(zip(*(numbers[part] for part in parts), strict=True))) for parts in groups]
    # pairs may all occur and yet not every combination
    return groups if prod(fitting) == len(set(zip(*numbers, strict=True))) else [list(group)]


def together(parts: list[Task]) -> Task:
    """Tasks of one problem as one, without solutions."""
    if len(parts) == 1:
        return parts[0]
    return _task(parts[0].place, sum(t.imbalance for t in parts), tuple(n for t in parts for n in t.nodes))


def subproblems(problems: Problems, tasks: list[Task]) -> Problems:
    """The tasks as problems of their own."""
    chosen = problems.take(np.array([task.place for task in tasks], dtype=np.int64))
    return replace(chosen, imbalance=np.stack([task.imbalance for task in tasks]))


def _task(place: int, imbalance: np.ndarray, nodes: tuple[int, ...]) -> Task:
    part = np.zeros_like(imbalance)
    part[list(nodes)] = imbalance[list(nodes)]
    return Task(place, tuple(sorted(nodes)), part)


def _join(group: dict[int, int], first: int, second: int) -> None:
    old, new = group[second], group[first]
    if old != new:
        for node, name in group.items():
            if name == old:
                group[node] = new


@lru_cache(maxsize=64)
def _blocks(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """For each node its block (nodes that cells connect without the ground); and for each block if it has it."""
    group = {node: node for node in range(network.nodes)}
    for tail, head in zip(network.tail.tolist(), network.head.tolist(), strict=True):
        if network.ground not in (tail, head):
            _join(group, tail, head)
    grounded = np.zeros(network.nodes + 1, bool)
    for tail, head in zip(network.tail.tolist(), network.head.tolist(), strict=True):
        if network.ground in (tail, head):
            grounded[group.get(tail, group.get(head, 0))] = True
    return np.array([*(group[node] for node in range(network.nodes)), network.ground]), grounded
