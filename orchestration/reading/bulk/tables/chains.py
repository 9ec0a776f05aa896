"""Where the rows of the disclosure and the request table stand in many label texts, where that is beyond doubt.

``labels.best_chain`` weighs all chains of labels. Here its result is known without weighing: no other part of the text
holds the anchors of the table (its citations, or its first and its last row), every row has one heaviest place among
them, in the order of the form, and little other text stands there. A chain that left out such a place, or went
elsewhere, would weigh less.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from orchestration.form import declaration
from orchestration.reading.bulk.tables.labels import Places, unordered, vocabulary
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.labels.labels import labels_of
from orchestration.reading.tables.repeats import LEAST_HEADS

_MOST_GAP = 1500  # bytes of other text among the rows: all of it costs less than the anchors
_GAP_COST = 0.02 / 3  # per byte, as no character of a label takes more than three
_MOST_HEAD = {"disclosure": 90, "requests": 1140}  # bytes between the section heading and the first anchor
_LEAST_ROWS = 5  # rows outside the table that may make a second one
_LIGHT = 2.0  # the weight of two characters, such as 其他, which may stand anywhere
_MARGIN = 0.3


@dataclass(frozen=True)
class FormTable:
    """One table of one form: its anchors are the rows and, in the disclosure table, the citations."""

    form: str
    table: str
    heading: int
    anchors: tuple[int, ...]  # slots in the order of the form
    is_row: np.ndarray  # per anchor
    widths: tuple[int, ...]  # per row
    once: tuple[int, ...]  # anchors that must stand on one line of the whole text
    own: tuple[int, ...]  # slots that the other forms lack
    foreign: tuple[int, ...]  # slots that only other forms have
    adjoining: tuple[int, ...]  # anchors of which one must touch the next, for the form to be certain

    @property
    def rows(self) -> np.ndarray:
        """Which anchors are rows."""
        return np.flatnonzero(self.is_row)


@dataclass(slots=True)
class Chains:
    """Per report: whether the rows are certain, and the bounds of heading and anchors in ``Texts.kept``."""

    form: FormTable
    certain: np.ndarray
    heading: np.ndarray
    low: np.ndarray  # reports by anchors
    high: np.ndarray
    once: np.ndarray  # whether the anchor has no other place as heavy in its table


@lru_cache(maxsize=8)
def form_table(form: str, table: str) -> FormTable:
    """The static view of a table of a form."""
    whole, slots = declaration(), vocabulary().slots
    labels = labels_of(form, table)
    anchors = [label for label in labels if label.kind in ("row", "citation")]
    rows = [label for label in anchors if label.kind == "row"]
    others = [label for name in whole.form_names if name != form for label in labels_of(name, table)]
    mine, theirs = ({slots[table, unordered(label)] for label in group} for group in (labels, others))
    shared = {label.code for label in others if label.kind == "row"}
    elsewhere = {word for label in others for word in (*label.words, *label.bodies)}
    own = [label for label in rows if label.code not in shared]
    telling = any(not elsewhere.intersection((*label.words, *label.bodies)) for label in own)
    citations = any(label.kind == "citation" for label in anchors)
    columns = whole.columns_by_row(form, table)
    return FormTable(
        form,
        table,
        next(slots[table, unordered(label)] for label in labels if label.kind == "heading"),
        tuple(slots[table, unordered(label)] for label in anchors),
        np.array([label.kind == "row" for label in anchors]),
        tuple(len(columns[label.code]) for label in rows),
        () if citations else (0, len(anchors) - 1),
        tuple(mine - theirs),
        tuple(theirs - mine),
        () if telling or not own else tuple(anchors.index(label) for label in own),
    )


def find_chains(texts: Texts, places: Places, form: FormTable, reports: int, limit: np.ndarray) -> Chains:
    """The rows of one table of one form in ``reports`` texts, each searched up to its ``limit`` in ``Texts.kept``."""
    count = len(form.anchors)
    position = np.full(len(vocabulary().slots) + 2, -1)
    position[list(form.anchors)] = range(count)
    known = np.flatnonzero((position[places.slot] >= 0) & (places.high <= limit[places.report]))
    report, low, high, weight = (getattr(places, name)[known] for name in ("report", "low", "high", "weight"))
    anchor = position[places.slot[known]]
    cell = report * count + anchor
    certain = (np.bincount(cell, minlength=reports * count) > 0).reshape(reports, count).all(axis=1)
    everywhere = _bounds(cell, low, high, reports * count)
    certain &= _on_one_line(texts, *everywhere).reshape(reports, count)[:, form.once].all(axis=1)
    start, stop = everywhere[0].reshape(reports, count)[:, 0], everywhere[1].reshape(reports, count)[:, -1]
    heaviest = np.zeros(reports * count)
    np.maximum.at(heaviest, cell, weight)
    inside = (low >= start[report]) & (high <= stop[report])
    best = inside & (weight == heaviest[cell])
    again = np.bincount(report[inside & ~best & (weight > _LIGHT) & form.is_row[anchor]], minlength=reports)
    elsewhere = np.zeros(reports * count)
    np.maximum.at(elsewhere, cell[~inside], weight[~inside])
    best = np.flatnonzero(best)
    bounds = _bounds(cell[best], low[best], high[best], reports * count)
    # A merged cell may repeat its label along its line; of a citation that is printed again, the first place counts.
    times = np.bincount(cell[best], minlength=reports * count)
    there = times > 0
    together = (there & _on_one_line(texts, *bounds)).reshape(reports, count)
    last = np.where(np.tile(form.is_row, reports), bounds[2], bounds[0]).reshape(reports, count)
    lows, highs = last, np.where(np.tile(form.is_row, reports), bounds[1], bounds[3]).reshape(reports, count)
    certain &= (together | ~form.is_row).all(axis=1) & (again == 0) & (lows[:, 1:] >= highs[:, :-1]).all(axis=1)
    weights, others = heaviest.reshape(reports, count), elsewhere.reshape(reports, count)
    certain &= _pays(weights, others if form.once else None, lows[:, 1:] - highs[:, :-1])
    if form.adjoining:
        certain &= np.any([lows[:, at + 1] == highs[:, at] for at in form.adjoining], axis=0)
    heading, near = _headings(places, form, start, limit)
    certain &= near
    certain &= _gain(places, form, start, stop, limit) > _MARGIN
    if form.table == "requests":
        outside = [np.unique(cell[high <= heading[report]]), np.unique(cell[low >= stop[report]])]
        certain &= np.all([np.bincount(found // count, minlength=reports) < _LEAST_ROWS for found in outside], axis=0)
    return Chains(form, certain, heading, lows, highs, (times == 1).reshape(reports, count))


def headed_again(places: Places, chains: Chains, reports: int) -> np.ndarray:
    """Whether citations and column labels outside of the disclosure table of each report may head a second one."""
    slots = vocabulary().slots
    heads = np.zeros(max(slots.values()) + 1, bool)
    heads[[at for (table, label), at in slots.items() if label.kind in ("citation", "column")]] = True
    at = np.flatnonzero(heads[places.slot])
    report, low = places.report[at], places.low[at]
    outside = (low < chains.heading[report]) | (low >= chains.high[report, -1])
    return np.bincount(report[outside], minlength=reports) >= LEAST_HEADS


def _bounds(cell: np.ndarray, low: np.ndarray, high: np.ndarray, size: int) -> tuple[np.ndarray, ...]:
    """Per cell the begin of its first place, the end and the begin of its last one, and the end of its first one."""
    first, end, last, first_end = (np.zeros(size, np.int64) for _ in range(4))
    # Places are in order: of several that are assigned, the last one stays.
    first[cell[::-1]], first_end[cell[::-1]] = low[::-1], high[::-1]
    last[cell], end[cell] = low, high
    return first, end, last, first_end


def _on_one_line(texts: Texts, first: np.ndarray, end: np.ndarray, last: np.ndarray, _: np.ndarray) -> np.ndarray:
    """Whether all places of a label are one, or stand on one line."""
    found = first == last
    several = np.flatnonzero(~found)
    one, two = (texts.line_ends.before(texts.kept[place[several]]) for place in (first, end - 1))
    found[several] = one == two
    return found


def _pays(weight: np.ndarray, elsewhere: np.ndarray | None, gap: np.ndarray) -> np.ndarray:
    """Whether no chain wins by leaving out the first or the last anchors and the text among them.

    Little text is outweighed by the one anchor that has no place outside of the table. Where there is more, labels
    that do have one are weighed without it.
    """
    little = gap.sum(axis=1) <= _MOST_GAP
    outweighed = little & _outweighs(weight, gap)
    return outweighed if elsewhere is None else outweighed | (~little & _outweighs(weight - elsewhere, gap))


def _outweighs(weight: np.ndarray, gap: np.ndarray) -> np.ndarray:
    front = np.cumsum(weight[:, :-1] - gap * _GAP_COST, axis=1)
    back = np.cumsum((weight[:, 1:] - gap * _GAP_COST)[:, ::-1], axis=1)
    return (front > 0).all(axis=1) & (back > 0).all(axis=1)


def _headings(places: Places, form: FormTable, start: np.ndarray, limit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last heading before the first anchor of each report, and whether it is near."""
    at = np.flatnonzero(places.slot == form.heading)
    at = at[(places.high[at] <= start[places.report[at]]) & (places.high[at] <= limit[places.report[at]])]
    heading, end = np.full(len(start), -1), np.full(len(start), -_MOST_HEAD[form.table] - 1)
    heading[places.report[at]], end[places.report[at]] = places.low[at], places.high[at]
    return heading, (heading >= 0) & (start - end <= _MOST_HEAD[form.table])


def _gain(places: Places, form: FormTable, start: np.ndarray, stop: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """By how much the heaviest label that only this form has outweighs all that only others have."""
    slots = len(vocabulary().slots) + 2
    mine, theirs = np.zeros(slots, bool), np.zeros(slots, bool)
    mine[list(form.own)], theirs[list(form.foreign)] = True, True
    report = places.report
    at = np.flatnonzero(mine[places.slot])
    at = at[(places.low[at] >= start[report[at]]) & (places.high[at] <= stop[report[at]])]
    gain = np.zeros(len(start))
    np.maximum.at(gain, report[at], places.weight[at])
    at = np.flatnonzero(theirs[places.slot])
    at = at[places.high[at] <= limit[report[at]]]
    heaviest = np.zeros(len(start) * slots)
    np.maximum.at(heaviest, report[at] * slots + places.slot[at], places.weight[at])
    return gain - heaviest.reshape(len(start), slots).sum(axis=1)
