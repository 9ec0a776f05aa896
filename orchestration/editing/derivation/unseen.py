"""Slips that no identity can show, because missing cells take them up: two neighbours of a row exchanged.

In a complete table an exchange within a row breaks the identities of both columns. Where another row is lost, the
values derived for it shift instead, and everything holds. So a derived value that such an exchange could have altered
is only conditional, though no cell is suspected.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from orchestration.editing.derivation.bounds import Bounds
from orchestration.editing.layout import Layout


@dataclass(frozen=True, eq=False)
class _Alike:
    """Pairs (P,) of neighbours, first and second, whose exchange changes the same identities, up to the ``sign``."""

    first: np.ndarray
    second: np.ndarray
    sign: np.ndarray


def unseen(layout: Layout, values: np.ndarray, known: np.ndarray, bounds: Bounds, derived: np.ndarray) -> np.ndarray:
    """(N, n) the ``derived`` cells that would be others, had two known neighbours of one row been exchanged."""
    found = np.zeros_like(derived)
    for alike in _groups(layout):
        first, second = alike.first, alike.second
        rows = np.flatnonzero((derived[:, first] | derived[:, second]).any(axis=1))
        if not len(rows):
            continue
        at, beside = np.ix_(rows, first), np.ix_(rows, second)
        gap = np.where(known[at] & known[beside], alike.sign * (values[beside] - values[at]), 0.0)
        rise = np.where(gap > 0, gap, np.inf).min(axis=1)[:, None]
        fall = np.where(gap < 0, -gap, np.inf).min(axis=1)[:, None]
        # what each missing pair can give: the one cell as much as the other gains
        room, other = bounds.high[at], bounds.high[beside]
        room, other = np.where(alike.sign > 0, room, other), np.where(alike.sign > 0, other, room)
        taken = ~known[at] & ~known[beside] & ((rise <= room) | (fall <= other))
        found[at] |= taken
        found[beside] |= taken
    return found & derived


@lru_cache(maxsize=64)
def _groups(layout: Layout) -> tuple[_Alike, ...]:
    lines: dict[str, list[int]] = {}
    for place, address in enumerate(layout.cells):
        lines.setdefault(address.rsplit("/", 1)[0], []).append(place)
    groups: dict[bytes, list[tuple[int, int, int]]] = {}
    for line in lines.values():
        for first, second in pairwise(line):
            effect = layout.net[:, first] - layout.net[:, second]
            if effect.any():
                sign = int(np.sign(effect[np.flatnonzero(effect)[0]]))
                groups.setdefault((effect * sign + 0.0).tobytes(), []).append((first, second, sign))
    return tuple(_Alike(*np.array(pairs).T) for pairs in groups.values() if len(pairs) > 1)
