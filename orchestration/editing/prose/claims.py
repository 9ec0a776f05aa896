"""Claims of the prose held against the cells that they count: agrees, conflicts or not judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from orchestration.form import declaration
from orchestration.form.claims import claim_declaration, meaning_terms
from orchestration.reading.prose.claims import Claim

Values = Mapping[str, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """A claim with its verdict.

    ``cells`` are the addresses that were compared, or that the claim is about where nothing was; ``expected`` is their
    weighted sum, None where it is not known; ``layer`` is derived where a derived value had to stand in for a missing
    one, else reported. ``verdict`` is agrees, conflicts or not_judged, ``reason`` a code of claim_reasons.csv that says
    why it is the last.
    """

    claim: Claim
    cells: tuple[str, ...]
    expected: Decimal | None
    layer: str
    verdict: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Sum:
    """A meaning worked out: ``value`` None where a cell is missing; ``doubted`` where one was read under doubt.

    ``least`` and ``greatest`` bound the sum where the missing cells hold nonnegative numbers; None: no bound.
    """

    cells: tuple[str, ...]
    value: Decimal | None
    least: Decimal | None
    greatest: Decimal | None
    layer: str
    doubted: bool

    def may_be(self, number: Decimal, half: Decimal) -> bool:
        """Whether the sum can equal ``number``, which is rounded to within ``half``."""
        low = self.least is None or self.least <= number + half
        return low and (self.greatest is None or self.greatest >= number - half)


def judge_claims(
    claims: Iterable[Claim],
    forms: Mapping[str, str | None],
    reported: Values,
    derived: Values | None = None,
    doubted: Collection[str] = (),
) -> tuple[ClaimJudgement, ...]:
    """Compare claims with cells, in the order given.

    ``forms``: table to form, None where the table was not found; ``reported`` and ``derived``: address to value (a
    derived one stands in only where none is reported; hand in only what is proved without condition); ``doubted``:
    addresses read under doubt, with which nothing conflicts. A conflict is asserted only where the claim is certain and
    differs from everything that its words may mean, and where its paragraph does not state another number for the same
    cells (parts, or two scopes).
    """
    found = [_judge(claim, forms, reported, derived or {}, doubted) for claim in claims]
    stated: dict[tuple, set[Decimal]] = {}
    for judged in found:
        if judged.claim.certainty != "open":
            stated.setdefault((judged.claim.paragraph, judged.cells), set()).add(judged.claim.value)
    return tuple(
        replace(judged, verdict="not_judged", reason="several")
        if judged.verdict == "conflicts" and len(stated[judged.claim.paragraph, judged.cells]) > 1
        else judged
        for judged in found
    )


def _judge(
    claim: Claim, forms: Mapping[str, str | None], reported: Values, derived: Values, doubted: Collection[str]
) -> ClaimJudgement:
    sums = _sums(claim.meanings, forms, reported, derived, doubted)
    if not sums:
        return ClaimJudgement(claim, (), None, "reported", "not_judged", _open(claim) or "no_cell")
    first = sums[0]
    if claim.certainty == "open":
        return _result(claim, first, "not_judged", claim.reason)
    if not _read(claim.meanings, forms):
        return _result(claim, first, "not_judged", "table_not_read")
    for found in sums:
        if found.value is not None and found.may_be(claim.value, claim.half):
            return _result(claim, found, "agrees", None)
    if any(found.value is None for found in sums):
        return _result(claim, first, "not_judged", "cell_missing")
    if claim.certainty == "loose":
        return _result(claim, first, "not_judged", claim.reason)
    if any(found.doubted for found in sums):
        return _result(claim, first, "not_judged", "cell_doubtful")
    for other in _sums(claim.excuses, forms, reported, derived, doubted):
        # A count that cannot be worked out might be the one that is meant.
        if other.may_be(claim.value, claim.half):
            return _result(claim, first, "not_judged", "cell_missing" if other.value is None else "other_reading")
    return _result(claim, first, "conflicts", None)


def _open(claim: Claim) -> str | None:
    return claim.reason if claim.certainty == "open" else None


def _result(claim: Claim, found: _Sum, verdict: str, reason: str | None) -> ClaimJudgement:
    return ClaimJudgement(claim, found.cells, found.value, found.layer, verdict, reason)


def _read(meanings: Iterable[str], forms: Mapping[str, str | None]) -> bool:
    return any(forms.get(claim_declaration().meaning_tables[meaning]) for meaning in meanings)


def _sums(
    meanings: Iterable[str],
    forms: Mapping[str, str | None],
    reported: Values,
    derived: Values,
    doubted: Collection[str],
) -> list[_Sum]:
    found = []
    for meaning in meanings:
        # Without a form found, the newest one names the cells that the claim is about.
        form = forms.get(claim_declaration().meaning_tables[meaning]) or declaration().form_names[-1]
        terms = meaning_terms(meaning, form)
        if not terms:
            continue
        known, layer, missing = Decimal(0), "reported", []
        for weight, address in terms:
            value = reported.get(address)
            if value is None and derived.get(address) is not None:
                value, layer = derived[address], "derived"
            if value is None:
                missing.append(weight)
            else:
                known += weight * Decimal(value)
        least = None if any(weight < 0 for weight in missing) else known
        greatest = None if any(weight > 0 for weight in missing) else known
        cells = tuple(address for _, address in terms)
        total = None if missing else known
        found.append(_Sum(cells, total, least, greatest, layer, any(cell in doubted for cell in cells)))
    return found
