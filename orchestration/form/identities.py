"""The declared identities spelled out for the forms of a report: one instance per identity and member."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from orchestration.form.declaration import Declaration, Identity, Term, declaration


@dataclass(frozen=True, slots=True)
class IdentityInstance:
    """One identity for one member; each side is a tuple of (weight, year offset, cell address)."""

    identity: str
    member: str
    severity: str
    left: tuple[tuple[int, int, str], ...]
    right: tuple[tuple[int, int, str], ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The addresses of all terms, left side first."""
        return tuple(address for _, _, address in (*self.left, *self.right))


def instances(forms: dict[str, str | None], scope: str = "report") -> tuple[IdentityInstance, ...]:
    """Linear identities of ``scope`` for ``forms`` (table -> form or None), in the order of the declaration.

    An identity has an instance for every member for which each of its terms is a cell of the forms.
    """
    return _instances(tuple(sorted((table, form) for table, form in forms.items() if form)), scope)


@lru_cache(maxsize=64)
def _instances(forms: tuple[tuple[str, str], ...], scope: str) -> tuple[IdentityInstance, ...]:
    whole = declaration()
    found: list[IdentityInstance] = []
    for identity in whole.identities:
        form = dict(forms).get(identity.table_code)
        if identity.kind == "linear" and identity.scope == scope and form and identity.form in ("", form):
            found += _members(whole, identity, form)
    return tuple(found)


def _members(whole: Declaration, identity: Identity, form: str) -> list[IdentityInstance]:
    terms = [t for t in whole.terms if t.identity == identity.identity and t.form in ("", form)]
    cells = {cell.address for cell in whole.cells_of(form, identity.table_code)}
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
        if all(address in cells for side in sides.values() for _, _, address in side):
            found.append(IdentityInstance(identity.identity, member, identity.severity, **sides))
    return found


def _address(term: Term, member: str) -> str:
    return "/".join((term.table_code, term.row_code.replace("*", member), term.column_code.replace("*", member)))
