"""How many reports a second are judged, searched for wrong cells and completed: ``python -m tests.benchmarks.editing``.

Prints one line of JSON. Reports are synthetic, of the 2021 form; of each hundred ten get an error of a mixed kind and
five lose a row of the request table. The general solver and the sentences of the proofs are included; reading is not.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl

from orchestration.editing.examining import Examination, examine
from orchestration.editing.findings import parts_of, rows_of
from orchestration.editing.frames import Batch

sys.path.append(str(Path(__file__).parents[1] / "unit"))
from editing_reports import Errors, layout, lose_row, true_reports

KINDS = {
    "cells1": 0.60,
    "cells2": 0.10,
    "cells3": 0.05,
    "swap_row": 0.05,
    "swap_column": 0.05,
    "shift": 0.05,
    "digits": 0.05,
    "stale_totals": 0.05,
}


def synthetic(count: int, bad: float, lost: float, seed: int = 1) -> tuple[Batch, np.ndarray, np.ndarray]:
    """A batch, the true values, and the kind of error of each report ("" for none)."""
    rng = np.random.default_rng(seed)
    shape = layout()
    truth = true_reports(shape, count, rng)
    values, known = truth.copy(), np.ones(truth.shape, bool)
    kinds = np.full(count, "", dtype="<U16")
    errors = Errors(shape, rng)
    for row in np.flatnonzero(rng.random(count) < bad):
        kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
        if errors.plant(kind, values[row]):
            kinds[row] = kind
    gone = np.flatnonzero(rng.random(count) < lost)
    part = known[gone]
    lose_row(shape, part, rng)
    known[gone] = part
    reports = pl.DataFrame({"report_id": [f"{n:064x}" for n in range(count)]}).with_columns(
        pl.lit(2023, pl.Int16).alias("year"), pl.int_range(pl.len()).alias("order")
    )
    none = np.zeros_like(known)
    return (
        Batch(shape, reports, np.where(known, values, 0).astype(float), known, np.ones(count, bool), none, none),
        truth,
        kinds,
    )


def right(found: Examination, truth: np.ndarray, batch: Batch) -> dict[str, int]:
    """How many components got which label, and how many ``unique`` ones name just cells that are wrong, rightly."""
    counts = {"unique": 0, "ambiguous": 0, "beyond": 0, "unique_wrong": 0}
    for row, components in enumerate(found.components):
        for part in components:
            counts[part.certainty] += 1
            if part.certainty == "unique":
                edits = part.solutions[0].edits
                counts["unique_wrong"] += any(
                    truth[row, e.cell] != e.new or batch.values[row, e.cell] == e.new for e in edits
                )
    wrong = found.derived & (found.bounds.low != truth[found.rows])
    return counts | {
        "derived": int(found.derived.sum()),
        "derived_wrong_unconditional": int((wrong & ~found.conditional).sum()),
    }


def counted(part: Batch) -> tuple[tuple, float]:
    """What is found, and the processor seconds that it took."""
    start = time.process_time()
    return rows_of(part), time.process_time() - start


def timed(batch: Batch, workers: int) -> tuple[float, float, float]:
    """Seconds to start the processes, and for the work by the clock and of all processors."""
    start, used = time.perf_counter(), time.process_time()
    if workers == 1:
        judged(batch)
        for part in parts_of(batch):
            rows_of(part)
        return 0.0, time.perf_counter() - start, time.process_time() - used
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of the processes would take turns on the same cores
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        list(pool.map(rows_of, [batch.take(np.arange(1))] * workers))
        ready, used = time.perf_counter(), time.process_time()
        parts = list(pool.map(counted, parts_of(batch, 2000)))
        judged(batch)
        spent = sum(seconds for _, seconds in parts) + time.process_time() - used
        return ready - start, time.perf_counter() - ready, spent


def judged(batch: Batch) -> np.ndarray:
    """The verdict codes of all reports."""
    codes = []
    for start in range(0, len(batch.values), 20_000):
        values, known = batch.values[start : start + 20_000], batch.known[start : start + 20_000]
        left, right_side = batch.layout.sides(values)
        codes.append(batch.layout.verdicts(left - right_side, known))
    return np.concatenate(codes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    batch, truth, kinds = synthetic(options.reports, 0.10, 0.05)
    started, seconds, spent = timed(batch, options.workers)
    sample = np.flatnonzero((kinds != "") | ~batch.known.all(axis=1))[:20_000]
    part = batch.take(sample)
    found = examine(part.layout, part.values, part.known)
    line = {
        "benchmark": "editing",
        "reports": options.reports,
        "bad": int((kinds != "").sum()),
        "lost_row": int((~batch.known.all(axis=1)).sum()),
        "workers": options.workers,
        "start_seconds": round(started, 2),
        "seconds": round(seconds, 2),
        "reports_per_second": round(options.reports / seconds),
        "processor_seconds": round(spent, 2),
        "reports_per_two_processor_seconds": round(2 * options.reports / spent),
        "load_average": round(os.getloadavg()[0], 1),  # well below the number of cores, or the figure says little
        **right(found, truth[sample], part),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
