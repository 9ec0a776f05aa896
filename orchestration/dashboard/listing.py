"""Rows of findings with the names that people read: rules, rows and columns of the form, certainties."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.codes import CERTAINTIES, DECISIONS, SEVERITIES
from orchestration.dashboard.drawing import TABLES, label
from orchestration.dashboard.words import Say
from orchestration.form import declaration
from orchestration.presenting.names import member_name

SCHEMA = {
    "agency_name": pl.String,
    "year": pl.String,
    "region": pl.String,
    "kind": pl.String,
    "rule": pl.String,
    "member": pl.String,
    "left": pl.Float64,
    "right": pl.Float64,
    "difference": pl.Float64,
    "suggestion": pl.String,
    "certainty": pl.String,
    "severity": pl.String,
    "settled": pl.String,
    "sentence": pl.String,
    "file": pl.String,
}


def violation_rows(found: pl.DataFrame, say: Say) -> pl.DataFrame:
    """The answer of ``queries.violations.findings`` in words; columns as in SCHEMA, in the same order of rows."""
    rows = []
    for row in found.iter_rows(named=True):
        forms = {table: row[f"{table}_form"] for table in TABLES}
        rows.append(
            (
                row["agency_name"],
                str(row["year"]) if row["year"] else None,
                row["region_name"],
                say(f"kind_{row['kind']}"),
                row[say.name] or say("kind_prose"),
                member(row["rule"], row["member"], forms, say.lang),
                *(
                    None if row[side] is None else float(row[side])
                    for side in ("left_side", "right_side", "difference")
                ),
                _suggestion(row["suggestion"], forms, say.lang),
                say(row["certainty"], CERTAINTIES) if row["certainty"] else None,
                say(row["severity"], SEVERITIES),
                _settled(row["settled"], row["why"], say),
                row["sentence"],
                row["path"],
            )
        )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def member(rule: str, said: str | None, forms: dict[str, str | None], lang: str) -> str:
    """What a rule speaks of: cells by their labels, else the row or column of the rule's table."""
    if not said:
        return ""
    if "/" in said:
        return "; ".join(label(part, forms, lang) for part in said.split(", "))
    declared = next((identity for identity in declaration().identities if identity.identity == rule), None)
    form = forms.get(declared.table_code) if declared else None
    return member_name(rule, said, form, lang) if form else said


def _settled(code: str | None, why: str | None, say: Say) -> str | None:
    return None if code is None else ": ".join(part for part in (say(code, DECISIONS), why) if part)


def _suggestion(said: str | None, forms: dict[str, str | None], lang: str) -> str | None:
    if not said:
        return None
    parts = [part.partition(" → ") for part in said.split("; ")]
    return "; ".join(f"{label(address, forms, lang)} → {value}" for address, _, value in parts)
