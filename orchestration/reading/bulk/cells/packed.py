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
from orchestration.reading.bulk.cells.vocabulary import REPORTED, STATUSES, known_words
from orchestration.reading.schema import REPORT_CELLS, VALUE

SMALL = 1000  # numbers below it are printed so often that none is sent
_NUMBERS = pl.Schema(
    {
        "report": pl.UInt32,  # in the batch
        "which": pl.UInt16,  # among the ``declared`` cells
        "status": pl.UInt8,  # among STATUSES
        "value": pl.Int64,  # in units of the smallest decimal; where none is reported, any
        "unit": pl.UInt16,  # in the strings, as evidence and doubt
        "evidence": pl.UInt16,
        "doubt": pl.UInt16,
        "raw": pl.UInt32,  # a small number, or SMALL and a place in the strings
        "line": pl.Int32,  # -1 for none
    }
)
_TYPES = {name: pl.Series(dtype=kind).to_numpy().dtype for name, kind in _NUMBERS.items()}


@dataclass(slots=True)
class Cells:
    """Cells in columns: those that Packed sends, but ``raw`` is a small number, SMALL and a place in raws, or -1."""

    columns: dict[str, np.ndarray]
    raws: pl.Series


@dataclass(slots=True)
class Packed:
    """Cells as two frames: a row for each cell, and the strings to which its numbers point, the first of them null."""

    numbers: pl.DataFrame
    strings: pl.DataFrame

    @classmethod
    def of(cls, parts: list[Cells]) -> Packed:
        """The cells of several parts, one behind the other."""
        words = known_words()
        strings = pl.concat([words, *(part.raws for part in parts)], rechunk=True)  # else slow to gather
        at, raws = len(words), []
        for part in parts:
            raw = part.columns["raw"]
            raws.append(np.where(raw < 0, SMALL, np.where(raw < SMALL, raw, raw + at)))
            at += len(part.raws)
        columns = [part.columns | {"raw": raw} for part, raw in zip(parts, raws, strict=True)]
        numbers = [
            pl.Series(name, np.concatenate([np.zeros(0, kind), *(part[name].astype(kind) for part in columns)]))
            for name, kind in _TYPES.items()
        ]
        return cls(pl.DataFrame(numbers, schema=_NUMBERS), strings.to_frame("string"))

    def frame(self, ids: pl.Series, years: pl.Series) -> pl.DataFrame:
        """The cells per REPORT_CELLS; ``ids`` and ``years`` are those of the reports of the batch."""
        if not self.numbers.height:
            return REPORT_CELLS.to_frame()
        numbers, strings = self.numbers, self.strings.to_series()
        line = numbers["line"].to_numpy()
        columns = {
            "report_id": ids.gather(numbers["report"]),
            "year": years.gather(numbers["report"]),
            **declared()[0][numbers["which"]].to_dict(),
            "value": decimals(numbers["value"].to_numpy(), numbers["status"].to_numpy() != REPORTED),
            "status": pl.Series(STATUSES).gather(numbers["status"]),
            **{name: strings.gather(numbers[name]) for name in ("unit", "evidence", "doubt")},
            "raw": pl.concat([small_numbers(), strings], rechunk=True).gather(numbers["raw"]),
            "line": pl.Series(pl.from_arrow(pa.array(line, mask=line < 0))),
            "place": pl.repeat(None, len(line), dtype=pl.String, eager=True),
        }
        return pl.DataFrame([columns[name].alias(name) for name in REPORT_CELLS])


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
