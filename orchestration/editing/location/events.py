"""Events: one slip of the hand or of a tool that changes several cells of one line, counted as one change.

``swap``: two cells of a row or column exchanged. ``shift``: the cells of a row moved by one column, from some
column on; the cell that this leaves open is empty, zero or holds the one that fell out. ``digits``: digits of one cell
stand in its neighbour. ``stale_totals``: two sums of one chain that lack the same amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from orchestration.editing.layout import Layout
from orchestration.editing.location.search import Problems
from orchestration.editing.network import Network


@dataclass(frozen=True, slots=True)
class Event:
    """Cells of one line with what must be added to each; ``near``: the cells are neighbours in the form."""

    kind: str
    cells: tuple[int, ...]
    deltas: tuple[int, ...]
    near: bool = True


@dataclass(frozen=True, eq=False)
class Line:
    """A row or column of a table: its cells in the order of the form, and how imbalances determine corrections."""

    cells: np.ndarray
    is_row: bool
    nodes: np.ndarray  # (nodes,) touched by the line
    inverse: np.ndarray  # (cells, nodes)
    effect: np.ndarray  # (nodes, cells) of a correction


@lru_cache(maxsize=64)
def lines_of(network: Network) -> tuple[Line, ...]:
    """The lines of a layout in which an imbalance determines the correction: no two ways to spread it."""
    groups: dict[tuple[str, str, bool], list[int]] = {}
    for place, address in enumerate(network.layout.cells):
        table, row, column = address.split("/")
        groups.setdefault((table, row, True), []).append(place)
        groups.setdefault((table, column, False), []).append(place)
    found = []
    for (_, _, is_row), places in groups.items():
        effect = network.rows[:, places]
        if len(places) > 1 and np.linalg.matrix_rank(effect) == len(places):
            found.append(Line(np.array(places), is_row, (effect != 0).any(axis=1), np.linalg.pinv(effect), effect))
    return tuple(found)


@lru_cache(maxsize=64)
def chained_totals(layout: Layout) -> frozenset[tuple[int, int]]:
    """Pairs of sums of which the one is a part of the other (both orders)."""
    total_of = {}
    for number, identity in enumerate(layout.identities):
        if len(identity.left) == 1:
            total_of[number] = layout.index[identity.left[0][2]]
    pairs = set()
    for number, total in total_of.items():
        for part in np.flatnonzero(layout.right[number]):
            if int(part) in total_of.values():
                pairs |= {(int(part), total), (total, int(part))}
    return frozenset(pairs)


def confined(problems: Problems) -> list[list[Event]]:
    """For each problem the single events that solve it: in one line, which the imbalances then determine."""
    network, values = problems.network, problems.values
    found: list[list[Event]] = [[] for _ in range(len(values))]
    gap = problems.imbalance[:, :-1]
    violated = (gap != 0).astype(np.float64)
    for line in lines_of(network):
        if problems.joined:
            inside, deltas = _joined_deltas(problems, line)
        else:
            inside = np.flatnonzero(violated @ ~line.nodes == 0)
            deltas = np.rint(-gap[inside] @ line.inverse.T).astype(np.int64)
            solved = (deltas @ line.effect.T.astype(np.int64) == -gap[inside]).all(axis=1)
            inside, deltas = inside[solved], deltas[solved]
        if not len(inside):
            continue
        new = values[np.ix_(inside, line.cells)] + deltas
        fits = (new >= 0).all(axis=1) & ((deltas != 0).sum(axis=1) >= 2)
        for place in np.flatnonzero(fits):
            owner = inside[place]
            named = classify(network.layout, line, values[owner, line.cells], new[place])
            if named:
                found[owner].append(_event(line, named, deltas[place]))
    return found


def _joined_deltas(problems: Problems, line: Line) -> tuple[np.ndarray, np.ndarray]:
    """The same where unknown cells have joined nodes: problem by problem, and the unknown cells of the line stay."""
    inside, deltas = [], []
    touched = np.zeros(problems.imbalance.shape, bool)
    for ends in (problems.head[:, line.cells], problems.tail[:, line.cells]):
        np.put_along_axis(touched, ends, True, axis=1)
    for place in np.flatnonzero(~((problems.imbalance != 0) & ~touched).any(axis=1)).tolist():
        imbalance, free = problems.imbalance[place], np.flatnonzero(problems.usable[place, line.cells])
        cells = line.cells[free]
        effect = np.zeros((problems.network.nodes + 1, len(cells)))
        effect[problems.head[place, cells], np.arange(len(cells))] += 1
        effect[problems.tail[place, cells], np.arange(len(cells))] -= 1
        effect[-1] = 0
        if np.linalg.matrix_rank(effect) < len(cells):
            continue
        delta = np.rint(-np.linalg.pinv(effect) @ imbalance)
        if (effect @ delta == -imbalance).all():
            inside.append(place)
            deltas.append(np.zeros(len(line.cells), np.int64))
            deltas[-1][free] = delta
    return np.array(inside, np.int64), np.array(deltas, np.int64).reshape(len(inside), len(line.cells))


def _event(line: Line, named: tuple[str, bool], deltas: np.ndarray) -> Event:
    moved = np.flatnonzero(deltas)
    cells = tuple(int(cell) for cell in line.cells[moved])
    return Event(named[0], cells, tuple(int(delta) for delta in deltas[moved]), named[1])


def classify(layout: Layout, line: Line, old: np.ndarray, new: np.ndarray) -> tuple[str, bool] | None:
    """The event that turned ``new`` into ``old`` in a line, and whether it lies between neighbours; None if none."""
    moved = np.flatnonzero(old != new)
    if len(moved) == 2:
        first, second = moved
        near = bool(second - first == 1)
        if new[first] == old[second] and new[second] == old[first]:
            return "swap", near
        if line.is_row and near and f"{old[first]}{old[second]}" == f"{new[first]}{new[second]}":
            return "digits", True
        chain = (int(line.cells[first]), int(line.cells[second])) in chained_totals(layout)
        if chain and new[first] - old[first] == new[second] - old[second]:
            return "stale_totals", near
    if line.is_row and len(moved) >= 2 and any(shifted(old, new, start) for start in range(moved[0] + 1)):
        return "shift", True
    return None


def shifted(old: np.ndarray, new: np.ndarray, start: int) -> bool:
    """Whether ``old`` is ``new`` with the cells from ``start`` on moved by one column to the right or left."""
    right = (old[start + 1 :] == new[start:-1]).all() and old[start] in (0, new[-1])
    left = (old[start:-1] == new[start + 1 :]).all() and old[-1] in (0, new[start])
    return bool((old[:start] == new[:start]).all() and (right or left) and len(old) - start > 1)


def possible(problems: Problems, cells: int) -> Iterator[tuple[int, Event]]:
    """For the problems by place the events between known neighbours that ``cells`` more cells might complete."""
    lines, pairs, in_row = lines_of(problems.network), *neighbours(problems.network)
    violated = problems.imbalance != 0
    most = violated.sum(axis=1)[:, None] - 2 * cells  # so many violated nodes must be touched
    ends = (problems.tail[:, pairs], problems.head[:, pairs])
    touched = sum(np.take_along_axis(violated, end[:, :, side], axis=1) for end in ends for side in (0, 1))
    one, two = problems.values[:, pairs[:, 0]], problems.values[:, pairs[:, 1]]
    usable = problems.usable[:, pairs].all(axis=2)
    for place, number in zip(*np.nonzero((touched >= most) & (one != two) & usable), strict=True):
        pair, old = (int(pairs[number, 0]), int(pairs[number, 1])), (int(one[place, number]), int(two[place, number]))
        yield int(place), Event("swap", pair, (old[1] - old[0], old[0] - old[1]))
        if in_row[number] and sum(old) > 9:
            yield from ((int(place), event) for event in _resplit(pair, *old))
    rows = np.array([line.is_row for line in lines])
    if not problems.joined:  # what is violated elsewhere must be left to the cells, each of which touches one of a kind
        outside = np.stack([~line.nodes for line in lines]).astype(np.float64)
        kinds = problems.network.kinds.T.astype(np.float64)
        rows = rows & np.all([violated[:, :-1] @ (outside * kind).T <= cells for kind in kinds], axis=0)
    for place, number in zip(*np.nonzero(np.broadcast_to(rows, (len(violated), len(lines)))), strict=True):
        line = lines[number]
        old = problems.values[place, line.cells].tolist()
        if len(old) - old.count(0) > 1 and problems.usable[place, line.cells].all():
            yield from ((int(place), event) for event in _shifts(problems.network.layout, line, old))


@lru_cache(maxsize=64)
def neighbours(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (P, 2) of cells that stand beside each other in a line, and whether the line is a row."""
    pairs = [(pair, line.is_row) for line in lines_of(network) for pair in pairwise(line.cells.tolist())]
    return np.array([pair for pair, _ in pairs]), np.array([is_row for _, is_row in pairs])


def _resplit(pair: tuple[int, ...], one: int, two: int) -> Iterator[Event]:
    digits = f"{one}{two}"
    for cut in range(1, len(digits)):
        first, second = digits[:cut], digits[cut:]
        plain = first == str(int(first)) and second == str(int(second))
        if plain and int(first) != one and (int(first), int(second)) != (two, one):
            yield Event("digits", pair, (int(first) - one, int(second) - two))


def _shifts(layout: Layout, line: Line, old: list[int]) -> Iterator[Event]:
    """A row moved back, where its last cell is the sum of the others."""
    if frozenset(line.cells.tolist()) not in _summed_lines(layout):
        return
    for start in range(len(old) - 1):
        kept = old[:start]
        parts = sum(kept) + sum(old[start + 1 :])
        if old[start] in (0, parts):
            yield from _shift(line, old, [*kept, *old[start + 1 :], parts])
        first = old[-2] - sum(kept) - sum(old[start:-1])
        if first >= 0 and old[-1] in (0, first):
            yield from _shift(line, old, [*kept, first, *old[start:-1]])


def _shift(line: Line, old: list[int], new: list[int]) -> Iterator[Event]:
    moved = [(int(cell), two - one) for cell, one, two in zip(line.cells, old, new, strict=True) if one != two]
    if len(moved) > 2:
        cells, deltas = zip(*moved, strict=True)
        yield Event("shift", cells, deltas)


@lru_cache(maxsize=64)
def _summed_lines(layout: Layout) -> frozenset[frozenset[int]]:
    """Sets of cells of identities in which the last cell is the sum of the others."""
    return frozenset(
        frozenset(cells)
        for cells in ([layout.index[address] for address in i.cells] for i in layout.identities if len(i.left) == 1)
        if cells[0] == max(cells)
    )
