"""Plain text reports read in bulk: the same cells as ``report.read_report`` finds, for what leaves no doubt.

A report is taken only if every row of every table is plain (see ``chains``, ``values``, ``disputes``);
all others are left to the careful path. What is taken is read alike by both, which a test holds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from orchestration.form import declaration
from orchestration.form.declaration import TABLES
from orchestration.reading.bulk.cells import Placed, cells_of, tables_of
from orchestration.reading.bulk.chains import Chains, find_chains, form_table, headed_again
from orchestration.reading.bulk.characters import spellings
from orchestration.reading.bulk.disputes import dispute_headings, place_disputes
from orchestration.reading.bulk.labels import Places, find_labels
from orchestration.reading.bulk.lines import Lines, read_lines
from orchestration.reading.bulk.listed import place_listed
from orchestration.reading.bulk.proofs import plain_disclosure, plain_requests
from orchestration.reading.bulk.rows import Rows, Values
from orchestration.reading.bulk.texts import Texts, read_texts
from orchestration.reading.bulk.values import place_values, read_values
from orchestration.reading.bulk.words import TEXT
from orchestration.reading.levels import NUMBERS, uneven_lines
from orchestration.reading.schema import REPORT_CELLS, REPORT_TABLES

_MOST_BETWEEN = 12  # bytes between two tables: the number of the section


def read_plain(reports: pl.DataFrame) -> tuple[np.ndarray, pl.DataFrame, pl.DataFrame]:
    """Which of some reports (``report_id``, ``year``, ``text``) are plain, and their cells and tables."""
    texts = read_texts(reports["text"])
    texts.usable &= ~_uneven(reports["text"])
    taken, cells, tables = _read(reports, texts, texts.usable & ~texts.respelt)
    again = np.flatnonzero(texts.usable & texts.respelt)
    if len(again):
        known = spellings()
        respelt = reports[again].with_columns(pl.col("text").str.replace_many(list(known), list(known.values())))
        texts = read_texts(respelt["text"])
        numbers = (texts.kind != TEXT) & (texts.data[texts.end - 1] > 127)
        texts.strange = np.sort(np.concatenate((texts.strange, texts.begin[numbers])))  # their signs may be respelt
        more, more_cells, more_tables = _read(respelt, texts, texts.usable)
        taken[again] = more
        cells, tables = pl.concat([cells, more_cells]), pl.concat([tables, more_tables])
    return taken, cells, tables


def _uneven(texts: pl.Series) -> np.ndarray:
    """Which texts have lines whose numbers may belong between those of another."""
    found = texts.str.contains(f"(?m)^{NUMBERS}$").to_numpy().copy()
    for report in np.flatnonzero(found):
        found[report] = bool(uneven_lines(texts[int(report)].split("\n")))
    return found


def _read(reports: pl.DataFrame, texts: Texts, usable: np.ndarray) -> tuple[np.ndarray, pl.DataFrame, pl.DataFrame]:
    taken = np.zeros(reports.height, bool)
    cells, tables = [REPORT_CELLS.to_frame()], [REPORT_TABLES.to_frame()]
    for placed, values in _placed(texts, find_labels(texts), usable):
        placed, found = cells_of(texts, values, placed, reports["report_id"], reports["year"])
        cells.append(found)
        tables.append(tables_of(texts, placed, reports["report_id"], reports["year"]))
        taken[placed.reports] = True
    return taken, pl.concat(cells), pl.concat(tables)


def _placed(texts: Texts, places: Places, usable: np.ndarray) -> Iterator[tuple[Placed, Values]]:
    """The plain reports, by forms."""
    count = len(texts.first) - 1
    lines = read_lines(texts)
    values = read_values(texts, lines)
    names = declaration().form_names if len(values.place) else ()
    first_places, second_places, third_places = (places.of(table) for table in TABLES)
    for form in names:
        requests = find_chains(texts, second_places, form_table(form, "requests"), count, texts.first_kept[1:])
        end = requests.high[:, -1]
        disputes = dispute_headings(third_places, count, end)
        near = (disputes >= 0) & (disputes - end <= _MOST_BETWEEN)
        chosen = np.flatnonzero(requests.certain & near & usable)
        if not len(chosen):
            continue
        rows = _place(texts, lines, values, requests, chosen, disputes[chosen])
        chosen, rows = chosen[rows.plain], rows.where(rows.plain)
        known = _headers(texts, requests, chosen)
        chosen, rows = chosen[known], rows.where(known)
        limit = np.zeros(count, np.int64)
        limit[chosen] = requests.heading[chosen]
        for first in names:
            disclosure = find_chains(texts, first_places, form_table(first, "disclosure"), count, limit)
            near = requests.heading - disclosure.high[:, -1] <= _MOST_BETWEEN
            fits = (disclosure.certain & near & ~headed_again(first_places, disclosure, count))[chosen]
            both = chosen[fits]
            if not len(both):
                continue
            found = _place(texts, lines, values, disclosure, both, requests.heading[both])
            third = place_disputes(texts, lines, values, third_places, first, both, end[both], disputes[both])
            forms = {"disclosure": first, "requests": form, "disputes": first}
            placed = Placed(forms, both, {"disclosure": found, "requests": rows.where(fits), "disputes": third})
            placed = placed.where(found.plain & third.plain)
            placed = placed.where(_tables(texts, disclosure, placed.reports) & _clean(texts, values, placed))
            if len(placed.reports):
                yield placed, values


def _place(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, following: np.ndarray
) -> Rows:
    """The values of a table, with their labels or listed apart from them."""
    rows = place_values(texts, lines, values, chains, reports, following)
    rest = np.flatnonzero(~rows.plain)
    return rows.patched(rest, place_listed(texts, lines, values, chains, reports[rest], following[rest]))


def _headers(texts: Texts, chains: Chains, reports: np.ndarray) -> np.ndarray:
    """Whether the headers above the request tables name the columns as the form does."""
    strings = texts.label_strings(chains.heading[reports], chains.low[reports, 0]).to_list()
    return np.array([plain_requests(chains.form.form, text) for text in strings], bool)


def _tables(texts: Texts, chains: Chains, reports: np.ndarray) -> np.ndarray:
    """Whether the headers of the disclosure tables name the columns as the form does."""
    start = chains.heading[reports]
    high = chains.high[reports][:, chains.form.rows]
    strings = texts.label_strings(start, high[:, -1]).to_list()
    ends = (high - start[:, None]).astype(np.int32)
    return np.array(
        [plain_disclosure(chains.form.form, text, end.tobytes()) for text, end in zip(strings, ends, strict=True)], bool
    )


def _clean(texts: Texts, values: Values, placed: Placed) -> np.ndarray:
    """Whether nothing odd stands between the first line and the last value of the tables."""
    count = len(declaration().cells_of(placed.forms["disputes"], "disputes"))
    first = placed.tables["disclosure"].first_line
    low = np.where(first > 0, texts.lines[np.maximum(first - 1, 0)] + 1, 0)
    high = texts.end[values.word[placed.tables["disputes"].first + count - 1]]
    odd, strange = (np.searchsorted(p, high) - np.searchsorted(p, low) for p in (values.odd, texts.strange))
    return (odd == 0) & (strange == 0)
