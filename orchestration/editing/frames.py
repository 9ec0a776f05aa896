"""Between frames of cells and matrices: one batch of reports for each combination of forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.editing.layout import EXACT_LIMIT, Layout, layout_of

AXES = ("table_code", "row_code", "column_code")


@dataclass(frozen=True, eq=False)
class Batch:
    """Reports (N) of one layout: ``values`` (N, n) with 0 where not ``known``.

    ``exact`` is false where a value is no plain integer; ``invalid`` (N, n) marks such values, ``doubted`` those read
    under doubt; ``expected`` (N, n) is what neighbour years' reports tell, NaN for nothing. ``reports`` has the columns
    report_id, year and order (the place of the report by report_id).
    """

    layout: Layout
    reports: pl.DataFrame
    values: np.ndarray
    known: np.ndarray
    exact: np.ndarray
    invalid: np.ndarray
    doubted: np.ndarray
    expected: np.ndarray | None = None

    def take(self, rows: np.ndarray) -> Batch:
        """Some of the reports."""
        arrays = (self.values, self.known, self.exact, self.invalid, self.doubted)
        expected = None if self.expected is None else self.expected[rows]
        return Batch(self.layout, self.reports[rows], *(array[rows] for array in arrays), expected)


def forms_of(tables: pl.DataFrame) -> pl.DataFrame:
    """One row for each report with a detected form: report_id, year, forms (list of table and form), order."""
    return (
        tables.filter(pl.col("form").is_not_null())
        .sort("report_id", "table_code")
        .group_by("report_id", maintain_order=True)
        .agg(pl.col("year").first(), pl.struct("table_code", "form").alias("forms"))
        .with_row_index("order")
    )


def batches(cells: pl.DataFrame, tables: pl.DataFrame, expected: pl.DataFrame | None = None) -> Iterator[Batch]:
    """The reported values of REPORT_CELLS frames as matrices; cells that stand in no identity are left out.

    ``expected``: EXPECTED_VALUES of the reports.
    """
    reports = forms_of(tables).with_columns(pl.col("forms").rank("dense").alias("layout"))
    cells = cells.filter((pl.col("status") == "reported") & pl.col("value").is_not_null())
    report = _reports(cells, reports)
    number = cells["value"].cast(pl.Float64).to_numpy()
    doubted = cells["doubt"].is_not_null().to_numpy()
    plain = (cells["value"] == cells["value"].floor()).to_numpy() & (np.abs(number) < EXACT_LIMIT)
    layout_of_cell = np.append(reports["layout"].to_numpy(), 0)[report]
    for (which,), group in reports.group_by("layout", maintain_order=True):
        layout = layout_of({form["table_code"]: form["form"] for form in group["forms"][0]})
        position = np.full(len(reports) + 1, -1)
        position[group["order"].to_numpy()] = np.arange(len(group))
        column = _columns(cells, layout)
        used = np.flatnonzero((layout_of_cell == which) & (column >= 0))
        rows, columns = position[report[used]], column[used]
        values, known = (np.zeros((len(group), len(layout.cells)), kind) for kind in (np.float64, bool))
        values[rows, columns], known[rows, columns] = number[used], True
        invalid, under_doubt = np.zeros_like(known), np.zeros_like(known)
        invalid[rows, columns], under_doubt[rows, columns] = ~plain[used], doubted[used]
        exact = ~invalid.any(axis=1)
        names = group.select("report_id", "year", "order")
        told = None if expected is None else _expected(expected, names, layout)
        yield Batch(layout, names, values, known, exact, invalid, under_doubt, told)


def _expected(expected: pl.DataFrame, names: pl.DataFrame, layout: Layout) -> np.ndarray:
    found = np.full((len(names), len(layout.cells)), np.nan)
    cells = pl.DataFrame({"cell": layout.cells}, schema={"cell": pl.String}).with_row_index("column")
    told = expected.join(names.with_row_index("row"), on="report_id").join(cells, on="cell")
    found[told["row"].to_numpy(), told["column"].to_numpy()] = told["value"].cast(pl.Float64).to_numpy()
    return found


def _reports(cells: pl.DataFrame, reports: pl.DataFrame) -> np.ndarray:
    """For each cell the order of its report, -1 where it has none; cells of one report mostly stand together."""
    runs = cells["report_id"].rle_id().to_numpy()
    first = np.flatnonzero(np.diff(runs, prepend=-1))
    names = (
        cells["report_id"][first]
        .to_frame()
        .join(reports.select("report_id", "order"), on="report_id", how="left", maintain_order="left")
    )
    return names["order"].cast(pl.Int64).fill_null(-1).to_numpy()[runs]


def _columns(cells: pl.DataFrame, layout: Layout) -> np.ndarray:
    """For each cell its column in the matrices of the layout, -1 where it has none."""
    parts = [address.split("/") for address in layout.cells]
    codes: list[np.ndarray] = []
    place: list[np.ndarray] = []
    for axis, name in enumerate(AXES):
        names = pl.Enum(list(dict.fromkeys(part[axis] for part in parts)))
        known = {text: number for number, text in enumerate(names.categories)}
        code = cells[name].cast(names, strict=False).to_physical().cast(pl.Int64)
        codes.append(code.fill_null(len(known)).to_numpy())
        place.append(np.array([known[part[axis]] for part in parts] + [len(known)]))
    table = np.full([int(where[-1]) + 1 for where in place], -1)
    table[tuple(where[:-1] for where in place)] = np.arange(len(parts))
    return table[tuple(codes)]
