"""Why a derived value is the only possible one: the chain of identities, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from orchestration.editing.derivation.bounds import GIVEN
from orchestration.editing.examining import TOGETHER, Examination
from orchestration.editing.layout import Layout
from orchestration.editing.location.optimise import Rules

WORDS = {
    "en": {
        "sum": "{identity}: {cell} = {sum} = {value}",
        "left": "{identity}: {known} leaves 0 for {cells}, none of which is below 0: {cell} = {value}",
        "bounds": "{identity}: the other terms leave only {cell} = {value}",
        "together": "{identities} together leave only {cell} = {value}",
        "then": "; then ",
        "others": "{count} cells",
    },
    "zh": {
        "sum": "{identity}：{cell} = {sum} = {value}",
        "left": "{identity}：{known}，余 0 归 {cells}，各项均不小于 0：{cell} = {value}",
        "bounds": "{identity}：其余各项只容 {cell} = {value}",
        "together": "{identities} 合并推得：{cell} = {value}",
        "then": "；由此",
        "others": "{count} 个单元格",
    },
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof: how identities (places in the layout) settle a cell.

    ``method``: ``sum`` (the cell is the only unknown term), ``left`` (nothing is left for the unknown parts),
    ``bounds`` (the bounds of the other terms) or ``together`` (several identities at once). ``after`` are the derived
    cells that it rests upon.
    """

    cell: int
    value: int
    method: str
    identities: tuple[int, ...]
    after: tuple[int, ...]


class Proofs:
    """The proofs of one report; ``place`` is its line in ``found.rows``."""

    def __init__(self, found: Examination, place: int, language: str = "en"):
        bounds = found.bounds
        self._found, self._place, self._words = found, place, WORDS[language]
        self._terms, self._names = _tables(found.layout)
        self._cells = found.layout.cells
        self._used = found.used[place].tolist()
        self._low, self._by, self._when, self._alone = (
            array[place].tolist() for array in (bounds.low, bounds.by, bounds.when, bounds.alone)
        )

    def step(self, cell: int) -> Step:
        """The last step of the proof of a derived cell."""
        by, value = self._by[cell], int(self._low[cell])
        if by == TOGETHER:
            return Step(cell, value, "together", self._together(cell), ())
        when = self._when[cell]
        earlier = tuple(t for t, _ in self._terms[by] if self._by[t] != GIVEN and self._when[t] < when)
        if self._alone[cell]:
            return Step(cell, value, "sum", (by,), earlier)
        opened = [(t, weight) for t, weight in self._terms[by] if not self._used[t] and t not in earlier]
        one_sided = len({weight > 0 for _, weight in opened}) == 1
        nothing = one_sided and not any(self._low[t] for t, _ in opened)
        return Step(cell, value, "left" if nothing else "bounds", (by,), earlier)

    def chain(self, cell: int) -> list[Step]:
        """All steps of the proof of a derived cell, those that others rest upon first."""
        steps: dict[int, Step] = {}

        def visit(which: int) -> None:
            if which not in steps:
                step = self.step(which)
                for other in step.after:
                    visit(other)
                steps[which] = step

        visit(cell)
        return list(steps.values())

    def text(self, cell: int) -> str:
        """The proof of a derived cell, a sentence for each step; a value that was itself derived is marked ``*``."""
        return self._words["then"].join([self._say(step) for step in self.chain(cell)])

    def _say(self, step: Step) -> str:
        words, cells = self._words, self._cells
        names = [self._names[identity] for identity in step.identities]
        said = {"cell": cells[step.cell], "value": step.value, "identity": names[0], "identities": ", ".join(names)}
        if step.method in ("together", "bounds"):
            return words[step.method].format(**said)
        terms = self._terms[step.identities[0]]
        weight_here = next(weight for t, weight in terms if t == step.cell)
        settled = [(t, weight, int(self._low[t])) for t, weight in terms if self._used[t] or t in step.after]
        if step.method == "left":
            # where all that is known is 0, the sum that says so is enough
            shown = [(t, number) for t, weight, number in settled if number or weight * weight_here < 0]
            known = ", ".join([f"{cells[t]} = {number}{'*' * (t in step.after)}" for t, number in shown])
            opened = [cells[t] for t, _ in terms if not self._used[t] and t not in step.after]
            few = ", ".join(opened) if len(opened) < 4 else words["others"].format(count=len(opened))
            return words["left"].format(known=known, cells=few, **said)
        row = cells[step.cell].split("/")[1]
        total = ""
        for t, weight, number in settled:
            if number:
                _, of, column = cells[t].split("/")
                sign = "+" if weight * weight_here < 0 else "-"
                total += f" {sign} {column if of == row else of} {number}{'*' * (t in step.after)}"
        return words["sum"].format(sum=total.removeprefix(" + ").strip() or "0", **said)

    def _together(self, cell: int) -> tuple[int, ...]:
        layout, free = self._found.layout, ~self._found.used[self._place]
        low = np.where(free, 0.0, self._found.bounds.low[self._place])
        return tuple(np.flatnonzero(Rules(layout.net, low, free, layout.floor).needed(cell)).tolist())


@lru_cache(maxsize=64)
def _tables(layout: Layout) -> tuple[list[list[tuple[int, float]]], list[str]]:
    """For each identity its terms with their weights, and its name: ``identity[member]``."""
    terms = [[(int(t), float(row[t])) for t in np.flatnonzero(row)] for row in layout.net]
    return terms, [f"{identity.identity}[{identity.member}]" for identity in layout.identities]


def proofs(found: Examination, place: int, cells: Iterable[int], language: str = "en") -> dict[int, str]:
    """The proofs of derived cells of one report, by cell."""
    prover = Proofs(found, place, language)
    return {cell: prover.text(cell) for cell in cells}


def all_proofs(found: Examination, language: str = "en") -> list[dict[int, str]]:
    """The proofs of the derived cells of every report, line by line of ``found.rows``: what ``proofs`` says of each."""
    told: list[dict[int, str]] = [{} for _ in found.rows]
    known: dict[tuple, str] = {}  # most proofs rest on zeros and so are the same in many reports
    provers: dict[int, Proofs] = {}
    for place, cell, key in _keys(found):
        text = known.get(key) if key else None
        if text is None:
            if place not in provers:
                provers[place] = Proofs(found, place, language)
            text = provers[place].text(cell)
            if key:
                known[key] = text
        told[place][cell] = text
    return told


def _keys(found: Examination) -> Iterator[tuple[int, int, tuple | None]]:
    """Place and cell of every derived value, with all that its proof says; None where it rests on another one."""
    bounds, terms = found.bounds, found.layout.terms
    places, cells = np.nonzero(found.derived)
    by = bounds.by[places, cells]
    for identity in np.unique(by).tolist():
        chosen = np.flatnonzero(by == identity)
        place, cell = places[chosen], cells[chosen]
        if identity < 0:
            yield from ((p, c, None) for p, c in zip(place.tolist(), cell.tolist(), strict=True))
            continue
        at = np.ix_(place, np.flatnonzero(terms[identity]))
        earlier = (bounds.by[at] != GIVEN) & (bounds.when[at] < bounds.when[place, cell][:, None])
        alone, rests = bounds.alone[place, cell].tolist(), earlier.any(axis=1).tolist()
        # bytes of both matrices name a row at once; what is unknown is told by ``used``
        low = np.where(found.used[at], bounds.low[at], -1.0 - (bounds.low[at] > 0))
        for n, (p, c) in enumerate(zip(place.tolist(), cell.tolist(), strict=True)):
            yield p, c, None if rests[n] else (identity, c, alone[n], low[n].tobytes())
