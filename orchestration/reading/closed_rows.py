"""Cells in rows as a statutory table has them, its spans pushed together at the left: the column of each cell.

Belongs here: the proof that a way to part cells into rows is that of the table, for which every row must fit: labels,
just as many places of values as the form or the header has columns, and nothing behind; and all rows must be there.
Does not belong here: what the values say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from orchestration.form import declaration
from orchestration.reading.cutting import classify
from orchestration.reading.normal import key

Cells = list[tuple[str, int]]  # texts and lines

_MOST_LABELS = 3  # of a row of the request table
_MOST_HEADS = 4  # rows above its first
_OUTER = ("natural persons", "organisations", "total")  # the header above that of the organisations


class PlacedCell(NamedTuple):
    """A cell of a row: its column, text and line."""

    column: int
    text: str
    line: int


def placed_rows(rows: list[Cells]) -> list[list[PlacedCell]] | None:
    """The rows with the columns of their cells, if all are rows of one statutory table."""
    if not all(rows) or not all(_labels(row[:1]) for row in rows[:-1]):
        return None
    words = [_filled(row) for row in rows]
    return _requests(rows, words) or _disputes(rows, words) or _disclosure(rows, words)


def rows_by_words(cells: Cells, led: bool) -> list[Cells]:
    """The cells in rows that begin where their words tell; none where that cannot be.

    A row begins with a label behind a value, and with the first words of a header or of the rows of the disclosure
    table; where rows are ``led``, an empty cell stands before each.
    """
    rows: list[Cells] = [[]]
    before = ""  # the word of the cell before, empty for a value
    for cell in cells[1:] if led else cells:
        word = key(cell[0]) if _is_word(cell) else ""
        if rows[-1] and _begins(word, before, rows[-1]):
            if led and word and rows[-1].pop()[0]:
                return []
            if led and not word:  # the values of the dispute table, behind words
                if cell[0]:
                    return []
                rows.append([])
                continue
            rows.append([])
        rows[-1].append(cell)
        before = word
    return rows


def _begins(word: str, before: str, row: Cells) -> bool:
    """Whether a row begins with a word (empty for a value) behind another, in a row that has begun."""
    results = _columns("disputes")
    if not word:
        return len(row) == 2 * len(results) and all(map(_is_word, row))
    if word in results[0]:
        return before not in results[-1]
    return not before or word in _beginnings() or before in _citations() or _ends_header(row, before)


def _ends_header(row: Cells, last: str) -> bool:
    """Whether a row is that of the organisations, up to its last column."""
    inner = _columns("requests")[1:-1]
    return last in inner[-1] and key(row[0][0]) in inner[0]


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Words with which a row of a header or of the disclosure table begins, whatever stands before them."""
    first, inner, *_ = _columns("requests")
    return first | inner | _citations() | _wordings_of("disclosure", "row")


def _requests(rows: list[Cells], words: list[list[str]]) -> list[list[PlacedCell]] | None:
    first, *inner, last = _columns("requests")
    count = len(inner) + 2
    head = next((at for at, row in enumerate(words[:_MOST_HEADS]) if _are(row, inner)), 0)
    above = words[head - 1] if head else []
    if len(above) != len(_OUTER) or above[0] not in first or above[-1] not in last:
        return None
    own = [_labels(row) for row in rows[head + 1 :]]
    most = max(own, default=0)
    if len(own) not in _counts("requests") or not min(own) or most > _MOST_LABELS:
        return None
    # Rows that keep the places of their spans are as long as each other.
    wide = _even(rows) and len(rows[0]) in (most + count, _MOST_LABELS + count)
    most = _MOST_LABELS
    placed = [_at(row, range(len(named))) for row, named in zip(rows[: head - 1], words, strict=False)]
    placed.append(_at(rows[head - 1], (most, most + 1, most + count - 1)))
    placed.append(_at(rows[head], range(most + 1, most + count - 1)))
    for row, labels in zip(rows[head + 1 :], own, strict=True):
        if not _groups().issuperset(key(text) for text, _ in row[: labels - 1]):
            return None  # words where a value should stand
        full = wide or len(row) == labels + count
        if not full or not _are_values(row[labels : labels + count]) or any(text for text, _ in row[labels + count :]):
            return None
        placed.append(_at(row, (*range(labels), *range(most, most + count))))
    return placed


def _disputes(rows: list[Cells], words: list[list[str]]) -> list[list[PlacedCell]] | None:
    results = _columns("disputes")
    count = len(results)
    whole = declaration()
    channels = [
        frozenset(
            key(text) for code, text in whole.labels_of(whole.form_names[-1], "disputes", "row") if code == row.row_code
        )
        for row in whole.rows_of(whole.form_names[-1], "disputes")
    ]
    litigation = frozenset(key(text) for _, text in whole.labels_of(whole.form_names[-1], "disputes", "group"))
    heads = [[channels[0], litigation], [*results, *channels[1:]], [*results, *results]]
    if len(rows) != len(heads) + 1 or not all(map(_are, words, heads)):
        return None
    if len(rows[-1]) != 3 * count or not _are_values(rows[-1]):
        return None
    middle = (*range(count), count, 2 * count)
    places = ((0, count), middle, range(count, 3 * count), range(3 * count))
    return [_at(row, columns) for row, columns in zip(rows, places, strict=True)]


def _disclosure(rows: list[Cells], words: list[list[str]]) -> list[list[PlacedCell]] | None:
    placed: list[list[PlacedCell]] = []
    wide = _even(rows)
    held, count, most = 0, 0, 0  # rows of values, and columns that the header above names
    for row, named in zip(rows, words, strict=True):
        if not named or not _is_word(row[0]):
            return None
        own = 1 + count if count else len(named)
        if len(named) == 1 and named[0] in _citations():
            count = 0
            placed.append(_at(row, (0,)))
            continue
        if not count:
            count = len(named) - 1
            if not count or any(text for text, _ in row[len(named) :]) or not all(map(_is_word, row[: len(named)])):
                return None
            most = max(most, count)
        elif len(row) <= count or not _are_values(row[1 : 1 + count]) or any(text for text, _ in row[1 + count :]):
            return None
        else:
            held += 1
        if not wide and len(row) != own:
            return None
        placed.append(_at(row, range(1 + count)))
    # More places than columns leave open which of them are values.
    return placed if held in _counts("disclosure") and (not wide or len(rows[0]) <= most + 2) else None


def _even(rows: list[Cells]) -> bool:
    return len(set(map(len, rows))) == 1


def _are(row: Sequence[str], names: Sequence[frozenset[str]]) -> bool:
    return len(row) == len(names) and all(word in known for word, known in zip(row, names, strict=True))


def _filled(row: Cells) -> list[str]:
    """The words of a row up to its first empty cell."""
    found = []
    for text, _ in row:
        if not text:
            break
        found.append(key(text))
    return found


def _labels(row: Cells) -> int:
    """How many labels a row begins with."""
    return next((at for at, cell in enumerate(row) if not _is_word(cell)), len(row))


def _is_word(cell: tuple[str, int]) -> bool:
    return classify(cell[0])[0] == "text"


def _are_values(cells: Cells) -> bool:
    return not any(map(_is_word, cells))


def _at(row: Cells, columns: Sequence[int]) -> list[PlacedCell]:
    return [PlacedCell(column, text, line) for column, (text, line) in zip(columns, row, strict=False)]


@lru_cache(maxsize=4)
def _columns(table: str) -> tuple[frozenset[str], ...]:
    """The wordings of each column of a table, in the order of the form."""
    whole = declaration()
    codes = [column.column_code for column in whole.columns_of(whole.form_names[-1], table)]
    return _wordings(table, "column", codes)


def _wordings(table: str, kind: str, codes: list[str]) -> tuple[frozenset[str], ...]:
    whole = declaration()
    labels = [(code, key(text)) for code, text in whole.labels_of(whole.form_names[-1], table, kind)]
    return tuple(frozenset(text for code, text in labels if code == wanted) for wanted in codes)


@lru_cache(maxsize=4)
def _counts(table: str) -> frozenset[int]:
    """How many rows a table has in each form."""
    whole = declaration()
    return frozenset(len(whole.rows_of(form, table)) for form in whole.form_names)


@lru_cache(maxsize=1)
def _citations() -> frozenset[str]:
    return _wordings_of("disclosure", "citation")


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    return _wordings_of("requests", "group")


def _wordings_of(table: str, kind: str) -> frozenset[str]:
    """The wordings of all labels of a kind, with their numbers and without."""
    from orchestration.reading.labels import labels_of

    labels = (label for form in declaration().form_names for label in labels_of(form, table) if label.kind == kind)
    return frozenset(word for label in labels for word in (*label.words, *label.bodies))
