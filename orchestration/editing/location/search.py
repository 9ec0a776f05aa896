"""All sets of k cells whose correction brings every imbalance to 0, for many reports at once.

A set of cells without a cycle always has a node that only one of them touches; that node fixes the correction of its
cell. So every such set is found by fixing violated nodes one after the other, each by one cell, and a branch ends where
more nodes are violated than the cells left can touch. A smallest set with a cycle needs every cell because some of them
would fall below 0: it has a solution in which such a cell is exactly 0, so these are set to 0 first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.editing.network import Network

STATES = 4_000  # branches looked at together: bounds the memory
LIMIT = 400_000  # branches of one problem beyond which the search is left to the general solver
_MIX = np.random.default_rng(7).integers(1, 2**62, 4096, dtype=np.int64) | 1


@dataclass(frozen=True, slots=True)
class CellSet:
    """Cells (columns of the layout) with what must be added to each; not ``fixed``: other amounts would do as well."""

    cells: tuple[int, ...]
    deltas: tuple[int, ...]
    fixed: bool = True


@dataclass(frozen=True, eq=False)
class Problems:
    """Problems (B) of a network: values x (B, n), usable cells, ends of the cells and imbalances (B, nodes + 1).

    ``joined``: unknown cells have joined nodes into groups, so that cells may lie side by side.
    """

    network: Network
    values: np.ndarray
    usable: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    imbalance: np.ndarray
    joined: bool

    def take(self, rows: np.ndarray) -> Problems:
        """Some of the problems."""
        parts = (self.values, self.usable, self.tail, self.head, self.imbalance)
        return Problems(self.network, *(part[rows] for part in parts), self.joined)


def complete(network: Network, values: np.ndarray, imbalance: np.ndarray) -> Problems:
    """Problems in which every value is known."""
    shape = values.shape
    ends = (np.broadcast_to(end, shape) for end in (network.tail, network.head))
    return Problems(network, values, np.broadcast_to(np.array(True), shape), *ends, imbalance, False)


def with_unknown(network: Network, values: np.ndarray, known: np.ndarray, imbalance: np.ndarray) -> Problems:
    """Problems with unknown cells (``values`` is 0 there); imbalances are summed over the groups that they join."""
    groups = np.stack([network.contracted(~row) for row in known])
    tail, head = groups[:, network.tail], groups[:, network.head]
    summed = np.zeros_like(imbalance)
    np.add.at(summed, (np.arange(len(groups))[:, None], groups), imbalance)
    summed[:, network.ground] = 0
    return Problems(network, values, known & (tail != head), tail, head, summed, True)


def sets_of(problems: Problems, size: int, limit: int = LIMIT) -> list[list[CellSet] | None]:
    """For each problem all sets of ``size`` cells that solve it; None where there are over ``limit`` branches.

    Sets that contain a smaller solution are among them; the caller asks for sizes from 1 upwards.
    """
    count = len(problems.values)
    run = _Run(problems, size, limit, [{} for _ in range(count)], np.zeros(count, np.int64))
    owners = np.arange(count)
    none = np.zeros((count, 0), np.int64)
    start = _States(owners, problems.imbalance, none, none, owners * _MIX[-1], np.zeros(count, bool))
    run.descend(start.take(run.plausible(start, size)), size)
    return [
        None if tried > limit else [sets[cells] for cells in sorted(sets)]
        for sets, tried in zip(run.found, run.tried, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _States:
    """Branches (S): whose they are, what is still violated, the cells chosen so far; ``key`` names the choice."""

    owner: np.ndarray
    imbalance: np.ndarray
    cells: np.ndarray
    deltas: np.ndarray
    key: np.ndarray
    settled: np.ndarray  # a cell has been chosen otherwise than by setting it to 0

    def take(self, rows: np.ndarray | slice) -> _States:
        parts = (self.owner, self.imbalance, self.cells, self.deltas, self.key, self.settled)
        return _States(*(part[rows] for part in parts))


@dataclass(frozen=True, slots=True)
class _Run:
    """One search: what was found, by problem and cells, and how many branches of each problem were tried."""

    problems: Problems
    size: int
    limit: int
    found: list[dict[tuple[int, ...], CellSet]]
    tried: np.ndarray

    def descend(self, state: _States, left: int) -> None:
        """Follow branches with ``left`` cells to go, a part of them at a time."""
        if left == 0:
            self.keep(state)
            return
        for start in range(0, len(state.owner), STATES):
            for children in self.step(state.take(slice(start, start + STATES)), left):
                np.add.at(self.tried, children.owner, 1)
                alive = self.tried[children.owner] <= self.limit
                first = np.sort(np.unique(children.key[alive], return_index=True)[1])
                self.descend(children.take(np.flatnonzero(alive)[first]), left - 1)

    def step(self, state: _States, left: int) -> list[_States]:
        """The branches after one more cell."""
        problems, ground, owner = self.problems, self.problems.network.ground, state.owner
        tail, head, values = problems.tail[owner], problems.head[owner], problems.values[owner]
        usable = problems.usable[owner]
        if state.cells.shape[1]:
            usable = usable.copy()
            usable[np.arange(len(owner))[:, None], state.cells] = False
        at_tail = np.take_along_axis(state.imbalance, tail, axis=1)
        at_head = np.take_along_axis(state.imbalance, head, axis=1)
        both = at_tail + at_head
        rest = (state.imbalance != 0).sum(axis=1)[:, None] - (at_tail != 0) - (at_head != 0)
        most = 2 * (left - 1)
        by_head = usable & (at_head != 0) & (values >= at_head)
        by_head &= rest + ((both != 0) & (tail != ground)) <= most
        by_tail = usable & (at_tail != 0) & (values + at_tail >= 0) & (both != 0)
        by_tail &= rest + (head != ground) <= most
        if problems.joined or (tail == ground).any():
            by_tail |= usable & (at_tail != 0) & (both == 0) & ~by_head & (values + at_tail >= 0) & (rest <= most)
        parts = [self.moved(state, by_head, -at_head, left, True), self.moved(state, by_tail, at_tail, left, True)]
        if left >= 2 and self.size >= (2 if problems.joined else 4):  # as long as the shortest cycle
            ends = ((at_tail != values) & (tail != ground)).astype(np.int64) + ((at_head != -values) & (head != ground))
            zeroed = usable & (values > 0) & ~state.settled[:, None] & (rest + ends <= most)
            parts.append(self.moved(state, zeroed, -values, left, False))
        return [part for part in parts if len(part.owner)]

    def moved(self, state: _States, moves: np.ndarray, delta: np.ndarray, left: int, settled: bool) -> _States:
        row, cell = np.nonzero(moves)
        amount, owner, at = delta[row, cell], state.owner[row], np.arange(len(row))
        imbalance = state.imbalance[row]
        imbalance[at, self.problems.head[owner, cell]] += amount
        imbalance[at, self.problems.tail[owner, cell]] -= amount
        imbalance[:, self.problems.network.ground] = 0
        made = _States(
            owner,
            imbalance,
            np.column_stack([state.cells[row], cell]),
            np.column_stack([state.deltas[row], amount]),
            state.key[row] + _MIX[cell] * (2 * amount + 1),
            state.settled[row] | settled,
        )
        return made.take(self.plausible(made, left - 1))

    def plausible(self, state: _States, left: int) -> np.ndarray:
        """Whether the cells left can touch every violated node: each touches two, and one of each kind."""
        violated = state.imbalance[:, :-1] != 0
        fits = violated.sum(axis=1) <= 2 * left
        if not self.problems.joined:
            fits &= (violated @ self.problems.network.kinds <= left).all(axis=1)
        return fits

    def keep(self, state: _States) -> None:
        """File what solves a problem; where several amounts would do, with the smallest correction."""
        for owner, cells, deltas in zip(state.owner.tolist(), state.cells.tolist(), state.deltas.tolist(), strict=True):
            chosen = dict(sorted(zip(cells, deltas, strict=True)))
            ends = [(int(self.problems.tail[owner, c]), int(self.problems.head[owner, c])) for c in chosen]
            entry = CellSet(tuple(chosen), tuple(chosen.values()), is_forest(ends))
            known = self.found[owner].get(entry.cells)
            if known is None or _size(entry) < _size(known):
                self.found[owner][entry.cells] = entry


def is_forest(ends: list[tuple[int, int]]) -> bool:
    """Whether edges hold no cycle: only then is one amount possible for each."""
    group: dict[int, int] = {}
    for tail, head in ends:
        first, second = group.setdefault(tail, tail), group.setdefault(head, head)
        if first == second:
            return False
        for node, name in group.items():
            if name == second:
                group[node] = first
    return True


def _size(entry: CellSet) -> int:
    return sum(abs(delta) for delta in entry.deltas)
