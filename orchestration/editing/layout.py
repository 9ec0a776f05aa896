"""The linear identities of a combination of forms as matrices over its cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from orchestration.editing.judging import cell_kinds
from orchestration.form import IdentityInstance, instances

VERDICTS = np.array(["holds", "violated", "unverifiable", "violated_by_bounds", "holds_by_construction"])
HOLDS, VIOLATED, UNVERIFIABLE, BY_BOUNDS, BY_CONSTRUCTION = range(5)
# Sums of some twenty terms below this are exact in float64, whose products are much faster than those of int64.
EXACT_LIMIT = 10**12

Forms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """Identities (m) and the cells that occur in them (n) of the forms ((table, form), …) of a report."""

    forms: Forms
    identities: tuple[IdentityInstance, ...]
    cells: tuple[str, ...]
    left: np.ndarray  # (m, n) weights of the left side
    right: np.ndarray
    signed: np.ndarray  # (n,) cells that may be negative

    @cached_property
    def index(self) -> dict[str, int]:
        """Address -> column of the matrices."""
        return {address: number for number, address in enumerate(self.cells)}

    @cached_property
    def net(self) -> np.ndarray:
        """(m, n) weights of left less right: an identity holds where ``net @ values`` is 0."""
        return self.left - self.right

    @cached_property
    def terms(self) -> np.ndarray:
        """(m, n) whether the cell is a term of the identity."""
        return (self.left != 0) | (self.right != 0)

    @cached_property
    def floor(self) -> np.ndarray:
        """(n,) the least value that a cell can hold: 0, or minus infinity."""
        return np.where(self.signed, -np.inf, 0.0)

    @cached_property
    def sums(self) -> frozenset[int]:
        """The cells that an identity states as the sum of others."""
        return frozenset(self.index[i.left[0][2]] for i in self.identities if len(i.left) == 1)

    def sides(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(N, m) sums of the known terms of both sides, for (N, n) ``values`` with 0 where there is none."""
        return values @ self.left.T, values @ self.right.T

    def verdicts(self, gap: np.ndarray, known: np.ndarray) -> np.ndarray:
        """(N, m) codes into VERDICTS, of (N, m) left less right over the known terms and (N, n) which are known."""
        found = (gap != 0).astype(np.int8)
        rows = np.flatnonzero(~known.all(axis=1))
        if len(rows):
            lost = (~known[rows]).astype(np.float64)
            up = lost @ ((self.net > 0) | (self.terms & self.signed)).T.astype(np.float64) > 0
            down = lost @ ((self.net < 0) | (self.terms & self.signed)).T.astype(np.float64) > 0
            partial, some = gap[rows], up | down
            hopeless = ((partial > 0) & ~down) | ((partial < 0) & ~up)
            found[rows] = np.where(some, np.where(hopeless, BY_BOUNDS, UNVERIFIABLE), found[rows])
        return found


def layout_of(forms: dict[str, str | None]) -> Layout:
    """The layout of ``forms`` (table -> form, None where not found)."""
    return _layout(tuple(sorted((table, form) for table, form in forms.items() if form)))


@lru_cache(maxsize=64)
def _layout(forms: Forms) -> Layout:
    identities = instances(dict(forms))
    used = {address for identity in identities for address in identity.cells}
    kinds = cell_kinds(dict(forms))
    cells = tuple(address for address in kinds if address in used)
    index = {address: number for number, address in enumerate(cells)}
    left, right = (np.zeros((len(identities), len(cells))) for _ in range(2))
    for number, identity in enumerate(identities):
        for matrix, side in ((left, identity.left), (right, identity.right)):
            for weight, _, address in side:
                matrix[number, index[address]] += weight
    return Layout(forms, identities, cells, left, right, np.array([kinds[cell] == "change" for cell in cells], bool))
