"""The claims of many reports as a frame."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import polars as pl

from orchestration.editing.prose.claims import judge_claims
from orchestration.editing.schema import PROSE_CLAIMS
from orchestration.intake.document import LINE_END
from orchestration.reading.prose.claims import extract_claims

_ADDRESS = pl.concat_str("table_code", "row_code", "column_code", separator="/")


def claim_table(
    inventory: pl.DataFrame,
    headings: pl.DataFrame,
    tables: pl.DataFrame,
    cells: pl.DataFrame,
    derived: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The claims in the prose of the reports of ``inventory`` with their verdicts, per PROSE_CLAIMS.

    ``inventory``: RAW_REPORTS (report_id and text are used); ``headings``: REPORT_HEADINGS of those reports, of which
    the ones set aside are left out; ``tables`` and ``cells``: REPORT_TABLES and REPORT_CELLS; ``derived``: report_id,
    cell and value of what is proved without condition. Rows stand in the order of the inventory and of the text.
    """
    claims = _claims(inventory, headings, tables)
    concerned = pl.DataFrame({"report_id": list(claims)}, schema={"report_id": pl.String})
    reported, doubted = _reported(cells.join(concerned, on="report_id", how="semi"))
    proved = _values(derived.select("report_id", "cell", "value")) if derived is not None else {}
    forms: dict[str, dict[str, str | None]] = defaultdict(dict)
    for report_id, table, form in tables.select("report_id", "table_code", "form").iter_rows():
        forms[report_id][table] = form
    rows = []
    for report_id, (year, found) in claims.items():
        values, doubts = reported.get(report_id, {}), doubted.get(report_id, frozenset())
        for judged in judge_claims(found, forms[report_id], values, proved.get(report_id), doubts):
            claim = judged.claim
            compared = (list(judged.cells), judged.expected, judged.layer, judged.verdict, judged.reason)
            rows.append(
                (report_id, year, claim.sentence, claim.line, claim.value, *compared, claim.scope, claim.phrase)
            )
    return pl.DataFrame(rows, schema=PROSE_CLAIMS, orient="row")


def _claims(inventory: pl.DataFrame, headings: pl.DataFrame, tables: pl.DataFrame) -> dict[str, tuple]:
    """report_id -> (year, claims), without the reports that have none."""
    named = headings.filter(pl.col("set_aside").is_null()).select("report_id", "year", "agency_name")
    known = {report_id: (year, name) for report_id, year, name in named.iter_rows()}
    bounds: dict[str, list[tuple]] = defaultdict(list)
    for report_id, first, last in tables.select("report_id", "first_line", "last_line").iter_rows():
        bounds[report_id].append((first, last))
    found = {}
    for report_id, text in inventory.select("report_id", "text").iter_rows():
        if text is None or report_id not in known:
            continue
        year, name = known[report_id]
        claims = extract_claims(LINE_END.split(text), bounds[report_id], year, name)
        if claims:
            found[report_id] = (year, claims)
    return found


def _reported(cells: pl.DataFrame) -> tuple[dict[str, dict[str, Decimal]], dict[str, frozenset[str]]]:
    cells = cells.filter((pl.col("status") == "reported") & pl.col("value").is_not_null()).with_columns(
        _ADDRESS.alias("cell")
    )
    doubted: dict[str, set[str]] = defaultdict(set)
    for report_id, cell in cells.filter(pl.col("doubt").is_not_null()).select("report_id", "cell").iter_rows():
        doubted[report_id].add(cell)
    return _values(cells.select("report_id", "cell", "value")), {k: frozenset(v) for k, v in doubted.items()}


def _values(cells: pl.DataFrame) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for report_id, cell, value in cells.iter_rows():
        found[report_id][cell] = value
    return found
