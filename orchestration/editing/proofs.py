"""Why a derived value is the only possible one: the chain of identities, for people to read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.editing.bounds import GIVEN
from orchestration.editing.examining import TOGETHER, Examination
from orchestration.editing.layout import Layout
from orchestration.editing.optimise import Rules

WORDS = {
    "en": {
        "sum": "{identity}: {cell} = {sum} = {value}",
        "left": "{identity}: {known} leaves {rest} for {cells}, none of which is below 0: {cell} = {value}",
        "bounds": "{identity}: the other terms leave only {cell} = {value}",
        "together": "{identities} together leave only {cell} = {value}",
        "then": "; then ",
        "others": "{count} cells",
    },
    "zh": {
        "sum": "{identity}：{cell} = {sum} = {value}",
        "left": "{identity}：{known}，余 {rest} 归 {cells}，各项均不小于 0：{cell} = {value}",
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


def step_of(found: Examination, place: int, cell: int) -> Step:
    """The last step of the proof of a derived cell; ``place`` is the line of the report in ``found.rows``."""
    bounds = found.bounds
    by, value = int(bounds.by[place, cell]), int(bounds.low[place, cell])
    if by == TOGETHER:
        return Step(cell, value, "together", _together(found, place, cell), ())
    terms = np.flatnonzero(found.layout.terms[by])
    earlier = [
        int(t) for t in terms if bounds.by[place, t] != GIVEN and bounds.when[place, t] < bounds.when[place, cell]
    ]
    if bounds.alone[place, cell]:
        return Step(cell, value, "sum", (by,), tuple(earlier))
    opened = [int(t) for t in terms if not found.used[place, t] and t not in earlier]
    method = "left" if not bounds.low[place, opened].any() and _one_sided(found.layout, by, opened) else "bounds"
    return Step(cell, value, method, (by,), tuple(earlier))


def chain(found: Examination, place: int, cell: int) -> list[Step]:
    """All steps of the proof of a derived cell, those that others rest upon first."""
    steps: dict[int, Step] = {}

    def visit(which: int) -> None:
        if which not in steps:
            step = step_of(found, place, which)
            for other in step.after:
                visit(other)
            steps[which] = step

    visit(cell)
    return list(steps.values())


def proof(found: Examination, place: int, cell: int, language: str = "en") -> str:
    """The proof of a derived cell in a sentence for each step; a value that was derived itself is marked with ``*``."""
    return WORDS[language]["then"].join(_say(found, place, step, language) for step in chain(found, place, cell))


def _say(found: Examination, place: int, step: Step, language: str) -> str:
    layout, words = found.layout, WORDS[language]
    names = [name_of(layout, identity) for identity in step.identities]
    cell = layout.cells[step.cell]
    if step.method == "together":
        return words["together"].format(identities=", ".join(names), cell=cell, value=step.value)
    if step.method == "bounds":
        return words["bounds"].format(identity=names[0], cell=cell, value=step.value)
    net = layout.net[step.identities[0]]
    marked = dict.fromkeys(step.after, "*")
    settled = [int(t) for t in np.flatnonzero(net) if found.used[place, t] or t in marked]
    numbers = {t: int(found.bounds.low[place, t]) for t in settled}
    if step.method == "left":
        opened = [layout.cells[t] for t in np.flatnonzero(net) if t not in numbers]
        # where all that is known is 0, the sum that says so is enough
        shown = [t for t, n in numbers.items() if n or net[t] * net[step.cell] < 0]
        known = ", ".join(f"{layout.cells[t]} = {numbers[t]}{marked.get(t, '')}" for t in shown)
        few = ", ".join(opened) if len(opened) < 4 else words["others"].format(count=len(opened))
        return words["left"].format(identity=names[0], known=known, rest=0, cells=few, cell=cell, value=step.value)
    total = " ".join(
        f"{'-' if -net[t] * net[step.cell] < 0 else '+'} {_short(layout, t, step.cell)} {n}{marked.get(t, '')}"
        for t, n in numbers.items()
        if n
    )
    return words["sum"].format(identity=names[0], cell=cell, sum=total.removeprefix("+ ") or "0", value=step.value)


def _short(layout: Layout, cell: int, beside: int) -> str:
    """The part of an address in which it differs from that of a neighbour."""
    _, row, column = layout.cells[cell].split("/")
    return column if row == layout.cells[beside].split("/")[1] else row


def name_of(layout: Layout, identity: int) -> str:
    """``identity[member]``."""
    which = layout.identities[identity]
    return f"{which.identity}[{which.member}]"


def _one_sided(layout: Layout, identity: int, cells: list[int]) -> bool:
    signs = layout.net[identity, cells]
    return bool((signs > 0).all() or (signs < 0).all())


def _together(found: Examination, place: int, cell: int) -> tuple[int, ...]:
    """The identities that bound the cell together."""
    free = ~found.used[place]
    low = np.where(free, 0.0, found.bounds.low[place])
    return tuple(np.flatnonzero(Rules(found.layout.net, low, free).needed(cell)).tolist())
