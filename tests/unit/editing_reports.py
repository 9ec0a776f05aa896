"""Synthetic reports in which every identity holds, and the errors that people and tools plant in them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orchestration.editing.layout import Layout, layout_of
from orchestration.editing.location.answers import Component
from orchestration.editing.location.events import Line, chained_totals, lines_of
from orchestration.editing.location.locating import locate
from orchestration.editing.network import network_of

TABLES = ("disclosure", "requests", "disputes")
WHOLE = dict.fromkeys(TABLES, "2021")
OLD = dict.fromkeys(TABLES, "2019")


def layout(forms: dict[str, str | None] = WHOLE) -> Layout:
    return layout_of(forms)


def true_reports(layout: Layout, count: int, rng: np.random.Generator) -> np.ndarray:
    """(count, n) whole numbers: few requests, most by natural persons, most outcomes 0, as in real reports."""
    values = np.zeros((count, len(layout.cells)), np.int64)
    parts = {address: place for address, place in layout.index.items() if place not in layout.sums}
    rows: dict[str, list[tuple[str, int]]] = {}
    for address, place in parts.items():
        table, row, column = address.split("/")
        rows.setdefault(f"{table}/{row}", []).append((column, place))
    size = rng.gamma(0.6, 8, count)
    for name, cells in rows.items():
        share = rng.gamma(0.3, 1, count) if "/received" not in name else np.full(count, 5.0)
        for column, place in cells:
            weight = 1.0 if column == "natural_person" else 0.1
            values[:, place] = rng.poisson(size * share * weight if "requests" in name else 0.5, count)
    # what the balance lacks is made up in the cells that are no sum; then every sum follows from its parts
    for _ in range(4):
        for number, identity in enumerate(layout.identities):
            if len(identity.left) == 1:
                values[:, layout.index[identity.left[0][2]]] = values @ layout.right[number].astype(np.int64)
        for number, identity in enumerate(layout.identities):
            if len(identity.left) > 1:
                gap = values @ layout.net[number].astype(np.int64)
                free = [layout.index[a] for _, _, a in (*identity.left, *identity.right)]
                free = [place for place in free if place not in layout.sums]
                if free:
                    more, less = free[0], free[-1]
                    values[:, more] += np.maximum(-gap, 0)
                    values[:, less] += np.maximum(gap, 0)
    assert not (values @ layout.net.T.astype(np.int64)).any()
    return values


def typed(number: int, rng: np.random.Generator) -> int:
    """Another number, as a slip of the hand makes it."""
    digits = str(number)
    place = int(rng.integers(len(digits)))
    slips = [
        digits[:place] + str(rng.integers(10)) + digits[place + 1 :],
        digits[:place] + str(rng.integers(10)) + digits[place:],
        (digits[:place] + digits[place + 1 :]) or "0",
        "0",
        str(number + int(rng.integers(1, 10))),
    ]
    wrong = int(slips[int(rng.integers(len(slips)))])
    return wrong if wrong != number else number + 1


@dataclass(frozen=True)
class Errors:
    """Plants errors of a kind in reports; ``plant`` returns whether it found a place for it."""

    layout: Layout
    rng: np.random.Generator
    table: str = "requests"

    def plant(self, kind: str, row: np.ndarray) -> bool:
        """Change one report in place: cells, swap_row, swap_column, shift, digits or stale_totals (and cells2, …)."""
        if kind.startswith("cells"):
            for place in self.rng.choice(self.places, int(kind[5:] or 1), replace=False):
                row[place] = typed(int(row[place]), self.rng)
            return True
        if kind == "stale_totals":
            wrong = int(self.rng.integers(1, 6))
            pairs = [p for p in sorted(chained_totals(self.layout)) if p[0] < p[1] and row[list(p)].min() >= wrong]
            choices = [(list(pair), row[list(pair)] - wrong) for pair in pairs]
        else:
            choices = []
            for line in self.rng.permutation(np.array(self.lines(kind != "swap_column"), dtype=object)):
                choices = list(getattr(self, f"_{kind.split('_')[0]}")(line.cells, row))
                if choices:
                    break
        if not choices:
            return False
        cells, new = choices[int(self.rng.integers(len(choices)))]
        row[cells] = new
        return True

    @property
    def places(self) -> list[int]:
        """The cells of the table."""
        return [place for place, address in enumerate(self.layout.cells) if address.startswith(self.table)]

    def lines(self, is_row: bool) -> list[Line]:
        """The rows or columns of the table."""
        lines = lines_of(network_of(self.layout))
        return [n for n in lines if n.is_row == is_row and self.layout.cells[n.cells[0]].startswith(self.table)]

    def _swap(self, cells: np.ndarray, row: np.ndarray):
        for pair in pairwise(cells.tolist()):
            if row[pair[0]] != row[pair[1]]:
                yield list(pair), row[list(pair[::-1])].copy()

    def _shift(self, cells: np.ndarray, row: np.ndarray):
        old = row[cells]
        for new in (np.append(0, old[:-1]), np.append(old[1:], 0)):
            if (old != new).sum() > 2:
                yield cells, new

    def _digits(self, cells: np.ndarray, row: np.ndarray):
        for pair in pairwise(cells.tolist()):
            one, two = (int(number) for number in row[list(pair)])
            digits = f"{one}{two}"
            for cut in range(1, len(digits)):
                parts = digits[:cut], digits[cut:]
                if int(parts[0]) not in (one, two) and all(str(int(part)) == part for part in parts):
                    yield list(pair), [int(part) for part in parts]


def lose_row(layout: Layout, known: np.ndarray, rng: np.random.Generator, table: str = "requests") -> None:
    """Lose a random row of a table in each report, in place."""
    rows: dict[str, list[int]] = {}
    for place, address in enumerate(layout.cells):
        if address.startswith(table):
            rows.setdefault(address.rsplit("/", 1)[0], []).append(place)
    names = list(rows)
    for line in known:
        line[rows[names[int(rng.integers(len(names)))]]] = False


def verdicts(layout: Layout, values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The verdict codes of reports."""
    left, right = layout.sides(np.where(known, values, 0).astype(float))
    return layout.verdicts(left - right, known)


def located(shape: Layout, values: np.ndarray, known: np.ndarray | None = None) -> list[list[Component]]:
    """The components of reports."""
    known = np.ones(values.shape, bool) if known is None else known
    values = np.where(known, values, 0).astype(float)
    return locate(shape, values, known, verdicts(shape, values, known))
