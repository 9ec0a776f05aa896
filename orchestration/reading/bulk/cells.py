"""The frames of reports whose values are placed: a cell for each declared cell, without a loop over cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
import pyarrow as pa

from orchestration.form import declaration
from orchestration.form.declaration import TABLES
from orchestration.reading import numbers
from orchestration.reading.bulk.arrays import cut
from orchestration.reading.bulk.proofs import evidences
from orchestration.reading.bulk.rows import Rows, Values
from orchestration.reading.bulk.texts import Texts
from orchestration.reading.bulk.words import MARK
from orchestration.reading.columns import LONGEST_COUNT
from orchestration.reading.schema import REPORT_CELLS, REPORT_TABLES, VALUE

_TIMES = 500  # as many reports as a batch is likely to hold of the same forms, or a multiple
_SHORT_DIGITS = 5  # beside a mark, a longer count may be two that are joined


@dataclass(slots=True)
class Placed:
    """Reports of the same forms: their numbers in the batch, and where the values of each table begin and stand."""

    forms: dict[str, str]
    reports: np.ndarray
    tables: dict[str, Rows]

    def where(self, mask: np.ndarray) -> Placed:
        """Some of the reports."""
        tables = {code: rows.where(mask) for code, rows in self.tables.items()}
        return Placed(self.forms, self.reports[mask], tables)


@lru_cache(maxsize=8)
def _declared(forms: tuple[tuple[str, str], ...], times: int) -> pl.DataFrame:
    """The cells of some forms in order, as columns of a reading, several times over: parts of it cost nothing."""
    cells = [cell for table, form in forms for cell in declaration().cells_of(form, table)]
    once = pl.DataFrame(
        [(cell.form, cell.table_code, cell.row_code, cell.column_code) for cell in cells],
        schema=["form", "table_code", "row_code", "column_code"],
        orient="row",
    )
    return pl.concat([once] * times, rechunk=True)


def cells_of(
    texts: Texts, values: Values, placed: Placed, ids: pl.Series, years: pl.Series
) -> tuple[Placed, pl.DataFrame]:
    """The cells of the reports, per REPORT_CELLS, and the reports that are left: those whose values are in bounds."""
    scale = 10**VALUE.scale
    declared = tuple(placed.forms.items())
    tables = _declared(declared, 1)["table_code"].to_numpy()
    own = np.concatenate(
        [placed.tables[code].first[:, None] + np.arange((tables == code).sum()) for code in TABLES], axis=1
    )
    word = values.word[own]
    value = texts.value[word]
    mark = texts.kind[word] == MARK
    fraction = value < 0
    value = value * scale
    rest = word[fraction & ~mark]
    unit = np.zeros(own.shape, np.int64)
    value[fraction & ~mark], unit[fraction & ~mark], units = _parsed(texts, rest, scale)
    longest = np.array([LONGEST_COUNT[code] for code in tables])
    longest = np.where(mark.any(axis=1)[:, None] & (tables != "disclosure"), _SHORT_DIGITS, longest)
    fine = (np.abs(value) < scale * 10**longest).all(axis=1)
    placed, own, word, value, mark = placed.where(fine), own[fine], word[fine].ravel(), value[fine], mark[fine].ravel()
    unit = unit[fine].ravel()
    count, size = own.shape
    which = pl.Series(np.repeat(placed.reports, size))
    line = values.line[own] - np.searchsorted(texts.lines, texts.first[placed.reports])[:, None] + 1
    frame = _declared(declared, (count // _TIMES + 1) * _TIMES)[: count * size].with_columns(
        report_id=ids.gather(which),
        year=years.gather(which),
        value=_decimals(value.ravel(), mark),
        status=pl.when(pl.Series(mark)).then(pl.lit("not_applicable")).otherwise(pl.lit("reported")),
        raw=cut(texts.data, texts.begin[word], texts.end[word]),
        line=pl.Series(line.ravel(), dtype=pl.Int32),
        evidence=_evidence(placed, tables),
        unit=units.gather(unit) if len(units) > 1 else pl.lit(None, pl.String),
        **dict.fromkeys(("place", "doubt"), pl.lit(None, pl.String)),
    )
    return placed, frame.select(REPORT_CELLS.names())


def _evidence(placed: Placed, tables: np.ndarray) -> pl.Expr | pl.Series:
    """How the cells of the reports were found."""
    numbers = [placed.tables[code].evidence for code in TABLES]
    if not any(column.any() for column in numbers):
        return pl.lit("label")
    known = evidences()
    words = list(dict.fromkeys(word for told in known for word in told))
    columns = []
    for code, column in zip(TABLES, numbers, strict=True):
        count = int((tables == code).sum())
        told = np.zeros((len(known), count), np.int64)
        for number in np.unique(column):
            told[number] = [words.index(word) for word in known[number] * (count if number == 0 else 1)]
        columns.append(told[column])
    return pl.Series(words).gather(np.concatenate(columns, axis=1).ravel())


def _parsed(texts: Texts, words: np.ndarray, scale: int) -> tuple[np.ndarray, np.ndarray, pl.Series]:
    """The values of numbers that are not plain whole ones, and their units as places in the third answer."""
    strings = cut(texts.data, texts.begin[words], texts.end[words]).to_list()
    readings = {word: numbers.parse(word) for word in dict.fromkeys(strings)}
    units = [None, *dict.fromkeys(reading.unit for reading in readings.values() if reading.unit)]
    known = {word: (int(reading.value * scale), units.index(reading.unit)) for word, reading in readings.items()}
    parsed = np.array([known[word] for word in strings], np.int64).reshape(-1, 2)
    return parsed[:, 0], parsed[:, 1], pl.Series(units, dtype=pl.String)


def _decimals(scaled: np.ndarray, null: np.ndarray) -> pl.Series:
    """Whole numbers of the smallest unit as decimals of 128 bits."""
    words = np.empty((len(scaled), 2), np.int64)
    words[:, 0], words[:, 1] = scaled, scaled >> 63
    valid = pa.py_buffer(np.packbits(~null, bitorder="little")) if null.any() else None
    kind = pa.decimal128(VALUE.precision, VALUE.scale)
    return pl.Series(pl.from_arrow(pa.Array.from_buffers(kind, len(scaled), [valid, pa.py_buffer(words)])))


def tables_of(texts: Texts, placed: Placed, ids: pl.Series, years: pl.Series) -> pl.DataFrame:
    """One row per table of the reports, per REPORT_TABLES."""
    count = len(placed.reports)
    which = pl.Series(np.repeat(placed.reports, len(TABLES)))
    start = np.searchsorted(texts.lines, texts.first[placed.reports])
    first, last = (
        np.stack([getattr(placed.tables[code], name) - start + 1 for code in TABLES], axis=1).ravel()
        for name in ("first_line", "last_line")
    )
    return pl.DataFrame(
        {
            "report_id": ids.gather(which),
            "year": years.gather(which),
            "table_code": list(TABLES) * count,
            "form": [placed.forms[code] for code in TABLES] * count,
            "first_line": first,
            "last_line": last,
            "reader_version": None,
        },
        schema=REPORT_TABLES,
    )
