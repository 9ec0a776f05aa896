"""The frames of reports whose values are placed: a cell for each declared cell, without a loop over cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from orchestration.form.declaration import TABLES
from orchestration.reading.bulk.cells.packed import SMALL, Cells, declared
from orchestration.reading.bulk.cells.vocabulary import NOT_APPLICABLE, REPORTED, number_of
from orchestration.reading.bulk.tables.proofs import evidences
from orchestration.reading.bulk.tables.rows import Rows, Values
from orchestration.reading.bulk.texts.arrays import cut, ranges
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.bulk.texts.words import MARK
from orchestration.reading.columns.columns import LONGEST_COUNT, SHORT_COUNT
from orchestration.reading.pieces import numbers
from orchestration.reading.schema import REPORT_TABLES, VALUE

_HUGE = 2**62  # stands for all that is longer, which fits no array and is no value of a cell


@dataclass(slots=True)
class Placed:
    """Reports: their numbers in the batch, and per table their forms, and where the values begin and stand."""

    reports: np.ndarray
    forms: dict[str, np.ndarray]
    tables: dict[str, Rows]

    def where(self, mask: np.ndarray) -> Placed:
        """Some of the reports."""
        forms = {code: names[mask] for code, names in self.forms.items()}
        return Placed(self.reports[mask], forms, {code: rows.where(mask) for code, rows in self.tables.items()})

    @classmethod
    def joined(cls, parts: list[Placed]) -> Placed:
        """Those of several parts, one behind the other."""
        return cls(
            np.concatenate([part.reports for part in parts]),
            {code: np.concatenate([part.forms[code] for part in parts]) for code in TABLES},
            {code: Rows.joined([part.tables[code] for part in parts]) for code in TABLES},
        )


def cells_of(texts: Texts, values: Values, placed: Placed) -> tuple[Placed, list[Cells]]:
    """The cells of the reports, and the reports that are left: those whose values are in bounds."""
    if not len(placed.reports):
        return placed, []
    scale = 10**VALUE.scale
    known, bounds = declared()
    form = np.zeros((len(placed.reports), len(TABLES), 2), np.int64)
    for (name, code), bound in bounds.items():
        form[placed.forms[code] == name, TABLES.index(code)] = bound
    counts = form[..., 1] - form[..., 0]
    which, _ = ranges(form[..., 0].ravel(), form[..., 1].ravel())
    first = np.stack([placed.tables[code].first for code in TABLES], axis=1)
    own, offsets = ranges(first.ravel(), (first + counts).ravel())
    begin, size = offsets[: -1 : len(TABLES)], counts.sum(axis=1)
    word = values.word[own]
    value, mark = texts.value[word], texts.kind[word] == MARK
    rest = np.flatnonzero((value < 0) & ~mark)
    value *= scale
    amount, unit, grouped = parsed(texts, word[rest], scale)
    value[rest] = amount
    short = np.logical_or.reduceat(mark, begin)[:, None] & [code != "disclosure" for code in TABLES]
    # With as many digits as its row has columns, a number may be all of them (see ``columns.place``).
    longest = np.where(short, SHORT_COUNT, [LONGEST_COUNT[code] - (code != "disclosure") for code in TABLES])
    fine = np.logical_and.reduceat(np.abs(value) < np.repeat(scale * 10 ** longest.ravel(), counts.ravel()), begin)
    points = rest[grouped]
    points = points[(known["column_code"][which[points]] != "amount").to_numpy()]
    fine[np.searchsorted(begin, points, "right") - 1] = False
    if not fine.all():
        return cells_of(texts, values, placed.where(fine))
    raw, raws = printed(texts, word)
    columns = {
        "report": np.repeat(placed.reports, size),
        "which": which,
        "value": value,
        "status": np.where(mark, NOT_APPLICABLE, REPORTED),
        "unit": np.zeros(len(own), np.uint16),
        "raw": raw,
        "line": values.line[own] + np.repeat(1 - texts.line_ends.before(texts.first[placed.reports]), size),
        "evidence": _evidence(placed, counts),
        "doubt": np.zeros(len(own), np.uint16),
    }
    columns["unit"][rest] = unit
    return placed, [Cells(columns, raws)]


def _evidence(placed: Placed, counts: np.ndarray) -> np.ndarray:
    """How the cells of the reports were found, as numbers of the vocabulary."""
    known = [[number_of(word) for word in told] for told in evidences()]
    found = np.full(counts.sum(), known[0][0], np.uint16)  # of most cells
    begin = (np.cumsum(counts) - counts.ravel()).reshape(counts.shape)
    for number, code in enumerate(TABLES):
        evidence = placed.tables[code].evidence
        for listed in np.flatnonzero(evidence):
            told = known[evidence[listed]]
            found[begin[listed, number] : begin[listed, number] + len(told)] = told
    return found


def parsed(texts: Texts, words: np.ndarray, scale: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The values of numbers that are not plain whole ones, their units as numbers of the vocabulary, and a doubt.

    The doubt is that of counts whose point may be a comma.
    """
    strings = cut(texts.data, texts.begin[words], texts.end[words]).to_list()
    found = np.array([_reading(word, scale) for word in strings], np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2] > 0


@lru_cache(maxsize=8192)
def _reading(word: str, scale: int) -> tuple[int, int, bool]:
    """The value in the smallest unit, its own unit, and whether that of a count would be in doubt."""
    reading = numbers.parse(word)
    value = max(-_HUGE, min(_HUGE, int(reading.value * scale)))
    return value, number_of(reading.unit), numbers.may_be_grouped(reading.value)


def printed(texts: Texts, words: np.ndarray) -> tuple[np.ndarray, pl.Series]:
    """The words as they are printed: small numbers, or SMALL and places among the others, which alone are cut out."""
    value = texts.value[words]
    rest = np.flatnonzero((value < 0) | (value >= SMALL))
    value[rest] = np.arange(SMALL, SMALL + len(rest))
    return value, cut(texts.data, texts.begin[words[rest]], texts.end[words[rest]])


def tables_of(texts: Texts, placed: Placed, ids: pl.Series, years: pl.Series) -> pl.DataFrame:
    """One row per table of the reports, per REPORT_TABLES."""
    which = pl.Series(np.repeat(placed.reports, len(TABLES)))
    start = texts.line_ends.before(texts.first[placed.reports])
    first, last = (
        np.stack([getattr(placed.tables[code], name) - start + 1 for code in TABLES], axis=1).ravel()
        for name in ("first_line", "last_line")
    )
    columns = {
        "report_id": ids.gather(which),
        "year": years.gather(which),
        "table_code": list(TABLES) * len(placed.reports),
        "form": np.stack([placed.forms[code] for code in TABLES], axis=1).ravel().tolist(),
        "first_line": first.astype(np.int32),
        "last_line": last.astype(np.int32),
    }
    series = [pl.Series(name, column, dtype=REPORT_TABLES[name]) for name, column in columns.items()]
    return pl.DataFrame(series).with_columns(reader_version=pl.lit(None, pl.String))
