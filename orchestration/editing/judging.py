"""The verdicts of one report, in exact decimals and without any library: the definition that the others are held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from orchestration.form import IdentityInstance, declaration, instances


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict of an identity for a member.

    ``left`` and ``right`` are the weighted sums of the two sides, each None where a term of it is missing;
    ``difference`` is left less right; ``missing`` holds the addresses of the terms without a value, left side first.
    For ``domain`` the member is a cell, ``left`` its value, and ``right`` and ``difference`` are None.
    """

    identity: str
    member: str
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    verdict: str
    missing: tuple[str, ...] = ()


def judge_one(forms: Mapping[str, str | None], values: Mapping[str, Decimal | int | None]) -> list[Judgement]:
    """Judge the identities of a report: every member of the linear ones, and ``domain`` for the cells that violate it.

    ``forms`` maps table to form (None: not found); ``values`` maps cell address to reported value. A cell that is
    not among them, or None, has no value. Values are exact; the order is that of the declaration.
    """
    kinds = cell_kinds(forms)
    known = {address: Decimal(value) for address, value in values.items() if value is not None}
    return judge_linear(forms, values) + [
        Judgement(identity, address, known[address], None, None, "violated")
        for identity, addresses in domain_identities(forms)
        for address in addresses
        if address in known and outside(kinds[address], known[address])
    ]


def judge_linear(forms: Mapping[str, str | None], values: Mapping[str, Decimal | int | None]) -> list[Judgement]:
    """The part of ``judge_one`` that concerns the linear identities."""
    kinds = cell_kinds(forms)
    known = {address: Decimal(value) for address, value in values.items() if value is not None}
    with localcontext() as context:
        context.prec = 60
        return [_linear(instance, known, kinds) for instance in instances(dict(forms))]


def cell_kinds(forms: Mapping[str, str | None]) -> dict[str, str]:
    """Address -> kind (count, amount, change) of every cell of the forms, in form order."""
    whole = declaration()
    return {cell.address: cell.kind for table, form in forms.items() if form for cell in whole.cells_of(form, table)}


def domain_identities(forms: Mapping[str, str | None]) -> list[tuple[str, list[str]]]:
    """The domain identities of a report, each with the addresses that it speaks of."""
    whole = declaration()
    return [
        (
            identity.identity,
            [
                cell.address
                for table, form in forms.items()
                if form and identity.table_code in ("", table) and identity.form in ("", form)
                for cell in whole.cells_of(form, table)
            ],
        )
        for identity in whole.identities
        if identity.kind == "domain" and identity.scope == "report"
    ]


def outside(kind: str, value: Decimal) -> bool:
    """Whether a value is outside the domain of its kind: counts are integers >= 0, amounts >= 0, changes integers."""
    broken = kind != "amount" and value != value.to_integral_value()
    return broken or (kind != "change" and value < 0)


def _linear(instance: IdentityInstance, known: Mapping[str, Decimal], kinds: Mapping[str, str]) -> Judgement:
    sums: list[Decimal] = []
    open_sides: list[bool] = []
    missing: list[str] = []
    signs: set[int] = set()  # the directions in which the missing terms can move left less right
    for sign, side in ((1, instance.left), (-1, instance.right)):
        absent = [(weight, address) for weight, _, address in side if address not in known]
        sums.append(sum((weight * known[address] for weight, _, address in side if address in known), Decimal(0)))
        open_sides.append(bool(absent))
        missing += [address for _, address in absent]
        for weight, address in absent:
            signs.add(1 if weight * sign > 0 else -1)
            if kinds[address] == "change":
                signs |= {1, -1}
    gap = sums[0] - sums[1]
    if not missing:
        verdict = "violated" if gap else "holds"
    else:
        hopeless = (gap > 0 and signs == {1}) or (gap < 0 and signs == {-1})
        verdict = "violated_by_bounds" if hopeless else "unverifiable"
    left, right = (None if is_open else total for is_open, total in zip(open_sides, sums, strict=True))
    return Judgement(instance.identity, instance.member, left, right, None if missing else gap, verdict, tuple(missing))
