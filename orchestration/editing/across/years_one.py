"""The identities across years for one report and the one before it, in exact decimals and without any library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from orchestration.editing.judging import cell_kinds
from orchestration.form import IdentityInstance
from orchestration.form.years import year_instances

Values = Mapping[str, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class YearJudgement:
    """The verdict of an identity across years for a member.

    As ``Judgement``; ``missing`` holds the terms without a value in the report itself, ``missing_previous`` those in
    the report of the year before.
    """

    identity: str
    member: str
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    verdict: str
    missing: tuple[str, ...] = ()
    missing_previous: tuple[str, ...] = ()


def judge_years_one(
    forms: Mapping[str, str | None],
    values: Values,
    previous_forms: Mapping[str, str | None],
    previous_values: Values,
) -> list[YearJudgement]:
    """Judge a report by the one of the year before; arguments as in ``judge_one``, the order is that declared.

    The caller vouches that both are of the same agency and of consecutive years.
    """
    known: dict[tuple[int, str], Decimal] = {}
    kinds: dict[tuple[int, str], str] = {}
    for offset, of_year, found in ((0, forms, values), (-1, previous_forms, previous_values)):
        known |= {(offset, cell): Decimal(value) for cell, value in found.items() if value is not None}
        kinds |= {(offset, cell): kind for cell, kind in cell_kinds(of_year).items()}
    with localcontext() as context:
        context.prec = 60
        return [_judged(one, known, kinds) for one in year_instances(dict(forms), dict(previous_forms))]


def expected_one(
    forms: Mapping[str, str | None], previous_forms: Mapping[str, str | None], previous_values: Values
) -> dict[str, Decimal]:
    """Cell -> the value at which the report of the year before expects it; only cells that it determines alone."""
    found: dict[str, Decimal] = {}
    for one in year_instances(dict(forms), dict(previous_forms)):
        own: list[tuple[int, str]] = []
        rest: Decimal | None = Decimal(0)
        for sign, side in ((1, one.left), (-1, one.right)):
            for weight, offset, cell in side:
                value = previous_values.get(cell)
                if offset == 0:
                    own.append((sign * weight, cell))
                elif value is None or rest is None:
                    rest = None
                else:
                    rest += sign * weight * Decimal(value)
        if len(own) == 1 and abs(own[0][0]) == 1 and rest is not None:
            found[own[0][1]] = -rest * own[0][0]
    return {cell: value for cell, value in found.items() if value >= 0}


def _judged(instance: IdentityInstance, known: Mapping, kinds: Mapping) -> YearJudgement:
    sums: list[Decimal | None] = []
    gap = Decimal(0)
    missing: list[tuple[int, str]] = []
    directions: set[int] = set()  # in which the missing terms can move left less right
    for sign, side in ((1, instance.left), (-1, instance.right)):
        absent = [(weight, (offset, cell)) for weight, offset, cell in side if (offset, cell) not in known]
        total = sum((w * known[o, cell] for w, o, cell in side if (o, cell) in known), Decimal(0))
        sums.append(None if absent else total)
        gap += sign * total
        for weight, term in absent:
            missing.append(term)
            directions |= {1, -1} if kinds[term] == "change" else {1 if weight * sign > 0 else -1}
    if not missing:
        verdict = "violated" if gap else "holds"
    else:
        hopeless = (gap > 0 and directions == {1}) or (gap < 0 and directions == {-1})
        verdict = "violated_by_bounds" if hopeless else "unverifiable"
    return YearJudgement(
        instance.identity,
        instance.member,
        *sums,
        None if missing else gap,
        verdict,
        tuple(cell for offset, cell in missing if offset == 0),
        tuple(cell for offset, cell in missing if offset != 0),
    )
