"""The labels of the declared form, and the wordings by which they are known.

Where they stand in a text is not looked for here: see ``places``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from orchestration.form import declaration
from orchestration.reading.labels.normal import key

_NUMBERING = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])\s*")
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


class Found(NamedTuple):
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


@lru_cache(maxsize=1)
def numbers_within() -> frozenset[str]:
    """The numbers in the labels of columns, each behind the two characters that stand before it."""
    whole = declaration()
    tables = {(form.form, form.table_code) for form in whole.forms}
    texts = [key(text) for form, table in tables for _, text in whole.labels_of(form, table, "column")]
    return frozenset(found for text in texts for found in re.findall(r"[^\d]{2}\d+", text))


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


@lru_cache(maxsize=16)
def wordings(table: str, kind: str) -> dict[str, tuple[str, ...]]:
    """The keys of the wordings of each row, column or group of a table of the newest form, by code in its order."""
    whole = declaration()
    found: dict[str, tuple[str, ...]] = {}
    for code, text in whole.labels_of(whole.form_names[-1], table, kind):
        found[code] = (*found.get(code, ()), key(text))
    return found
