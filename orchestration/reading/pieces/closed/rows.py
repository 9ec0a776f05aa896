"""Cells in rows as a statutory table has them, its spans pushed together at the left: the column of each cell.

Belongs here: the proof that a way to part cells into rows is that of the table, for which every row must fit: labels,
just as many places of values as the form or the header has columns, and nothing behind; and all rows must be there.
Does not belong here: what the values say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.chunks import classify
from orchestration.reading.pieces.closed.spans import Bounds, Cell, Cells, is_apart, lacks_total, moved_rows
from orchestration.reading.pieces.closed.words import channels_of, citations, columns_of, counts_of, groups, wordings_of

_MOST_LABELS = 3  # of a row of the request table
_MOST_HEADS = 4  # rows above its first
_OUTER = 3  # columns of the header above that of the organisations: natural persons, these, and the total


class PlacedCell(NamedTuple):
    """A cell of a row: its column, text and line, and whether a lost one may have moved it."""

    column: int
    text: str
    line: int
    moved: bool = False


def placed_rows(rows: list[Cells]) -> list[list[PlacedCell]] | None:
    """The rows with the columns of their cells, if all are rows of one statutory table."""
    if not all(rows) or not all(is_word(row[0]) for row in rows[:-1]):
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
        word = key(cell.text) if is_word(cell) else ""
        if rows[-1] and _begins(word, before, rows[-1]):
            if led and word and rows[-1].pop().text:
                return []
            if led and not word:  # the values of the dispute table, behind words
                if cell.text:
                    return []
                rows.append([])
                continue
            rows.append([])
        rows[-1].append(cell)
        before = word
    return rows


def _begins(word: str, before: str, row: Cells) -> bool:
    """Whether a row begins with a word (empty for a value) behind another, in a row that has begun."""
    results = columns_of("disputes")
    if not word:
        return len(row) == 2 * len(results) and all(map(is_word, row))
    if word in results[0]:
        return before not in results[-1]
    return not before or word in _beginnings() or before in citations() or _ends_header(row, before)


def _ends_header(row: Cells, last: str) -> bool:
    """Whether a row is that of the organisations, up to its last column."""
    inner = columns_of("requests")[1:-1]
    return last in inner[-1] and key(row[0].text) in inner[0]


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Words with which a row of a header or of the disclosure table begins, whatever stands before them."""
    first, inner, *_ = columns_of("requests")
    return first | inner | citations() | wordings_of("disclosure", "row")


def _requests(rows: list[Cells], words: list[list[str]]) -> list[list[PlacedCell]] | None:
    first, *inner, last = columns_of("requests")
    count = len(inner) + 2
    head = next((at for at, row in enumerate(words[:_MOST_HEADS]) if _are(row, inner)), 0)
    above = words[head - 1] if head else []
    if len(above) != _OUTER or above[0] not in first or above[-1] not in last:
        return None
    own = [_labels(row) for row in rows[head + 1 :]]
    most = max(own, default=0)
    if len(own) not in counts_of("requests") or not min(own) or most > _MOST_LABELS:
        return None
    # Rows that keep the places of their spans are as long as each other.
    wide = _even(rows) and len(rows[0]) in (most + count, _MOST_LABELS + count)
    most = _MOST_LABELS
    placed = [_at(row, range(len(named))) for row, named in zip(rows[: head - 1], words, strict=False)]
    placed.append(_at(rows[head - 1], (most, most + 1, most + count - 1)))
    placed.append(_at(rows[head], range(most + 1, most + count - 1)))
    for row, labels in zip(rows[head + 1 :], own, strict=True):
        if not groups().issuperset(key(cell.text) for cell in row[: labels - 1]):
            return None  # words where a value should stand
        full = wide or len(row) == labels + count
        if (
            not full
            or not _are_values(row[labels : labels + count])
            or any(cell.text for cell in row[labels + count :])
        ):
            return None
        placed.append(_at(row, (*range(labels), *range(most, most + count))))
    bounds = [*((len(row), len(row)) for row in words[: head + 1]), *((labels, labels + count) for labels in own)]
    return _told(placed, rows, bounds, wide, count)


def _disputes(rows: list[Cells], words: list[list[str]]) -> list[list[PlacedCell]] | None:
    results = columns_of("disputes")
    count = len(results)
    channels, litigation = channels_of()
    heads = [[channels[0], litigation], [*results, *channels[1:]], [*results, *results]]
    if len(rows) != len(heads) + 1 or not all(map(_are, words, heads)):
        return None
    if len(rows[-1]) != 3 * count or not _are_values(rows[-1]):
        return None
    middle = (*range(count), count, 2 * count)
    places = ((0, count), middle, range(count, 3 * count), range(3 * count))
    placed = [_at(row, columns) for row, columns in zip(rows, places, strict=True)]
    return _told(placed, rows, [*((len(row), len(row)) for row in words[:-1]), (0, 3 * count)], _even(rows), count)


def _disclosure(rows: list[Cells], words: list[list[str]]) -> list[list[PlacedCell]] | None:
    placed: list[list[PlacedCell]] = []
    wide = _even(rows)
    count, most = 0, 0  # columns that the header above names
    bounds: list[tuple[int, int]] = []
    for row, named in zip(rows, words, strict=True):
        if not named or not is_word(row[0]):
            return None
        own = 1 + count if count else len(named)
        bounds.append((own, own))
        if len(named) == 1 and named[0] in citations():
            count = 0
            bounds[-1] = (1, 1)
            placed.append(_at(row, (0,)))
            continue
        if not count:
            count = len(named) - 1
            if not count or any(cell.text for cell in row[len(named) :]) or not all(map(is_word, row[: len(named)])):
                return None
            most = max(most, count)
        elif len(row) <= count or not _are_values(row[1 : 1 + count]) or any(cell.text for cell in row[1 + count :]):
            return None
        else:
            bounds[-1] = (1, own)
        if not wide and len(row) != own:
            return None
        placed.append(_at(row, range(1 + count)))
    held = sum(low < high for low, high in bounds)
    # More places than columns leave open which of them are values.
    if held not in counts_of("disclosure") or (wide and len(rows[0]) > most + 2):
        return None
    return _told(placed, rows, bounds, wide)


def _told(
    placed: list[list[PlacedCell]], rows: list[Cells], bounds: Bounds, wide: bool, summed: int = 0
) -> list[list[PlacedCell]] | None:
    """The same with what is known of lost cells; each ``summed`` values end with their total.

    Rows that keep no places of spans have not been filled up, unless each is drawn on a line of its own.
    """
    moved = moved_rows(rows, bounds) if wide or not is_apart(rows[-1]) else [False] * len(rows)
    if moved is None:
        return None
    moved = [
        one or (summed > 0 and lacks_total(row[low:high], summed))
        for one, row, (low, high) in zip(moved, rows, bounds, strict=True)
    ]
    return [
        [cell._replace(moved=True) for cell in cells] if one else cells
        for cells, one in zip(placed, moved, strict=True)
    ]


def _even(rows: list[Cells]) -> bool:
    return len(set(map(len, rows))) == 1


def _are(row: Sequence[str], names: Sequence[frozenset[str]]) -> bool:
    return len(row) == len(names) and all(word in known for word, known in zip(row, names, strict=True))


def _filled(row: Cells) -> list[str]:
    """The words of a row up to its first empty cell."""
    found = []
    for cell in row:
        if not cell.text:
            break
        found.append(key(cell.text))
    return found


def _labels(row: Cells) -> int:
    """How many labels a row begins with."""
    return next((at for at, cell in enumerate(row) if not is_word(cell)), len(row))


def is_word(cell: Cell) -> bool:
    """Whether words stand in a cell, as in the first one of each row but the last."""
    return classify(cell.text)[0] == "text"


def _are_values(cells: Cells) -> bool:
    return not any(map(is_word, cells))


def _at(row: Cells, columns: Sequence[int]) -> list[PlacedCell]:
    return [PlacedCell(column, cell.text, cell.line) for column, cell in zip(columns, row, strict=False)]
