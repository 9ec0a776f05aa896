"""The identities of a layout as a network: identities are nodes, cells are edges that carry a flow of requests.

The request table is a network because its sums nest in one direction only: after a redundant identity is dropped and
the signs are chosen, every cell flows out of one identity into another, or between an identity and the ground. Then
wrong cells are edges that must carry a correction from nodes with a surplus to nodes with a deficit, and whole numbers
come out whole. A declared identity that does not fit leaves the layout without a network; the general solver serves it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from orchestration.editing.layout import Layout


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes 0..nodes-1 stand for identities, node ``ground`` (= nodes) takes up whatever ends nowhere.

    Raising cell e by d raises the imbalance of ``head[e]`` by d and lowers that of ``tail[e]`` by d; a report obeys all
    identities where every imbalance is 0. ``rows`` (nodes, n) gives imbalances of values; ``identity[v]`` the identity
    of node v; ``kinds`` (nodes, names) marks nodes by name of identity: an edge touches at most one of each.
    """

    layout: Layout
    rows: np.ndarray
    identity: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    kinds: np.ndarray

    @property
    def nodes(self) -> int:
        return len(self.rows)

    @property
    def ground(self) -> int:
        return len(self.rows)

    def imbalance(self, values: np.ndarray) -> np.ndarray:
        """(N, nodes + 1) exact imbalances of (N, n) whole numbers; the ground has none."""
        found = np.rint(values.astype(np.float64) @ self.rows.T).astype(np.int64)
        return np.pad(found, ((0, 0), (0, 1)))

    @cached_property
    def node_of(self) -> dict[int, int]:
        """Identity -> node; a dropped identity is not among them."""
        return {int(identity): node for node, identity in enumerate(self.identity)}

    def contracted(self, unknown: np.ndarray) -> np.ndarray:
        """For each node the node that stands for its group, where unknown cells join nodes into groups.

        Whatever a group lacks inside, its unknown cells can make up; only its sum must come to 0. A group that
        holds the ground is the ground.
        """
        parent = list(range(self.nodes + 1))

        def root(node: int) -> int:
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        for edge in np.flatnonzero(unknown):
            first, second = sorted((root(int(self.tail[edge])), root(int(self.head[edge]))))
            parent[first] = second  # the greater wins, so that the ground stays itself
        return np.array([root(node) for node in range(self.nodes + 1)])


@lru_cache(maxsize=64)
def network_of(layout: Layout) -> Network | None:
    """The network of a layout, or None where its identities are none."""
    net = layout.net
    if not len(net) or not np.isin(net, (-1, 0, 1)).all() or layout.signed.any():
        return None
    kept = _without_redundant(net)
    if kept is None:
        return None
    signs = _signs(net[kept])
    if signs is None:
        return None
    rows = net[kept] * signs[:, None]
    ground = len(kept)
    tail, head = (np.where((rows == s).any(axis=0), (rows == s).argmax(axis=0), ground) for s in (-1, 1))
    names = [layout.identities[row].identity for row in kept]
    kinds = np.array([[name == kind for kind in dict.fromkeys(names)] for name in names], dtype=np.int64)
    touched = (rows != 0).T.astype(np.int64) @ kinds
    if (touched > 1).any():
        kinds = np.zeros((len(kept), 1), np.int64)
    return Network(layout, rows, np.array(kept), tail, head, kinds)


def _without_redundant(net: np.ndarray) -> list[int] | None:
    """Rows of which each column has at most two, left after dropping rows that follow from the others."""
    kept = list(range(len(net)))
    rank = np.linalg.matrix_rank(net) if len(net) else 0
    while len(kept):
        crowded = (net[kept] != 0).sum(axis=0) > 2
        if not crowded.any():
            break
        share = (net[kept][:, crowded] != 0).sum(axis=1)
        for place in np.argsort(-share, kind="stable"):
            rest = kept[:place] + kept[place + 1 :]
            if share[place] and np.linalg.matrix_rank(net[rest]) == rank:
                kept = rest
                break
        else:
            return None
    return kept


def _signs(rows: np.ndarray) -> np.ndarray | None:
    """A sign for each row such that the two entries of every column are opposite, or None."""
    signs = np.zeros(len(rows))
    for start in range(len(rows)):
        if signs[start]:
            continue
        signs[start] = 1
        queue = deque([start])
        while queue:
            row = queue.popleft()
            for column in np.flatnonzero(rows[row]):
                for other in np.flatnonzero(rows[:, column]):
                    if other == row:
                        continue
                    wanted = -signs[row] * rows[row, column] * rows[other, column]
                    if signs[other] == 0:
                        signs[other] = wanted
                        queue.append(int(other))
                    elif signs[other] != wanted:
                        return None
    return signs
