"""The verdicts of many reports at once, from frames of cells to a frame of identity checks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from orchestration.editing.frames import Batch, batches, forms_of
from orchestration.editing.judging import domain_identities, judge_linear
from orchestration.editing.layout import BY_BOUNDS, UNVERIFIABLE, VERDICTS
from orchestration.editing.schema import IDENTITY_CHECKS
from orchestration.form import declaration
from orchestration.reading.schema import VALUE

CHUNK = 20_000


def judge(cells: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """IDENTITY_CHECKS of REPORT_CELLS and REPORT_TABLES: what ``judge_one`` says of every report with a form.

    One row for each report and member of its linear identities, and one for each cell that violates ``domain``
    (member = address, left = value). Sorted by report_id, then in the order of the declaration.
    """
    parts = [part for batch in batches(cells, tables) for part in _linear(batch, cells)]
    parts.append(_domain(cells, tables))
    found = pl.concat(parts).sort("order", maintain_order=True)
    return found.select(IDENTITY_CHECKS.names()).match_to_schema(IDENTITY_CHECKS)


def _linear(batch: Batch, cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    layout = batch.layout
    if not layout.identities:
        return
    plain = np.flatnonzero(batch.exact)
    for start in range(0, len(plain), CHUNK):
        rows = plain[start : start + CHUNK]
        values, known = batch.values[rows], batch.known[rows]
        left, right = layout.sides(values)
        codes = layout.verdicts(left - right, known)
        yield _frame(batch.reports[rows], layout, left, right, codes, known)
    if len(plain) < len(batch.exact):
        yield _by_decimals(batch, cells)


def _frame(reports: pl.DataFrame, layout, left, right, codes, known) -> pl.DataFrame:
    """Rows of the checks, report by report, from (N, m) sides and codes."""
    count, size = codes.shape
    lost = (~known).astype(np.float64)
    sides = {
        "left": (left, lost @ (layout.left != 0).T > 0),
        "right": (right, lost @ (layout.right != 0).T > 0),
        "difference": (left - right, (codes == UNVERIFIABLE) | (codes == BY_BOUNDS)),
    }
    names = pl.DataFrame(
        {"identity": [i.identity for i in layout.identities], "member": [i.member for i in layout.identities]}
    )
    repeated = np.repeat(np.arange(count), size)
    frame = pl.concat([reports[repeated].select("report_id", "year", "order")], how="horizontal").with_columns(
        names[np.tile(np.arange(size), count)].get_columns()
    )
    for name, (numbers, is_open) in sides.items():
        column = pl.Series(name, numbers.ravel().astype(np.int64)).set(pl.Series(is_open.ravel()), None)
        frame = frame.with_columns(column.cast(VALUE))
    verdict = pl.Series("verdict", codes.ravel().astype(np.uint32)).replace_strict(
        dict(enumerate(VERDICTS.tolist())), return_dtype=pl.String
    )
    return frame.with_columns(verdict, _missing(layout, codes, known))


def _missing(layout, codes, known) -> pl.Series:
    """For each report and identity the addresses of the terms without a value, in the order of the declaration."""
    number = {address: place for place, address in enumerate(layout.cells)}
    rows: list[np.ndarray] = []
    places: list[np.ndarray] = []
    for which, identity in enumerate(layout.identities):
        terms = np.array([number[address] for address in identity.cells])
        report, term = np.nonzero(~known[:, terms])
        rows.append(report * len(layout.identities) + which)
        places.append(terms[term])
    row, place = np.concatenate(rows), np.concatenate(places)
    order = np.argsort(row, kind="stable")
    lists = (
        pl.DataFrame({"row": row[order], "missing": pl.Series(layout.cells, dtype=pl.String)[place[order]]})
        .group_by("row", maintain_order=True)
        .agg("missing")
    )
    whole = pl.DataFrame({"row": np.arange(codes.size)}).join(lists, on="row", how="left", maintain_order="left")
    return whole["missing"].fill_null(pl.lit([], pl.List(pl.String)))


def _by_decimals(batch: Batch, cells: pl.DataFrame) -> pl.DataFrame:
    """The few reports that hold a fraction or a huge number where counts belong, one by one."""
    reports = batch.reports.filter(pl.Series(~batch.exact))
    reported = cells.filter((pl.col("status") == "reported") & pl.col("value").is_not_null())
    values: dict[str, dict] = {name: {} for name in reports["report_id"]}
    chosen = reported.filter(pl.col("report_id").is_in(reports["report_id"].to_list()))
    for name, *cell, value in chosen.select("report_id", "table_code", "row_code", "column_code", "value").iter_rows():
        values[name]["/".join(cell)] = value
    rows = [
        (name, year, order, j.identity, j.member, j.left, j.right, j.difference, j.verdict, list(j.missing))
        for order, name, year in reports.select("order", "report_id", "year").iter_rows()
        for j in judge_linear(dict(batch.layout.forms), values[name])
    ]
    schema = {"report_id": pl.String, "year": pl.Int16, "order": pl.get_index_type()}
    schema |= {name: kind for name, kind in IDENTITY_CHECKS.items() if name not in schema}
    # not strict: a sum too great for the column is null, the verdict beside it stays
    return pl.DataFrame(rows, schema=schema, orient="row", strict=False)


def _domain(cells: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """The cells that violate a domain identity."""
    whole = declaration()
    allowed = [
        (number, identity, form, *address.split("/"), kinds[address])
        for number, form in enumerate(whole.form_names)
        for table in {f.table_code for f in whole.forms if f.form == form}
        for kinds in [{c.address: c.kind for c in whole.cells_of(form, table)}]
        for identity, addresses in domain_identities({table: form})
        for address in addresses
    ]
    names = ["number", "identity", "form", "table_code", "row_code", "column_code", "kind"]
    places = pl.DataFrame(allowed, schema=names, orient="row").with_row_index("place").drop("number")
    fraction = pl.col("value") != pl.col("value").floor()
    broken = ((pl.col("kind") != "amount") & fraction) | ((pl.col("kind") != "change") & (pl.col("value") < 0))
    suspects = cells.lazy().filter((pl.col("status") == "reported") & ((pl.col("value") < 0) | fraction))
    return (
        suspects.select("report_id", "table_code", "row_code", "column_code", "value")
        .join(tables.lazy().select("report_id", "table_code", "form", "year"), on=["report_id", "table_code"])
        .join(places.lazy(), on=["form", "table_code", "row_code", "column_code"])
        .filter(broken)
        .join(forms_of(tables).lazy().select("report_id", "order"), on="report_id")
        .sort("order", "place")
        .select(
            "report_id",
            "year",
            "order",
            "identity",
            pl.concat_str("table_code", "row_code", "column_code", separator="/").alias("member"),
            pl.col("value").alias("left"),
            pl.lit(None, VALUE).alias("right"),
            pl.lit(None, VALUE).alias("difference"),
            pl.lit("violated").alias("verdict"),
            pl.lit([], pl.List(pl.String)).alias("missing"),
        )
        .collect()
    )
