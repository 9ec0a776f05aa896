"""The frames of reports with empty cells, which ``gapped`` has read: cells, tables and problems, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np
import polars as pl

from orchestration.form import declaration
from orchestration.form.declaration import TABLES
from orchestration.reading.bulk.cells.cells import parsed, printed
from orchestration.reading.bulk.cells.packed import SMALL, Cells, declared
from orchestration.reading.bulk.cells.vocabulary import ABSENT, BLANK, REPORTED
from orchestration.reading.bulk.gaps.gapped import Report
from orchestration.reading.bulk.gaps.gaps import Gaps
from orchestration.reading.bulk.gaps.patterns import ALL, RowCells
from orchestration.reading.bulk.tables.rows import Values
from orchestration.reading.bulk.texts.arrays import cut, ranges
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.schema import READING_PROBLEMS, REPORT_TABLES, VALUE, frame_of
from orchestration.reading.tables.table import problem_message

Kind = TypeVar("Kind")
_SCALE = 10**VALUE.scale

Whose = tuple[str, int]  # report and year


@dataclass(slots=True)
class _Block:
    """The cells of one table in all reports: arrays of reports by cells, of which ``raw`` is that of ``Cells``."""

    status: np.ndarray
    evidence: np.ndarray
    doubt: np.ndarray
    value: np.ndarray
    unit: np.ndarray
    line: np.ndarray
    raw: np.ndarray
    raws: pl.Series


def frames_of(
    texts: Texts, values: Values, parts: list[tuple[list[Report], Gaps, Gaps]], ids: pl.Series, years: pl.Series
) -> tuple[list[Cells], pl.DataFrame, pl.DataFrame]:
    """Cells, tables and problems of reports; those of a part have the same forms, and rows in the first two tables."""
    cells: list[Cells] = []
    tables: list[tuple] = []
    problems: list[tuple] = []
    known = list(zip(ids, years, strict=True))
    for reports, *gaps in parts:
        numbers = np.array([report.number for report in reports])
        start = texts.line_ends.before(texts.first[numbers])
        whose = [known[number] for number in numbers]
        both = list(zip(gaps, _rows(reports), strict=True))
        strings = [_strings(texts, values, gap, rows) for gap, rows in both]
        blocks = [
            _block(texts, values, gap, rows, told, start) for (gap, rows), told in zip(both, strings, strict=True)
        ]
        cells.append(_cells(reports[0].forms, [*blocks, _dispute_block(reports)], numbers))
        tables += _tables(reports, gaps, start, whose)
        problems += _problems(reports, gaps, strings, start, whose)
    return cells, frame_of(tables, REPORT_TABLES), frame_of(problems, READING_PROBLEMS)


def _rows(reports: list[Report]) -> list[list[RowCells]]:
    return [list(chain.from_iterable(report.rows[table] for report in reports)) for table in range(2)]


def _strings(texts: Texts, values: Values, gaps: Gaps, rows: list[RowCells]) -> dict[int, list[str]]:
    """The values as printed of the rows that have them in a message or together in one cell, by the row's number."""
    chosen = [
        at
        for at, row in enumerate(rows)
        if row.together or any(problem != "values_missing" for problem in row.problems)
    ]
    first, count = gaps.first.ravel()[chosen], gaps.count.ravel()[chosen]
    own, offsets = ranges(first, first + count)
    word = values.word[own]
    found = cut(texts.data, texts.begin[word], texts.end[word]).to_list()
    return {
        at: _with_blanks(found[low:high], rows[at].filled)
        for at, low, high in zip(chosen, offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    }


def _block(
    texts: Texts,
    values: Values,
    gaps: Gaps,
    rows: list[RowCells],
    strings: dict[int, list[str]],
    start: np.ndarray,
) -> _Block:
    unique, kinds = _distinct(rows)
    sizes = np.array([len(row.cells) for row in unique])
    ends = np.cumsum(sizes)
    begin = ends - sizes
    cell, offsets = ranges(begin[kinds], ends[kinds])
    row = np.repeat(np.arange(len(rows)), np.diff(offsets))
    status, evidence, doubt, source = np.concatenate([row.cells for row in unique])[cell].T
    single = np.flatnonzero(source >= 0)
    word = values.word[gaps.first.ravel()[row[single]] + source[single]]
    value, unit = np.zeros(len(cell), np.int64), np.zeros(len(cell), np.int64)
    read = texts.value[word] * _SCALE
    other = np.flatnonzero((read < 0) & (status[single] == REPORTED))
    read[other], unit[single[other]], _ = parsed(texts, word[other], _SCALE)
    value[single] = read
    several = np.flatnonzero(source == ALL)
    raw = np.full(len(cell), -1)
    raw[single], raws = printed(texts, word)
    blank = SMALL + len(raws)
    joined = {at: blank + 1 + number for number, at in enumerate(strings)}
    raw[status == BLANK] = blank
    raw[several] = [joined[at] for at in row[several].tolist()]
    raws = pl.concat([raws, pl.Series(["", *map(" ".join, strings.values())], dtype=pl.String)])
    line = gaps.line.ravel()[row]
    line[single] = values.line[gaps.first.ravel()[row[single]] + source[single]]
    line[several] = values.line[gaps.first.ravel()[row[several]]]
    line += 1 - np.repeat(start, len(cell) // len(start))
    line[status == ABSENT] = -1
    shape = len(start), -1
    return _Block(
        *(column.reshape(shape) for column in (status, evidence, doubt, value, unit)),
        line.reshape(shape),
        raw.reshape(shape),
        raws,
    )


def _dispute_block(reports: list[Report]) -> _Block:
    """The cells of the dispute tables; the numbers of each shape are those of its report."""
    unique, kinds = _distinct([report.shape for report in reports])
    status, evidence, doubt, line, source = np.moveaxis(np.array([shape.cells for shape in unique])[kinds], 2, 0)
    raws = [""]
    base = np.zeros((len(reports), 1), np.int64)
    for at, report in enumerate(reports):
        base[at] = len(raws)
        told = [*report.numbers, ""]
        raws += [" ".join(told[number] for number in held) for held in report.shape.sources]
    raw = np.where(source >= 0, base + source, np.where(status == BLANK, 0, -1))
    amounts = np.array([int(raw) if raw.isdecimal() else 0 for raw in raws], np.int64) * _SCALE
    value = np.where(source >= 0, amounts[raw], 0)
    raw += np.where(raw < 0, 0, SMALL)
    heading = np.array([[report.heading + 1] for report in reports])
    line = np.where(line < 0, -1, line + heading)
    unit = np.zeros(status.shape, np.int64)
    return _Block(status, evidence, doubt, value, unit, line, raw, pl.Series(raws, dtype=pl.String))


def _distinct(items: list[Kind]) -> tuple[list[Kind], np.ndarray]:
    """The items without those that are the same as another, and the place of each among them."""
    known: dict[int, int] = {}
    places = np.array([known.setdefault(id(item), len(known)) for item in items])
    return list({id(item): item for item in items}.values()), places


def _cells(forms: tuple[str, str], blocks: list[_Block], numbers: np.ndarray) -> Cells:
    """The cells of reports with these ``numbers`` in the batch."""
    bounds = declared()[1]
    which = np.concatenate(
        [np.arange(*bounds[form, table]) for form, table in zip((*forms, forms[0]), TABLES, strict=True)]
    )
    names = ("status", "value", "unit", "evidence", "doubt", "line", "raw")
    columns = {name: np.concatenate([getattr(block, name) for block in blocks], axis=1) for name in names}
    sizes = [len(block.raws) for block in blocks]
    before = np.repeat(np.cumsum([0, *sizes[:-1]]), [block.raw.shape[1] for block in blocks])
    columns["raw"] += np.where(columns["raw"] < SMALL, 0, before)
    columns = {name: column.ravel() for name, column in columns.items()}
    columns |= {"report": np.repeat(numbers, len(which)), "which": np.tile(which, len(numbers))}
    return Cells(columns, pl.concat([block.raws for block in blocks]))


def _tables(reports: list[Report], gaps: Sequence[Gaps], start: np.ndarray, whose: list[Whose]) -> Iterator[tuple]:
    ends = [(gap.first_line - start + 1, gap.last_line - start + 1) for gap in gaps]
    lines = np.stack([np.stack(told, axis=1) for told in ends], axis=1).tolist()
    forms = *reports[0].forms, reports[0].forms[0]
    for report, held, own in zip(reports, lines, whose, strict=True):
        held.append([end + report.heading + 1 for end in report.shape.ends])
        for table, form, bounds in zip(TABLES, forms, held, strict=True):
            yield (*own, table, form, *bounds, None)


def _problems(
    reports: list[Report],
    gaps: Sequence[Gaps],
    strings: list[dict[int, list[str]]],
    start: np.ndarray,
    whose: list[Whose],
) -> Iterator[tuple]:
    """What was met: first in the request table, as it is read first."""
    declared_rows = [declaration().rows_of(form, table) for form, table in zip(reports[0].forms, TABLES, strict=False)]
    label_lines = [(gap.label_line - start[:, None] + 1).tolist() for gap in gaps]
    for at, (report, own) in enumerate(zip(reports, whose, strict=True)):
        for table in (1, 0):
            for number, row in enumerate(report.rows[table]):
                for problem in row.problems:
                    told = declared_rows[table][number]
                    raws = strings[table].get(at * len(report.rows[table]) + number, ())
                    address = f"{TABLES[table]}/{told.row_code}"
                    message = problem_message(problem, address, told.label_zh, raws)
                    yield (*own, problem, message, label_lines[table][at][number])
        for code, message, line in report.shape.problems:
            yield (*own, code, message, None if line is None else line + report.heading + 1)


def _with_blanks(raws: list[str], filled: tuple[bool, ...]) -> list[str]:
    """The values of a row with the empty cells among them."""
    rest = iter(raws)
    return [next(rest, "") if there else "" for there in filled]
