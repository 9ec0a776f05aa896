"""Reports with empty cells, read in bulk: the same cells, tables and problems as the careful path finds.

Belongs here: the rows of a table (``gaps``) with what their patterns say (``patterns``), and the dispute table by its
shape (``dispute_shapes``), report by report. Does not belong here: frames (``gapped_frames``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.intake.document import Document
from orchestration.reading.bulk.cells.vocabulary import ABSENT, BLANK, REPORTED
from orchestration.reading.bulk.gaps.dispute_shapes import ShapeCells, cells_of_shape, labels_behind, shape_of
from orchestration.reading.bulk.gaps.gaps import Gaps, find_gaps
from orchestration.reading.bulk.gaps.loose import Table, settle_loose
from orchestration.reading.bulk.gaps.pattern_headers import header_cells, item_grid, names_all_or_few, request_grids
from orchestration.reading.bulk.gaps.patterns import RowCells, RowShape, cells_of_row, columns_of_rows
from orchestration.reading.bulk.tables.chains import Chains
from orchestration.reading.bulk.tables.disputes import further_labels
from orchestration.reading.bulk.tables.labels import Places
from orchestration.reading.bulk.tables.proofs import form_like
from orchestration.reading.bulk.tables.rows import Values
from orchestration.reading.bulk.texts.drawn_lines import Drawn, drawn_by
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.columns.columns import Grid
from orchestration.reading.columns.crowded import lacks_column
from orchestration.reading.columns.headers import MOST_TEXT_BEFORE
from orchestration.reading.columns.shifts import moved_by_totals
from orchestration.reading.pieces.cutting import cut_line, may_be_tabbed
from orchestration.reading.pieces.piece import Pieces
from orchestration.reading.pieces.pieces import is_empty, steady

_UNKNOWN = Grid()
_WORDS = re.compile(r"\S[^\S\t]+\S")  # in one cell
_EMPTY = frozenset((BLANK, ABSENT))


@dataclass(slots=True)
class Report:
    """One report: the rows of its first two tables, and the dispute table."""

    number: int
    forms: tuple[str, str]  # of disclosure and requests
    rows: list[list[RowCells]]
    shape: ShapeCells
    numbers: list[str]  # of the dispute table
    heading: int  # of the dispute table: its line, from 0


@dataclass(slots=True)
class Chosen:
    """Reports with certain labels; ``following`` is the heading of the dispute table, in ``Texts.kept``."""

    reports: np.ndarray
    disclosure: Chains
    requests: Chains
    following: np.ndarray

    def where(self, mask: np.ndarray) -> Chosen:
        """Some of the reports."""
        return Chosen(self.reports[mask], self.disclosure, self.requests, self.following[mask])


def tables_with_gaps(
    texts: Texts, lines: Lines, values: Values, places: Places, chosen: list[Chosen], strings: pl.Series
) -> Iterator[tuple[list[Report], Gaps, Gaps]]:
    """The reports of each of ``chosen`` whose rows are all told apart, with their disclosure and their request table.

    ``strings`` are all texts of the batch.
    """
    chosen = [part for part in chosen if len(part.reports)]
    if not chosen:
        return
    by = drawn_by(texts, lines, np.concatenate([part.reports for part in chosen])).parts(
        [len(part.reports) for part in chosen]
    )
    first = [(part.disclosure, part.requests.heading[part.reports]) for part in chosen]
    second = [(part.requests, part.following) for part in chosen]
    disclosure, requests = (_gaps(texts, lines, values, chosen, bounds, by) for bounds in (first, second))
    for part, drawn, one, two in zip(chosen, by, disclosure, requests, strict=True):
        fine = drawn.sure & one.plain & two.plain & ~_odd(texts, values, part)
        fine &= ~further_labels(places, part.reports, part.requests.high[part.reports, -1], len(texts.first) - 1)
        heads = _heads(texts, part)
        heading = lines.line(texts.kept[part.following]) - texts.line_ends.before(texts.first[part.reports])
        found: list[Report] = []
        kept = np.zeros(len(part.reports), bool)
        for at in np.flatnonzero(fine).tolist():
            if not names_all_or_few(part.requests.form.form, heads[at]):
                continue
            number = int(part.reports[at])
            start = int(texts.line_ends.before(texts.first[number]))
            tables = [Table(part.disclosure, one, at, number, start), Table(part.requests, two, at, number, start)]
            whole = Document("text", strings[number]).lines
            drawn_so = bool(drawn.tabs[at]), bool(drawn.cellwise[at])
            report = _report(texts, values, whole, tables, int(heading[at]), *drawn_so)
            if report is not None:
                kept[at] = True
                found.append(report)
        if found:
            yield found, one.where(kept), two.where(kept)


def _gaps(
    texts: Texts,
    lines: Lines,
    values: Values,
    chosen: list[Chosen],
    bounds: list[tuple[Chains, np.ndarray]],
    by: list[Drawn],
) -> list[Gaps]:
    """The rows of one table of all parts; those of the same form are looked for together."""
    found: dict[int, Gaps] = {}
    for chains in {id(chains): chains for chains, _ in bounds}.values():
        mine = [number for number, (other, _) in enumerate(bounds) if other is chains]
        parts = zip(*((chosen[at].reports, bounds[at][1], by[at].cellwise) for at in mine), strict=True)
        columns = list(map(np.concatenate, parts))
        order = np.argsort(columns[0])
        gaps = find_gaps(texts, lines, values, chains, *(column[order] for column in columns)).where(np.argsort(order))
        end = 0
        for number in mine:
            start, end = end, end + len(chosen[number].reports)
            found[number] = gaps.where(slice(start, end))
    return [found[number] for number in range(len(bounds))]


def _odd(texts: Texts, values: Values, chosen: Chosen) -> np.ndarray:
    """Whether something odd stands in the first two tables."""
    low = texts.kept[chosen.disclosure.heading[chosen.reports]]
    high = texts.kept[chosen.following]
    low = texts.lines[np.maximum(texts.line_ends.before(low) - 1, 0)]
    odd, strange = (np.searchsorted(p, high) - np.searchsorted(p, low) for p in (values.odd, texts.strange))
    return (odd > 0) | (strange > 0)


def _heads(texts: Texts, chosen: Chosen) -> list[str]:
    """The label texts above the rows of the request tables."""
    first = chosen.requests.low[chosen.reports, 0]
    return [text[-MOST_TEXT_BEFORE:] for text in texts.label_strings(chosen.requests.heading[chosen.reports], first)]


def _report(
    texts: Texts,
    values: Values,
    printed: list[str],
    tables: list[Table],
    heading: int,
    tabs: bool,
    cellwise: bool,
) -> Report | None:
    """One report, or None where its columns or its dispute table are not plain."""
    forms = tuple(table.chains.form.form for table in tables)
    fixed = not tabs or _fixed(printed)
    pieces = Pieces(lines=printed)
    rows: list[list[RowCells]] = []
    for table in reversed(tables):  # as the careful path reads them
        found = settle_loose(texts, values, table, pieces) if table.loose else _rows(table, printed, fixed)
        if found is None:
            return None
        rows.insert(0, found)
    if _shifted([*rows[0], *rows[1]]) or any("long_row" in row.problems for row in [*rows[0], *rows[1]]):
        return None
    filled = [row for row in rows[1] if any(row.filled)]
    if lacks_column([("short_row" in row.problems and _lacks_one(row), len(row.cells)) for row in filled]):
        return None
    if _moved(texts, values, tables[1], rows[1]):
        return None
    shape = shape_of(printed, heading)
    if shape and labels_behind(printed, heading, shape):
        return None
    cells = shape and cells_of_shape(shape.text, form_like(forms[0]), fixed and tabs, cellwise)
    if not cells or cells.moved(shape.numbers, forms[0]):
        return None
    return Report(tables[0].report, forms, rows, cells, shape.numbers, heading)


def _rows(table: Table, printed: list[str], fixed: bool) -> list[RowCells] | None:
    """The cells of rows that take their own values."""
    shapes = _shapes(table, fixed)
    if not any(shape.drawn for shape in shapes):
        return [cells_of_row(shape, _UNKNOWN) for shape in shapes]
    gaps, at = table.gaps, table.at
    lines = (gaps.label_line[at] - table.start + 1).tolist()
    if table.chains.form.table == "requests":
        above = printed[int(gaps.first_line[at]) - table.start : lines[0]]
        grids = request_grids(shapes, header_cells(tuple(above), shapes[0].label))
    else:
        form = table.chains.form.form
        grids = [item_grid(form, shape, printed, line) for shape, line in zip(shapes, lines, strict=True)]
    if None in grids:
        return None
    return [cells_of_row(shape, grid) for shape, grid in zip(shapes, grids, strict=True)]


def _fixed(printed: list[str]) -> bool:
    """Whether all lines with tabs draw cells of which none was lost."""
    tabbed = [(number, number, line) for number, line in enumerate(printed, 1) if "\t" in line and _is_row(line)]
    return steady(tabbed)


def _is_row(line: str) -> bool:
    if is_empty(line) or not may_be_tabbed(line):
        return False
    return _WORDS.search(line) is None or cut_line(line).tabbed


def _shapes(table: Table, fixed: bool) -> list[RowShape]:
    gaps, form = table.gaps, table.chains.form
    told = (gaps.drawn, gaps.label, gaps.cells, gaps.code, gaps.longest)
    rows = zip(columns_of_rows(form.form, form.table), *(column[table.at].tolist() for column in told), strict=True)
    return [
        RowShape(form.table, columns, drawn, fixed and drawn, label, cells, code, longest)
        for columns, drawn, label, cells, code, longest in rows
    ]


def _moved(texts: Texts, values: Values, table: Table, rows: list[RowCells]) -> bool:
    """Whether ``shifts.doubt_by_totals`` may have something to doubt."""
    numbered = [(number, *row.cells[[0, -1], 0].tolist()) for number, row in enumerate(rows) if row.shift.numbered]
    if numbered and all(begins in _EMPTY for _, begins, _ in numbered):
        return True
    for number in [number for number, *ends in numbered if not _EMPTY.isdisjoint(ends)]:
        first, (status, *_, source) = table.gaps.first[table.at, number], rows[number].cells.T
        held = texts.value[values.word[first + source[status == REPORTED]]]
        read = iter(held.tolist())
        row = [next(read) if code == REPORTED else None if code in _EMPTY else 0 for code in status.tolist()]
        if (held < 0).any() or moved_by_totals(row, len(row)):
            return True
    return False


def _lacks_one(row: RowCells) -> bool:
    return sum(row.filled) == len(row.cells) - 1


def _shifted(rows: list[RowCells]) -> bool:
    """Whether ``shifts.doubt_shifted`` may have something to doubt."""
    told = [row.shift for row in rows]
    begin = any(row.begins for row in told) and sum(row.heads for row in told) == sum(row.blank for row in told)
    return begin or (any(row.ends for row in told) and not any(row.between for row in told))
