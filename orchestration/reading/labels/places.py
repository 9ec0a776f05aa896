"""Where the wordings of labels stand in a label text, and the best chain of them.

A chain takes each label at most once and in the order of the form; long labels weigh more, and text between labels
costs, so that a label named in the prose does not draw the table away from its place.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter

from orchestration.form import declaration
from orchestration.reading.labels.labels import Found, Label, labels_of

TABLES = ("disclosure", "requests")
_GAP_COST = 0.02

# Start, end, label, weight; and where the last wording begins that covers it, -1 for none: of several wordings of a
# label that end at one place the first one counts that begins in the part of the text that is asked for.
Place = tuple[int, int, Label, float, int]


def occurrences(text: str, form: str, table: str, start: int, end: int) -> list[Place]:
    """All places of all wordings of a table between two offsets, in their order."""
    starts, everywhere = _everywhere(text, form, table)
    low, high = bisect_left(starts, start), bisect_left(starts, end)
    return [place for place in everywhere[low:high] if place[1] <= end and place[4] < start]


def rows_at_most(text: str, table: str, start: int, end: int) -> int:
    """At least as many as there are rows of a form with a label between two offsets: most parts of a text hold none."""
    return sum([count for first, last, count in _rows_in(text, table) if first < end and last >= start])


@lru_cache(maxsize=4)
def _rows_in(text: str, table: str) -> list[tuple[int, int, int]]:
    """Where each wording of a row that a text holds begins first and last, and how many rows it may stand for."""
    counts = _row_wordings(table)
    return [(begins[0], begins[-1], counts[word]) for word, begins in words_in(text).items() if word in counts]


@lru_cache(maxsize=8)
def weight_at_most(text: str, form: str, table: str) -> float:
    """What all labels of a form weigh together that a text holds: no chain in any part of it weighs more."""
    weights = _weights(form, table)
    heaviest: dict[int, float] = {}
    for word in words_in(text):
        for order, weight in weights.get(word, ()):
            if weight > heaviest.get(order, 0.0):
                heaviest[order] = weight
    return sum(heaviest.values())


@lru_cache(maxsize=16)
def _weights(form: str, table: str) -> dict[str, list[tuple[int, float]]]:
    """By wording the places in the form of its labels, and its weight."""
    found: dict[str, list[tuple[int, float]]] = {}
    for label in labels_of(form, table):
        for word, _, weight in label.weighted:
            found.setdefault(word, []).append((label.order, weight))
    return found


@lru_cache(maxsize=4)
def _row_wordings(table: str) -> Counter[str]:
    """The wordings of rows, and how many rows of a form share each."""
    counts: Counter[str] = Counter()
    for form in declaration().form_names:
        rows = [label for label in labels_of(form, table) if label.kind == "row"]
        counts |= Counter([word for label in rows for word in {word for word, _, _ in label.weighted}])
    return counts


@lru_cache(maxsize=8)  # the tables and forms of one text, or of two where a table is proved beside a report
def _everywhere(text: str, form: str, table: str) -> tuple[list[int], list[Place]]:
    """The places of all wordings in a whole text, and where each begins."""
    found = places_of(labels_of(form, table), words_in(text))
    return [place[0] for place in found], found


def places_of(labels: Iterable[Label], begins: Mapping[str, list[int]]) -> list[Place]:
    """The places of the wordings of some labels in their order; ``begins`` are those of each wording in the text."""
    found: list[Place] = []
    for label in labels:
        if len(label.weighted) == 1:
            ((word, size, weight),) = label.weighted
            found += [(at, at + size, label, weight, -1) for at in begins.get(word, ())]
            continue
        covers: dict[int, int] = {}
        for word, size, weight in label.weighted:
            for at in begins.get(word, ()):
                stop = at + size
                cover = covers.get(stop, -1)
                found.append((at, stop, label, weight, cover))
                if at > cover:
                    covers[stop] = at
    found.sort(key=itemgetter(0, 1))
    return found


@lru_cache(maxsize=2)
def words_in(text: str) -> dict[str, list[int]]:
    """Where each wording of any table begins in a text."""
    pattern, within = _wordings()
    found: dict[str, list[int]] = {}
    match = pattern.search(text)
    while match:
        at = match.start()
        held, behind = within[match[0]]
        for offset, word in held:
            found.setdefault(word, []).append(at + offset)
        match = pattern.search(text, at + behind)
    return found


@lru_cache(maxsize=1)
def _wordings() -> tuple[re.Pattern, dict[str, tuple[tuple[tuple[int, str], ...], int]]]:
    """A pattern for the longest wording at a place; for each wording those that it holds, and where the next may begin.

    The next one may begin within it, where its end is the beginning of another.
    """
    tables = itertools.product(declaration().form_names, TABLES)
    words = {word for table in tables for label in labels_of(*table) for word, _, _ in label.weighted}
    longest = sorted(words, key=lambda word: (word[0], -len(word), word))
    parts = (
        re.escape(first) + "(?:" + "|".join(re.escape(word[1:]) for word in same) + ")"
        for first, same in itertools.groupby(longest, itemgetter(0))
    )
    begun = {word[:size] for word in words for size in range(1, len(word))}
    within = {}
    for word in longest:
        behind = next((at for at in range(1, len(word)) if word[at:] in begun), len(word))
        held = [(at, other) for at in range(behind) for other in longest if word.startswith(other, at)]
        within[word] = (tuple(held), behind)
    return re.compile("|".join(parts)), within


def best_chain(text: str, form: str, table: str, start: int, end: int) -> tuple[float, list[Found]]:
    """The heaviest chain of labels in form order between two offsets, and its weight; (0, []) where none is found."""
    return chain_of(occurrences(text, form, table, start, end))


def chain_of(places: list[Place]) -> tuple[float, list[Found]]:
    """The heaviest chain of ``places``, as ``occurrences`` lists them, and its weight."""
    best: list[float] = []
    before: list[int] = []
    top, top_at = 0.0, -1
    # The chains that have ended: the order of their last label, the weight as if they reached to the beginning of the
    # text, and their place. Both rise: a lighter chain of a later label than another is never the better one.
    orders: list[int] = []
    reach: list[float] = []
    reached: list[int] = []
    ends = sorted([(place[1], at) for at, place in enumerate(places)])
    ended = 0
    for begin, _, label, weight, _ in places:
        while ends[ended][0] <= begin:
            stop, other = ends[ended]
            ended += 1
            score = best[other] + _GAP_COST * stop
            order = places[other][2].order
            if not orders or (order > orders[-1] and score >= reach[-1]):
                orders.append(order)
                reach.append(score)
                reached.append(other)
                continue
            at = bisect_right(orders, order)
            if at and reach[at - 1] > score:
                continue
            low = at - 1 if at and orders[at - 1] == order else at
            while at < len(orders) and reach[at] <= score:
                at += 1
            orders[low:at], reach[low:at], reached[low:at] = (order,), (score,), (other,)
        last = bisect_left(orders, label.order) - 1
        previous = -1
        score = weight
        if last >= 0:
            longer = reach[last] - _GAP_COST * begin + weight
            if longer > weight:
                score, previous = longer, reached[last]
        if score > top:
            top, top_at = score, len(best)
        best.append(score)
        before.append(previous)
    chain = []
    while top_at >= 0:
        begin, stop, label, _, _ = places[top_at]
        chain.append(Found(label, begin, stop))
        top_at = before[top_at]
    return top, chain[::-1]
