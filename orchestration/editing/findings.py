"""Suspects, suggestions and derived values of many reports, from frames of cells to frames."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import isinf
from multiprocessing import get_context

import numpy as np
import polars as pl

from orchestration.editing.derivation.proofs import all_proofs
from orchestration.editing.examining import Examination, examine
from orchestration.editing.frames import Batch, batches
from orchestration.editing.layout import VERDICTS
from orchestration.editing.schema import CELL_EDITS, DERIVED_CELLS, IDENTITY_CHECKS_AFTER

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Findings:
    """Frames of the schemas CELL_EDITS, DERIVED_CELLS and IDENTITY_CHECKS_AFTER, sorted by report_id."""

    edits: pl.DataFrame
    derived: pl.DataFrame
    after: pl.DataFrame


def find(cells: pl.DataFrame, tables: pl.DataFrame, workers: int = 1, expected: pl.DataFrame | None = None) -> Findings:
    """Locate and derive for all reports of REPORT_CELLS and REPORT_TABLES; ``workers`` processes share the reports.

    ``expected``: EXPECTED_VALUES, by which corrections of equally many changes are ranked.
    """
    parts = (part for batch in batches(cells, tables, expected) for part in parts_of(batch))
    if workers > 1:
        # a forked process would inherit the locks of Polars' threads
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            rows = list(pool.map(rows_of, parts))
    else:
        rows = [rows_of(part) for part in parts]
    schemas = (CELL_EDITS, DERIVED_CELLS, IDENTITY_CHECKS_AFTER)
    frames = (
        pl.DataFrame([row for part in rows for row in part[number]], schema=schema, orient="row", strict=False)
        for number, schema in enumerate(schemas)
    )
    return Findings(*(frame.sort("report_id", maintain_order=True) for frame in frames))


def parts_of(batch: Batch, size: int = CHUNK) -> Iterator[Batch]:
    """Only reports with something to say about: those that break an identity or miss a value."""
    if not batch.layout.identities:
        return
    left, right = batch.layout.sides(batch.values)
    allowed = (batch.values >= batch.layout.floor).all(axis=1) & batch.exact
    quiet = batch.known.all(axis=1) & (left == right).all(axis=1) & allowed
    chosen = np.flatnonzero(~quiet)
    for start in range(0, len(chosen), size):
        rows = chosen[start : start + size]
        yield batch.take(rows)


def rows_of(batch: Batch) -> tuple[list[tuple], list[tuple], list[tuple]]:
    values = np.where(batch.invalid, 0.0, batch.values)
    found = examine(batch.layout, values, batch.known, batch.doubted, batch.invalid, batch.expected)
    names = batch.reports.select("report_id", "year").rows()
    return list(_edits(found, batch, names)), list(_derived(found, names)), list(_after(found, values, names))


def _edits(found: Examination, batch: Batch, names: list[tuple]) -> Iterator[tuple]:
    layout = found.layout
    for row in (row for row, components in enumerate(found.components) if components):
        for number, part in enumerate(found.components[row], 1):
            identities = [f"{layout.identities[i].identity}/{layout.identities[i].member}" for i in part.identities]
            head = (*names[row], number, part.certainty, identities, len(part.solutions), part.complete)
            if not part.solutions:
                yield (*head, *(None,) * (len(CELL_EDITS) - len(head)))
            for rank, solution in enumerate(part.solutions, 1):
                for edit, neighbour in zip(solution.edits, solution.neighbours, strict=True):
                    cell = layout.cells[edit.cell].split("/")
                    old = batch.values[row, edit.cell]
                    middle = (rank, solution.cost, list(solution.events), solution.penalty)
                    yield (*head, *middle, *cell, old, edit.new, solution.fixed, neighbour)


def _derived(found: Examination, names: list[tuple]) -> Iterator[tuple]:
    bounds = found.bounds
    told = found.missing & (bounds.low <= bounds.high)
    for place, (row, proved) in enumerate(zip(found.rows.tolist(), all_proofs(found), strict=True)):
        low, high = bounds.low[place].tolist(), bounds.high[place].tolist()
        for cell in np.flatnonzero(told[place]).tolist():
            yield (
                *names[row],
                *found.layout.cells[cell].split("/"),
                low[cell] if cell in proved else None,
                low[cell],
                None if isinf(high[cell]) else high[cell],
                bool(found.conditional[place, cell]),
                proved.get(cell),
            )


def _after(found: Examination, values: np.ndarray, names: list[tuple]) -> Iterator[tuple]:
    layout = found.layout
    filled = np.where(found.derived, found.bounds.low, values[found.rows])
    left, right = layout.sides(filled)
    made = found.derived.astype(np.float64) @ layout.terms.T.astype(np.float64) > 0
    opened = (found.missing & ~found.derived).astype(np.float64)
    without = [opened @ (side != 0).T.astype(np.float64) > 0 for side in (layout.left, layout.right)]
    place, identity = np.nonzero(made)
    sides = (np.where(none, np.nan, side)[made].tolist() for none, side in zip(without, (left, right), strict=True))
    row = found.rows[place]
    verdicts = VERDICTS[found.after[row, identity]].tolist()
    which = [(one.identity, one.member) for one in layout.identities]
    for report, number, one, other, verdict in zip(row.tolist(), identity.tolist(), *sides, verdicts, strict=True):
        one, other = (None if side != side else side for side in (one, other))
        yield (*names[report], *which[number], one, other, verdict)
