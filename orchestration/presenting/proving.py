"""The proof of a derived value for people: the codes of identities, rows, columns and cells by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from orchestration.form import declaration
from orchestration.presenting.names import cell_name, member_name, names_of

_STEP = re.compile(r"(; then |；由此)")
_IDENTITY = re.compile(r"\b(\w+)\[([\w.]+)\]")
_ADDRESS = re.compile(r"\b[a-z_]+/[\w.]+/[\w.]+")
_NOTHING = re.compile(r" = 0 = 0$")  # a sum without terms
_TERM = re.compile(r"(?<![\w./·])[a-z_]+(?:\.[a-z_]+)*(?= \d)")


def readable(proof: str, forms: Mapping[str, str | None], lang: str) -> str:
    """A proof as editing writes it, each step in names instead of codes."""
    return "".join(part if _STEP.fullmatch(part) else _step(part, forms, lang) for part in _STEP.split(proof))


def _step(text: str, forms: Mapping[str, str | None], lang: str) -> str:
    named = _IDENTITY.search(text)
    rules = {rule.identity: rule for rule in declaration().identities}
    rule = rules.get(named[1]) if named else None
    form = forms.get(rule.table_code) if rule else None
    # an identity of a row adds up columns, that of a column rows: its terms are called by these alone
    codes = _labels(form, rule.table_code, rule.member_axis == "row", lang) if rule and form else {}
    text = _TERM.sub(lambda term: codes.get(term[0], term[0]), text)
    text = _NOTHING.sub(" = 0", text)
    text = _ADDRESS.sub(lambda cell: cell_name(cell[0], forms.get(cell[0].split("/")[0]), lang), text)
    return _IDENTITY.sub(lambda found: _identity(found, rules, forms, lang), text)


def _identity(found: re.Match, rules: Mapping, forms: Mapping[str, str | None], lang: str) -> str:
    identity, member = found.groups()
    if identity not in rules:
        return found[0]
    label = member_name(identity, member, forms.get(rules[identity].table_code), lang)
    name = names_of("identities", lang)[identity]
    return f"“{name}”（{label}）" if lang == "zh" else f"“{name}” ({label})"


def _labels(form: str, table: str, columns: bool, lang: str) -> dict[str, str]:
    whole = declaration()
    records = whole.columns_of(form, table) if columns else whole.rows_of(form, table)
    code, label = "column_code" if columns else "row_code", f"label_{lang}"
    return {getattr(record, code): getattr(record, label) for record in records}
