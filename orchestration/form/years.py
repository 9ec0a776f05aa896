"""The declared identities across two consecutive years, spelled out for the forms of both reports."""

from __future__ import annotations

from functools import lru_cache

from orchestration.form.declaration import Declaration, Identity, Term, declaration
from orchestration.form.identities import IdentityInstance

Forms = tuple[tuple[str, str], ...]


def year_instances(forms: dict[str, str | None], previous: dict[str, str | None]) -> tuple[IdentityInstance, ...]:
    """Linear identities of scope ``years`` for a report and the one of the year before, in declared order.

    ``forms`` and ``previous`` map table to form (None: not found). ``form`` of an identity and of its terms is that of
    the later report; there is no instance for a member of which a term is no cell of the form of the term's own year.
    Raises ValueError for a term that reaches further than one year back.
    """
    return _instances(_key(forms), _key(previous))


def _key(forms: dict[str, str | None]) -> Forms:
    return tuple(sorted((table, form) for table, form in forms.items() if form))


@lru_cache(maxsize=256)
def _instances(forms: Forms, previous: Forms) -> tuple[IdentityInstance, ...]:
    whole = declaration()
    cells = {
        offset: {cell.address for table, form in of_year for cell in whole.cells_of(form, table)}
        for offset, of_year in ((0, forms), (-1, previous))
    }
    found: list[IdentityInstance] = []
    for identity in whole.identities:
        form = dict(forms).get(identity.table_code)
        if identity.kind == "linear" and identity.scope == "years" and form and identity.form in ("", form):
            found += _members(whole, identity, form, cells)
    return tuple(found)


def _members(whole: Declaration, identity: Identity, form: str, cells: dict[int, set[str]]) -> list[IdentityInstance]:
    terms = [term for term in whole.terms if term.identity == identity.identity and term.form in ("", form)]
    far = {term.year_offset for term in terms} - set(cells)
    if far:
        raise ValueError(f"identity_terms.csv: {identity.identity} has year_offset {far.pop()}; it must be 0 or -1")
    if identity.member_axis == "column":
        members = [column.column_code for column in whole.columns_of(form, identity.table_code)]
    else:
        members = [row.row_code for row in whole.rows_of(form, identity.table_code)]
    found = []
    for member in members:
        sides = {
            side: tuple((t.weight, t.year_offset, _address(t, member)) for t in terms if t.side == side)
            for side in ("left", "right")
        }
        if all(address in cells[offset] for side in sides.values() for _, offset, address in side):
            found.append(IdentityInstance(identity.identity, member, identity.severity, **sides))
    return found


def _address(term: Term, member: str) -> str:
    return "/".join((term.table_code, term.row_code.replace("*", member), term.column_code.replace("*", member)))
