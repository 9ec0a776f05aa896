"""The labels of the declared form as patterns, and the best chain of them in a label text.

A chain takes each label at most once and in the order of the form; long labels weigh more, and text between labels
costs, so that a label named in the prose does not draw the table away from its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.normal import key

_NUMBERING = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])\s*")
_GAP_COST = 0.02
_MAX_WEIGHT = 14
_SHARES = {"row": 1.0, "citation": 0.5, "column": 0.6, "heading": 0.6, "group": 0.3}


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a form: ``kind`` is row, group, column, citation or heading; ``order`` its place in the form."""

    kind: str
    code: str
    order: int
    words: tuple[str, ...]  # keys with numbering, longest first
    bodies: tuple[str, ...]  # keys without numbering
    weighted: tuple[tuple[str, int, float], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Of all wordings that can be looked for, the length and the weight."""
        wordings = (word for word in (*self.words, *self.bodies) if len(word) > 1)
        share = _SHARES[self.kind]
        weighted = tuple((word, len(word), share * min(len(word), _MAX_WEIGHT)) for word in wordings)
        object.__setattr__(self, "weighted", weighted)


@dataclass(frozen=True, slots=True)
class Found:
    """A label found at ``start`` to ``end`` of the label text; ``exact`` unless it was matched by similarity."""

    label: Label
    start: int
    end: int
    exact: bool = True


@lru_cache(maxsize=16)
def labels_of(form: str, table: str) -> tuple[Label, ...]:
    """The labels of a table in the order in which the form prints them, its section heading first."""
    whole = declaration()
    heading = next(f for f in whole.forms if f.form == form and f.table_code == table)
    entries: list[tuple[str, str, list[str]]] = [("heading", table, [heading.name_zh])]
    wordings = {kind: _collect(whole.labels_of(form, table, kind)) for kind in ("row", "column", "group")}
    seen: set[tuple[str, str]] = set()
    for row in whole.rows_of(form, table):
        before = []
        if row.kind == "outcome":
            before.append(("group", "results"))
        if row.group_code and row.row_code != row.group_code:
            before.append(("group", row.group_code))
        for entry in before:
            if entry not in seen:
                seen.add(entry)
                entries.append((*entry, wordings["group"][entry[1]]))
        if table == "disclosure":
            entries += _headers(whole, form, row, wordings["column"], seen)
        entries.append(("row", row.row_code, wordings["row"][row.row_code]))
    return tuple(Label(kind, code, order, *_keys(texts)) for order, (kind, code, texts) in enumerate(entries))


def _collect(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, text in pairs:
        found.setdefault(code, []).append(text)
    return found


def _headers(whole, form: str, row, columns: dict, seen: set) -> list[tuple[str, str, list[str]]]:
    """Citation and column labels that stand above a row of the disclosure table, once for rows that share them."""
    codes = tuple(c.column_code for c in whole.cells_of(form, row.table_code) if c.row_code == row.row_code)
    block = (row.citation, "/".join(codes))
    if block in seen:
        return []
    seen.add(block)
    found = [("citation", row.citation, [row.citation])] if ("citation", row.citation) not in seen else []
    seen.add(("citation", row.citation))
    return found + [("column", code, columns[code]) for code in codes]


def _keys(texts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = sorted({key(text) for text in texts}, key=len, reverse=True)
    bodies = sorted({key(_NUMBERING.sub("", text)) for text in texts} - set(words), key=len, reverse=True)
    return tuple(words), tuple(bodies)


@lru_cache(maxsize=1)
def label_tails() -> tuple[str, ...]:
    """The last characters of every row label, by which a number glued to a label is told from a name."""
    found = set()
    for form in declaration().form_names:
        for table in ("disclosure", "requests"):
            for label in labels_of(form, table):
                if label.kind == "row":
                    found.update(word[-4:] for word in (*label.words, *label.bodies) if len(word) >= 2)
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def numbered_labels() -> tuple[str, ...]:
    """The wordings of the row labels that begin with an Arabic number, which may stand apart from the words."""
    found = {
        word
        for form in declaration().form_names
        for label in labels_of(form, "requests")
        if label.kind == "row"
        for word in label.words
        if word[:1].isdigit()
    }
    return tuple(sorted(found))


def occurrences(text: str, labels: tuple[Label, ...], start: int, end: int) -> list[tuple[int, int, Label, float]]:
    """All places of all wordings between two offsets: (start, end, label, weight)."""
    starts, everywhere = _everywhere(text, labels)
    low, high = bisect_left(starts, start), bisect_left(starts, end)
    return [place for place, cover in everywhere[low:high] if place[1] <= end and cover < start]


def _everywhere(
    text: str, labels: tuple[Label, ...]
) -> tuple[list[int], list[tuple[tuple[int, int, Label, float], int]]]:
    """The places of all wordings in a whole text, in order, and where the last wording begins that covers each.

    Of several wordings of a label that end at one place the first one counts that begins behind the offset.
    """
    known = _places(text)
    if id(labels) in known:
        return known[id(labels)][1]
    found = []
    for label in labels:
        covers: dict[int, int] = {}
        for word, size, weight in label.weighted:
            places = known.get(word)
            if places is None:
                places = known[word] = _find_all(text, word) if word in text else ()
            for at in places:
                stop = at + size
                cover = covers.get(stop, -1)
                found.append(((at, stop, label, weight), cover))
                if at > cover:
                    covers[stop] = at
    found.sort(key=lambda o: o[0][:2])
    known[id(labels)] = labels, ([place[0] for place, _ in found], found)  # the labels too, so that none takes their id
    return known[id(labels)][1]


@lru_cache(maxsize=2)
def _places(text: str) -> dict:
    """What was looked for in a text: where each wording begins, as the tables of all forms ask for the same ones."""
    return {}


def _find_all(text: str, word: str) -> list[int]:
    found = []
    at = text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + 1)
    return found


def best_chain(
    text: str, labels: tuple[Label, ...], start: int = 0, end: int | None = None
) -> tuple[float, list[Found]]:
    """The heaviest chain of labels in form order, and its weight; ([], 0) where none is found."""
    return chain_of(occurrences(text, labels, start, len(text) if end is None else end), labels)


def chain_of(places: list[tuple[int, int, Label, float]], labels: tuple[Label, ...]) -> tuple[float, list[Found]]:
    """The heaviest chain of ``places``, as ``occurrences`` lists them, and its weight."""
    best: list[float] = []
    before: list[int] = []
    top, top_at = 0.0, -1
    # By order: the best chain that ends with a label before it, as if it reached to the beginning of the text.
    size = max((label.order for label in labels), default=0) + 2
    reach, reached = [0.0] * size, [-1] * size
    ends = sorted((place[1], at) for at, place in enumerate(places))
    ended = 0
    for begin, _, label, weight in places:
        while ends[ended][0] <= begin:
            stop, other = ends[ended]
            ended += 1
            score = best[other] + _GAP_COST * stop
            for order in range(places[other][2].order + 1, size):
                if reached[order] >= 0 and reach[order] > score:
                    break
                reach[order], reached[order] = score, other
        previous = reached[label.order]
        score = reach[label.order] - _GAP_COST * begin + weight
        if previous < 0 or score <= weight:
            score, previous = weight, -1
        if score > top:
            top, top_at = score, len(best)
        best.append(score)
        before.append(previous)
    chain = []
    while top_at >= 0:
        begin, stop, label, _ = places[top_at]
        chain.append(Found(label, begin, stop))
        top_at = before[top_at]
    return top, chain[::-1]


@lru_cache(maxsize=64)
def column_words(form: str, table: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """For each column the parts by which its label is known in a header, which may be wrapped, cut or reworded.

    The beginnings come first, then the pairs of characters that no other of these columns has.
    """
    labels = [(code, key(text)) for code, text in declaration().labels_of(form, table, "column") if code in columns]
    found: dict[str, list[str]] = {column: [] for column in columns}
    for code, text in labels:
        found[code].append(text[:4])
    for code, text in labels:
        others = [other for column, other in labels if column != code]
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        found[code] += [pair for pair in pairs if not any(pair in other for other in others)]
    return tuple(tuple(dict.fromkeys(words)) for words in found.values())


def in_order(head: str, words: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the labels that a header names come in the order of the form; labels that it lacks do not count.

    The header is what stands last: the same words may stand in a sentence before it.
    """
    found = [next((at for at in map(head.rfind, options) if at >= 0), -1) for options in words]
    places = [at for at in found if at >= 0]
    return places == sorted(places)
