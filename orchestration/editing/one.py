"""One report examined, by addresses and decimals: what the command line and a web page show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from orchestration.editing.derivation.proofs import proofs
from orchestration.editing.examining import examine
from orchestration.editing.judging import Judgement, judge_one
from orchestration.editing.layout import EXACT_LIMIT, VERDICTS, layout_of

Values = Mapping[str, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A suggested change: address, the value as reported and the value that probably should stand there."""

    cell: str
    old: Decimal
    new: int


@dataclass(frozen=True, slots=True)
class Edits:
    """A component of violated identities ((identity, member), …) and its smallest corrections, best first.

    ``neighbours``: for each correction what the year before says of it: ``agrees``, ``differs`` or nothing.
    """

    identities: tuple[tuple[str, str], ...]
    certainty: str
    solutions: tuple[tuple[CellEdit, ...], ...]
    events: tuple[tuple[str, ...], ...]
    neighbours: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A missing cell with its only possible value and the proof; ``conditional`` if nothing else may be wrong."""

    cell: str
    value: int
    proof: str
    conditional: bool


@dataclass(frozen=True, slots=True)
class Report:
    """``judgements`` of the reported values, ``after`` ((identity, member) -> verdict) with the derived beside them.

    ``bounds``: for the missing cells that stay open the least and the greatest possible value (None: no limit).
    """

    judgements: tuple[Judgement, ...]
    after: dict[tuple[str, str], str]
    edits: tuple[Edits, ...]
    derived: tuple[Derived, ...]
    bounds: dict[str, tuple[int, int | None]]


def examine_one(
    forms: Mapping[str, str | None],
    values: Values,
    doubted: Collection[str] = (),
    language: str = "en",
    expected: Values | None = None,
) -> Report:
    """Judge, locate and derive for one report; the arguments are those of ``judge_one``, and the cells under doubt.

    ``expected``: cell -> what a neighbour year's report expects, which weighs in the ranking of corrections alone.
    """
    judgements = tuple(judge_one(forms, values))
    layout = layout_of(dict(forms))
    reported = [None if values.get(cell) is None else Decimal(values[cell]) for cell in layout.cells]
    fit = np.array([v is not None and v == v.to_integral_value() and abs(v) < EXACT_LIMIT for v in reported], bool)
    known = np.array([v is not None for v in reported], bool)
    numbers = np.array([float(v) if ok else 0.0 for v, ok in zip(reported, fit, strict=True)])[None]
    told = np.array([[float((expected or {}).get(cell, "nan")) for cell in layout.cells]])
    under_doubt = np.array([[cell in doubted for cell in layout.cells]], bool)
    found = examine(layout, numbers, known[None], under_doubt, (known & ~fit)[None], told)
    names = [(i.identity, i.member) for i in layout.identities]
    edits = tuple(
        Edits(
            tuple(names[i] for i in part.identities),
            part.certainty,
            tuple(
                tuple(CellEdit(layout.cells[e.cell], reported[e.cell], e.new) for e in s.edits) for s in part.solutions
            ),
            tuple(solution.events for solution in part.solutions),
            tuple(tuple(sorted({n for n in solution.neighbours if n})) for solution in part.solutions),
        )
        for part in found.components[0]
    )
    derived: tuple[Derived, ...] = ()
    bounds: dict[str, tuple[int, int | None]] = {}
    if len(found.rows):
        cells = np.flatnonzero(found.derived[0]).tolist()
        proved = proofs(found, 0, cells, language)
        derived = tuple(
            Derived(
                layout.cells[cell],
                int(found.bounds.low[0, cell]),
                proved[cell],
                bool(found.conditional[0, cell]),
            )
            for cell in cells
        )
        for cell in np.flatnonzero(~known & ~found.derived[0] & (found.bounds.low[0] <= found.bounds.high[0])):
            least, most = found.bounds.low[0, cell], found.bounds.high[0, cell]
            bounds[layout.cells[cell]] = (int(least), None if np.isinf(most) else int(most))
    # huge numbers and fractions are judged in decimals, so the verdicts before stand; only derived terms change them
    changed = dict(zip(names, VERDICTS[found.after[0]].tolist(), strict=True))
    stated = {(j.identity, j.member): j.verdict for j in judgements if j.identity != "domain"}
    filled = {entry.cell for entry in derived}
    after = {
        name: changed[name] if filled & set(identity.cells) else stated[name]
        for name, identity in zip(names, layout.identities, strict=True)
    }
    return Report(judgements, after, edits, derived, bounds)
