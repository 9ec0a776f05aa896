"""Reports with empty cells, read in bulk: the same cells, tables and problems as the careful path finds.

Belongs here: the rows of a table (``gaps``) with what their patterns say (``patterns``), and the dispute table by its
shape (``dispute_shapes``), report by report. Does not belong here: frames (``gapped_frames``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.reading.bulk.chains import Chains
from orchestration.reading.bulk.dispute_shapes import ShapeCells, cells_of_shape, shape_of
from orchestration.reading.bulk.disputes import further_labels
from orchestration.reading.bulk.gaps import Gaps, drawn_alike, find_gaps
from orchestration.reading.bulk.labels import Places
from orchestration.reading.bulk.lines import Lines
from orchestration.reading.bulk.patterns import (
    RowCells,
    RowShape,
    cells_of_row,
    columns_of,
    header_cells,
    header_names_all,
    item_grid,
    request_grids,
)
from orchestration.reading.bulk.rows import Values
from orchestration.reading.bulk.texts import Texts
from orchestration.reading.columns import Grid
from orchestration.reading.cutting import cut_line
from orchestration.reading.headers import MOST_TEXT_BEFORE
from orchestration.reading.pieces import steady

_UNKNOWN = Grid()
_LEAST_TABS = 3  # of a line that holds nothing else
_WORDS = re.compile(r"\S[^\S\t]+\S")  # in one cell


@dataclass(slots=True)
class Report:
    """One report: per table its rows and the dispute table, ``lines`` those of its text."""

    number: int
    forms: tuple[str, str]  # of disclosure and requests
    lines: list[str]
    rows: tuple[list[RowCells], list[RowCells]]
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
    texts: Texts, lines: Lines, values: Values, places: Places, chosen: Chosen, strings: pl.Series
) -> tuple[list[Report], Gaps, Gaps]:
    """The reports whose rows are all told apart, with the rows of the disclosure and the request table.

    ``strings`` are all texts of the batch.
    """
    reports = chosen.reports
    tabs, fine = drawn_alike(texts, lines, reports)
    disclosure = find_gaps(texts, lines, values, chosen.disclosure, reports, chosen.requests.heading[reports])
    requests = find_gaps(texts, lines, values, chosen.requests, reports, chosen.following)
    fine &= disclosure.plain & requests.plain
    fine &= ~_odd(texts, values, chosen)
    fine &= ~further_labels(places, reports, chosen.requests.high[reports, -1], len(texts.first) - 1)
    found: list[Report] = []
    kept = np.zeros(len(reports), bool)
    heads = _heads(texts, chosen)
    for at in np.flatnonzero(fine).tolist():
        report = _report(texts, lines, strings, chosen, at, bool(tabs[at]), disclosure, requests, heads[at])
        if report is not None:
            kept[at] = True
            found.append(report)
    return found, disclosure.where(kept), requests.where(kept)


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
    lines: Lines,
    strings: pl.Series,
    chosen: Chosen,
    at: int,
    tabs: bool,
    disclosure: Gaps,
    requests: Gaps,
    head: str,
) -> Report | None:
    """One report, or None where its columns or its dispute table are not plain."""
    number = int(chosen.reports[at])
    forms = chosen.disclosure.form.form, chosen.requests.form.form
    if not header_names_all(forms[1], head):
        return None
    printed = strings[number].replace("\r\n", "\n").split("\n")
    start = int(texts.line_ends.before(texts.first[number]))
    fixed = _fixed(printed) if tabs else True
    shapes = [
        _shapes(form, table, gaps, at, fixed)
        for form, table, gaps in zip(forms, ("disclosure", "requests"), (disclosure, requests), strict=True)
    ]
    first = int(requests.first_line[at]) - start
    top = int(requests.label_line[at, 0]) - start
    grids = _request_grids(shapes[1], printed[first : top + 1])
    found = [cells_of_row(shape, grid) for shape, grid in zip(shapes[1], grids, strict=True)]
    items = []
    for shape, line in zip(shapes[0], (disclosure.label_line[at] - start + 1).tolist(), strict=True):
        grid = _UNKNOWN
        width = len(columns_of(shape.form, shape.table, shape.number))
        if (
            shape.drawn
            and width > 1
            and shape.code
            and (not shape.full(width) or shape.cells - 1 - shape.label > width)
        ):
            grid = item_grid(shape.form, shape.number, printed, line)
            if grid is None:
                return None
        items.append(cells_of_row(shape, grid))
    if _shifted([*items, *found]):
        return None
    heading = int(lines.line(texts.kept[chosen.following[at : at + 1]])[0]) - start
    shape = shape_of(printed, heading)
    cells = shape and cells_of_shape(shape.text, forms[0], fixed and tabs)
    return Report(number, forms, printed, (items, found), cells, shape.numbers, heading) if cells else None


def _fixed(printed: list[str]) -> bool:
    """Whether all lines with tabs draw cells of which none was lost."""
    tabbed = [(number, number, line) for number, line in enumerate(printed, 1) if "\t" in line and _is_row(line)]
    return steady(tabbed)


def _is_row(line: str) -> bool:
    if line.count("\t") < _LEAST_TABS if line.isspace() else line.count("\t") == 1 and "\t" not in line.strip():
        return False
    return _WORDS.search(line) is None or cut_line(line).tabbed


def _shapes(form: str, table: str, gaps: Gaps, at: int, fixed: bool) -> list[RowShape]:
    columns = (gaps.drawn, gaps.label, gaps.cells, gaps.code, gaps.longest)
    rows = zip(*(column[at].tolist() for column in columns), strict=True)
    return [
        RowShape(form, table, number, drawn, fixed and drawn, label, cells, code, longest)
        for number, (drawn, label, cells, code, longest) in enumerate(rows)
    ]


def _request_grids(shapes: list[RowShape], above: list[str]) -> list[Grid]:
    if not any(shape.drawn for shape in shapes):
        return [_UNKNOWN] * len(shapes)
    return request_grids(shapes, header_cells(tuple(above), shapes[0].label))


def _shifted(rows: list[RowCells]) -> bool:
    """Whether ``shifts.doubt_shifted`` may have something to doubt."""
    told = [row.shift for row in rows]
    blank, heads = sum(row[0] for row in told), sum(row[1] for row in told)
    beginning, ending, between = (any(row[flag] for row in told) for flag in (2, 3, 4))
    return (beginning and heads == blank) or (ending and not between)
