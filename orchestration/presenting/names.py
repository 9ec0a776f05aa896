"""The declared codes by their names in Chinese and English."""

from __future__ import annotations

import csv
from functools import lru_cache

from orchestration.form import SEEDS, declaration


@lru_cache(maxsize=16)
def names_of(table: str, lang: str) -> dict[str, str]:
    """Code to name for a CSV file of the declaration that has ``name_zh`` and ``name_en``."""
    with (SEEDS / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        code = reader.fieldnames[0] if reader.fieldnames else ""
        return {line[code]: line[f"name_{lang}"] for line in reader}


@lru_cache(maxsize=4096)
def member_name(identity: str, member: str, form: str | None, lang: str) -> str:
    """The label of a row, column or cell that an identity speaks of."""
    whole = declaration()
    rule = next(rule for rule in whole.identities if rule.identity == identity)
    if rule.kind == "domain" or form is None:
        return cell_name(member, form, lang)
    records = (
        whole.rows_of(form, rule.table_code) if rule.member_axis == "row" else whole.columns_of(form, rule.table_code)
    )
    for record in records:
        code = record.row_code if rule.member_axis == "row" else record.column_code
        if code == member:
            return record.label_zh if lang == "zh" else record.label_en
    return member


def cell_name(address: str, form: str | None, lang: str) -> str:
    """``row · column`` by their labels; the address itself where the form does not have it."""
    table, row, column = address.split("/")
    whole = declaration()
    if form is None:
        return address
    label = "label_zh" if lang == "zh" else "label_en"
    rows = {r.row_code: getattr(r, label) for r in whole.rows_of(form, table)}
    columns = {c.column_code: getattr(c, label) for c in whole.columns_of(form, table)}
    return f"{rows.get(row, row)} · {columns.get(column, column)}"
