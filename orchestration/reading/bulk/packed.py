"""The cells of plain reports as numbers, which go between processes at little cost, and the frame that they make.

A string column repeats a few words in each of two hundred cells of a report; sent as strings, a frame costs half as
much again as reading the reports. What the numbers are taken from stands in ``cells``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
import pyarrow as pa

from orchestration.form import declaration
from orchestration.form.declaration import TABLES
from orchestration.reading.schema import REPORT_CELLS, VALUE

SMALL = 1000  # numbers below it are printed so often that none is sent
_STATUSES = pl.DataFrame({"status": ["reported", "not_applicable"]})
_NUMBERS = pl.Schema(
    {
        "report": pl.UInt32,  # in the batch
        "which": pl.UInt16,  # among the ``declared`` cells
        "value": pl.Int64,  # in units of the smallest decimal; where it is missing, any
        "missing": pl.Boolean,
        "unit": pl.UInt16,  # in the strings
        "raw": pl.UInt32,  # a small number, or SMALL and a place in the strings
        "line": pl.Int32,
        "evidence": pl.UInt16,  # in the strings
    }
)


@dataclass(slots=True)
class Packed:
    """Cells as two frames: a row for each cell, and the strings to which its numbers point, the first of them null."""

    numbers: pl.DataFrame
    strings: pl.DataFrame

    @classmethod
    def of(cls, columns: dict[str, np.ndarray], units: pl.Series, words: list[str], raws: pl.Series) -> Packed:
        """Cells whose units, evidence and raw strings are places in these; the first unit is none."""
        strings = pl.concat([units, pl.Series(words, dtype=pl.String), raws], rechunk=True)  # else slow to gather
        evidence = columns["evidence"] + len(units)
        raw = np.where(columns["raw"] < SMALL, columns["raw"], columns["raw"] + len(units) + len(words))
        columns = columns | {"evidence": evidence, "raw": raw}
        numbers = [pl.Series(name, columns[name].astype(_TYPES[name])) for name in _NUMBERS]
        return cls(pl.DataFrame(numbers), strings.to_frame("string"))

    @classmethod
    def none(cls) -> Packed:
        """No cells."""
        return cls(_NUMBERS.to_frame(), pl.DataFrame(schema={"string": pl.String}))

    def frame(self, ids: pl.Series, years: pl.Series) -> pl.DataFrame:
        """The cells per REPORT_CELLS; ``ids`` and ``years`` are those of the reports of the batch."""
        if not self.numbers.height:
            return REPORT_CELLS.to_frame()
        numbers, strings = self.numbers, self.strings.to_series()
        missing = numbers["missing"].to_numpy()
        columns = {
            "report_id": ids.gather(numbers["report"]),
            "year": years.gather(numbers["report"]),
            **declared()[0][numbers["which"]].to_dict(),
            "value": decimals(numbers["value"].to_numpy(), missing),
            "unit": strings.gather(numbers["unit"]),
            **_STATUSES[pl.Series(missing.astype(np.uint32))].to_dict(),
            "raw": pl.concat([small_numbers(), strings], rechunk=True).gather(numbers["raw"]),
            "line": numbers["line"],
            "evidence": strings.gather(numbers["evidence"]),
            **dict.fromkeys(("place", "doubt"), pl.repeat(None, len(missing), dtype=pl.String, eager=True)),
        }
        return pl.DataFrame([columns[name].alias(name) for name in REPORT_CELLS])


_TYPES = {
    **dict.fromkeys(("report", "raw"), np.uint32),
    **dict.fromkeys(("which", "unit", "evidence"), np.uint16),
    "value": np.int64,
    "missing": bool,
    "line": np.int32,
}


@lru_cache(maxsize=1)
def declared() -> tuple[pl.DataFrame, dict[tuple[str, str], tuple[int, int]]]:
    """The cells of all tables of all forms, as columns of a reading, and where each table begins and ends there."""
    rows: list[tuple[str, str, str, str]] = []
    bounds = {}
    for form in declaration().form_names:
        for table in TABLES:
            cells = declaration().cells_of(form, table)
            bounds[form, table] = len(rows), len(rows) + len(cells)
            rows += [(cell.form, cell.table_code, cell.row_code, cell.column_code) for cell in cells]
    return pl.DataFrame(rows, schema=["form", "table_code", "row_code", "column_code"], orient="row"), bounds


@lru_cache(maxsize=1)
def small_numbers() -> pl.Series:
    """The numbers below SMALL as they are printed."""
    return pl.Series([str(number) for number in range(SMALL)])


def decimals(scaled: np.ndarray, null: np.ndarray) -> pl.Series:
    """Whole numbers of the smallest unit as decimals of 128 bits."""
    words = np.empty((len(scaled), 2), np.int64)
    words[:, 0], words[:, 1] = scaled, scaled >> 63
    valid = pa.py_buffer(np.packbits(~null, bitorder="little")) if null.any() else None
    kind = pa.decimal128(VALUE.precision, VALUE.scale)
    return pl.Series(pa.Array.from_buffers(kind, len(scaled), [valid, pa.py_buffer(words)]))
