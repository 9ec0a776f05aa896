"""Plain text reports read in bulk: the same cells as ``report.read_report`` finds, for what leaves no doubt.

A report is taken only if every row of every table is plain (see ``chains``, ``values``, ``disputes``);
all others are left to the careful path. What is taken is read alike by both, which a test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from orchestration.form import declaration
from orchestration.form.declaration import TABLES
from orchestration.reading.bulk.cells.cells import Placed, cells_of, tables_of
from orchestration.reading.bulk.cells.packed import Cells, Packed
from orchestration.reading.bulk.gaps.gapped import Chosen, tables_with_gaps
from orchestration.reading.bulk.gaps.gapped_frames import frames_of
from orchestration.reading.bulk.tables.chains import Chains, find_chains, form_table, headed_again
from orchestration.reading.bulk.tables.disputes import dispute_headings, place_disputes
from orchestration.reading.bulk.tables.labels import Places, find_labels
from orchestration.reading.bulk.tables.listed import place_listed
from orchestration.reading.bulk.tables.proofs import header_in_order, plain_disclosure, plain_requests
from orchestration.reading.bulk.tables.rows import Rows, Values
from orchestration.reading.bulk.tables.values import place_values, read_values
from orchestration.reading.bulk.texts.lines import Lines, read_lines
from orchestration.reading.bulk.texts.texts import Texts, read_texts
from orchestration.reading.labels.normal import SPOKEN
from orchestration.reading.pieces.closed.cells import SPARSE, closed_tables
from orchestration.reading.pieces.glosses import OPENS, glossed
from orchestration.reading.pieces.levels import NUMBERS, uneven_lines
from orchestration.reading.schema import READING_PROBLEMS, REPORT_TABLES

Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]
_SCHEMAS = REPORT_TABLES, READING_PROBLEMS
_MOST_BETWEEN = 12  # bytes between two tables: the number of the section


def read_plain(reports: pl.DataFrame, with_gaps: bool = True) -> tuple[np.ndarray, *Frames]:
    """Which of some reports (``report_id``, ``year``, ``text``) are plain, and their cells, tables and problems.

    Those with empty cells are plain only ``with_gaps``.
    """
    return unpacked(reports, packed_plain(reports, with_gaps))


def packed_plain(reports: pl.DataFrame, with_gaps: bool = True) -> tuple[pl.DataFrame, ...]:
    """What ``read_plain`` finds, in frames that are cheap to send to another process; see ``unpacked``."""
    texts = read_texts(reports["text"])
    texts.usable &= ~_for_careful(reports["text"])
    lines = read_lines(texts)
    values = read_values(texts, lines)
    taken = np.zeros(reports.height, bool)
    if not len(values.place):  # no text holds a number
        return _packed(taken, [], [[schema.to_frame() for schema in _SCHEMAS]])
    ids, years = reports["report_id"], reports["year"]
    places = find_labels(texts)
    placed, located = _placed(texts, lines, values, places)
    placed, cells = cells_of(texts, values, placed)
    taken[placed.reports] = True
    found = [[tables_of(texts, placed, ids, years), READING_PROBLEMS.to_frame()]]
    rest = [chosen.where(~taken[chosen.reports]) for chosen in located] if with_gaps else []
    gapped = list(tables_with_gaps(texts, lines, values, places, rest, reports["text"]))
    if gapped:
        taken[[report.number for part, *_ in gapped for report in part]] = True
        more, *frames = frames_of(texts, values, gapped, ids, years)
        cells += more
        found.append(frames)
    return _packed(taken, cells, found)


def _packed(taken: np.ndarray, cells: list[Cells], others: list[Sequence[pl.DataFrame]]) -> tuple[pl.DataFrame, ...]:
    packed = Packed.of(cells)
    return pl.DataFrame({"taken": taken}), packed.numbers, packed.strings, *map(pl.concat, zip(*others, strict=True))


def unpacked(reports: pl.DataFrame, packed: Sequence[pl.DataFrame]) -> tuple[np.ndarray, *Frames]:
    """What ``read_plain`` finds in reports, of what ``packed_plain`` has found in them."""
    taken, numbers, strings, *others = packed
    cells = Packed(numbers, strings).frame(reports["report_id"], reports["year"])
    return taken["taken"].to_numpy(), cells, *others


def _for_careful(texts: pl.Series) -> np.ndarray:
    """Which texts have lines whose numbers may stand between those of another, or name rows in brackets as glosses.

    And those that print how characters sound, or whose tables are proved by their bars.
    """
    uneven = _where(texts, f"(?m)^{NUMBERS}$", lambda text: bool(uneven_lines(text.split("\n"))))
    found = uneven | _where(texts, OPENS, glossed) | texts.str.contains(SPOKEN).to_numpy()
    barred = np.flatnonzero(texts.str.contains("|", literal=True))
    found[barred] |= _where(texts[barred], SPARSE, lambda text: any(closed_tables(text, text.split("\n"))))
    return found


def _where(texts: pl.Series, pattern: str, certain: Callable[[str], bool]) -> np.ndarray:
    """Which texts hold a pattern and then are ``certain``."""
    found = texts.str.contains(pattern).to_numpy().copy()
    for report in np.flatnonzero(found):
        found[report] = certain(texts[int(report)])
    return found


@dataclass(slots=True)
class _Requests:
    """Reports with plain request tables: their forms, the values, and where table and what follows it stand.

    ``heading``, ``end`` and ``following`` (the heading of the dispute table) are places in ``Texts.kept``.
    """

    reports: np.ndarray
    form: np.ndarray
    heading: np.ndarray
    end: np.ndarray
    following: np.ndarray
    rows: Rows

    def where(self, mask: np.ndarray) -> _Requests:
        """Some of the reports."""
        *columns, rows = (getattr(self, name) for name in self.__slots__)
        return _Requests(*(column[mask] for column in columns), rows.where(mask))

    @classmethod
    def joined(cls, parts: list[_Requests]) -> _Requests:
        """Those of several parts, one behind the other."""
        *columns, rows = ([getattr(part, name) for part in parts] for name in cls.__slots__)
        return cls(*map(np.concatenate, columns), Rows.joined(rows))


def _placed(texts: Texts, lines: Lines, values: Values, places: Places) -> tuple[Placed, list[Chosen]]:
    """The plain reports, by the forms of their tables, and all whose labels are certain."""
    count = len(texts.usable)
    names = declaration().form_names
    first_places, second_places, third_places = (places.of(table) for table in TABLES)
    # No report has two forms of a table: each would outweigh the other.
    located = {form: _requests(texts, lines, values, second_places, third_places, form) for form in names}
    requests = _Requests.joined([found for found, _ in located.values()])
    limit = np.zeros(count, np.int64)
    limit[requests.reports] = requests.heading
    found, certain = [], []
    for form in names:
        disclosure = find_chains(texts, first_places, form_table(form, "disclosure"), count, limit)
        near = requests.heading - disclosure.high[requests.reports, -1] <= _MOST_BETWEEN
        second = requests.where(
            near & (disclosure.certain & ~headed_again(first_places, disclosure, count))[requests.reports]
        )
        second = second.where(_tables(texts, disclosure, second.reports))
        for other, (_, chains) in located.items():
            mine = second.form == other
            certain.append(Chosen(second.reports[mine], disclosure, chains, second.following[mine]))
        second = second.where(second.rows.plain)
        reports = second.reports
        first = _place(texts, lines, values, disclosure, reports, second.heading)
        third = place_disputes(texts, lines, values, third_places, form, reports, second.end, second.following)
        forms = np.full(len(reports), form)
        placed = Placed(
            reports,
            {"disclosure": forms, "requests": second.form, "disputes": forms},
            {"disclosure": first, "requests": second.rows, "disputes": third},
        ).where(first.plain & third.plain)
        clean = _clean(texts, values, placed, len(declaration().cells_of(form, "disputes")))
        found.append(placed.where(clean))
    return Placed.joined(found), certain


def _requests(
    texts: Texts, lines: Lines, values: Values, places: Places, disputes: Places, form: str
) -> tuple[_Requests, Chains]:
    """The reports with certain labels of a request table of a form, right before the heading of the dispute table."""
    count = len(texts.usable)
    chains = find_chains(texts, places, form_table(form, "requests"), count, texts.first_kept[1:])
    end = chains.high[:, -1]
    following = dispute_headings(disputes, count, end)
    near = (following >= 0) & (following - end <= _MOST_BETWEEN)
    reports = np.flatnonzero(chains.certain & near & texts.usable)
    rows = _place(texts, lines, values, chains, reports, following[reports])
    found = _Requests(
        reports, np.full(len(reports), form), chains.heading[reports], end[reports], following[reports], rows
    )
    return found.where(_headers(texts, chains, reports)), chains


def _place(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, following: np.ndarray
) -> Rows:
    """The values of a table, with their labels or listed apart from them."""
    rows = place_values(texts, lines, values, chains, reports, following)
    rest = np.flatnonzero(~rows.plain)
    return rows.patched(rest, place_listed(texts, lines, values, chains, reports[rest], following[rest]))


def _headers(texts: Texts, chains: Chains, reports: np.ndarray) -> np.ndarray:
    """Whether the headers above the request tables name the columns as the form does."""
    first = chains.low[reports, 0]
    strings = texts.label_strings(chains.heading[reports], first).to_list()
    form = chains.form.form
    in_order = [header_in_order(form, text) for text in strings]
    # Labels that are wrapped beside one another are told by their lines and blanks.
    for at in np.flatnonzero(~np.array(in_order, bool)).tolist():
        printed = texts.data[texts.kept[chains.heading[reports[at]]] : texts.kept[first[at]]]
        strings[at] = printed.tobytes().decode().rstrip(" \t|\n")
    return np.array([plain_requests(form, text) for text in strings], bool)


def _tables(texts: Texts, chains: Chains, reports: np.ndarray) -> np.ndarray:
    """Whether the headers of the disclosure tables name the columns as the form does."""
    start = chains.heading[reports]
    high = chains.high[reports][:, chains.form.rows]
    strings = texts.label_strings(start, high[:, -1]).to_list()
    ends = (high - start[:, None]).astype(np.int32)
    return np.array(
        [plain_disclosure(chains.form.form, text, end.tobytes()) for text, end in zip(strings, ends, strict=True)], bool
    )


def _clean(texts: Texts, values: Values, placed: Placed, count: int) -> np.ndarray:
    """Whether nothing odd stands between the first line and the last of ``count`` values of the dispute tables."""
    first = placed.tables["disclosure"].first_line
    low = np.where(first > 0, texts.lines[np.maximum(first - 1, 0)] + 1, 0)
    high = texts.end[values.word[placed.tables["disputes"].first + count - 1]]
    odd, strange = (np.searchsorted(p, high) - np.searchsorted(p, low) for p in (values.odd, texts.strange))
    return (odd == 0) & (strange == 0)
