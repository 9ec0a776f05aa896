"""The checks of the Parquet files fail on what they are for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from editing_reports import WHOLE, Errors, layout, lose_row, true_reports
from test_editing_verdicts import frames

from orchestration.assets.resources import Warehouse
from orchestration.checks.lake import LAKE_CHECKS, every_report_examined
from orchestration.editing import find, judge
from orchestration.settings import Settings


@pytest.fixture(scope="module")
def examined() -> dict[str, pl.DataFrame]:
    """The files of editing for reports with errors, lost rows, both, and values that no cell can hold."""
    shape, rng = layout(), np.random.default_rng(4)
    errors, values = Errors(shape, rng), true_reports(shape, 40, rng)
    known = np.ones(values.shape, bool)
    lose_row(shape, known[10:30], rng)
    for row in values[20:]:
        errors.plant("cells2", row)
    reports = {
        f"r{number:02}": (WHOLE, {a: Decimal(int(v)) for a, v, k in zip(shape.cells, row, there, strict=True) if k})
        for number, (row, there) in enumerate(zip(values, known, strict=True))
    }
    odd = {"requests/granted/other": Decimal("2.5"), "requests/granted/total": Decimal("2.5")}
    reports["odd"] = (WHOLE, reports["r00"][1] | odd)
    reports["huge"] = (WHOLE, reports["r00"][1] | {"requests/granted/total": Decimal(10**15)})
    cells, tables = frames(reports)
    found = find(cells, tables)
    names = {"report_cells": cells, "cell_edits": found.edits, "derived_cells": found.derived}
    return names | {"identity_checks": judge(cells, tables)}


def faults(home: Path, files: dict[str, pl.DataFrame]) -> set[str]:
    """The reports that the check finds at fault."""
    warehouse = Warehouse.of(Settings(home, home))
    for name, frame in files.items():
        warehouse.folder(name).mkdir(parents=True)
        frame.write_parquet(warehouse.folder(name) / "2022.parquet")
    result = every_report_examined(warehouse)
    shown = result.metadata["first faults"].value if not result.passed else []
    return {fault["report_id"] for fault in shown}


def test_every_report_that_needs_it_was_examined(examined: dict, tmp_path: Path) -> None:
    assert faults(tmp_path, examined) == set()
    assert every_report_examined in LAKE_CHECKS


def test_a_report_without_suggestions_or_bounds_is_found(examined: dict, tmp_path: Path) -> None:
    edits, derived = examined["cell_edits"], examined["derived_cells"]
    lost = derived.filter(pl.col("report_id") == "r12").height
    assert lost > 0
    spoilt = {
        "cell_edits": edits.filter(pl.col("report_id") != "r35"),
        "derived_cells": derived.filter((pl.col("report_id") != "r12") | (pl.int_range(pl.len()) % 2 == 0)),
    }
    assert faults(tmp_path, examined | spoilt) == {"r35", "r12"}
