"""What stands more than once: a table printed again, elsewhere or for another year or body, and a row printed again.

Where the copies agree nothing is said; where they differ the report does not tell which one counts, and all that
differs carries a doubt. Which text makes a table is not decided here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from orchestration.intake.document import Problem
from orchestration.reading.columns.columns import CellReading
from orchestration.reading.columns.doubting import ASSERTED
from orchestration.reading.labels.labels import Found, Label
from orchestration.reading.labels.places import words_in
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues
from orchestration.reading.tables.beginnings import is_alone, is_whole

LEAST_HEADS = 2  # labels of columns and citations, which tell a second disclosure table from a sentence
_SHOWN = ("number", "not_applicable")
_NEAR = 3  # rows
_LEAST_WORD = 4  # characters of a label that is hardly a word of a sentence


def spans_between(length: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a text of ``length`` characters outside of some others."""
    found, at = [], 0
    for start, end in sorted(taken):
        found.append((at, max(at, start)))
        at = max(at, end)
    return [span for span in (*found, (at, length)) if span[0] < span[1]]


def compare(cells: list[CellReading], again: list[CellReading], line: int | None, problems: list[Problem]) -> None:
    """Put a doubt on each of ``cells`` that a table printed again does not confirm, if it differs from it at all."""
    others = {cell.cell: cell for cell in again}
    values = {address: other.value for address, other in others.items() if other.status == "reported"}
    unread = any(other.status == "unreadable" for other in again)
    agree = not unread and all(
        values.get(cell.cell, cell.value) == cell.value for cell in cells if cell.status == "reported"
    )
    differ = 0
    for at, cell in enumerate(cells):
        # Where the other one holds a number, this one may not say that there is none.
        told = cell.cell in values and (cell.status in ASSERTED or not agree)
        if cell.status == "reported":
            told = not agree and values.get(cell.cell) != cell.value
        if told:
            differ += 1
            cells[at] = cell._replace(doubt="table_repeated") if cell.status in ASSERTED else cell
    if differ:
        message = f"the table is printed again from line {line}, with {differ} cells that differ"
        problems.append(Problem("table_repeated", message, line))


def repeated_rows(
    pieces: Pieces,
    bounds: tuple[int, int],
    chain: list[Found],
    values: dict[str, RowValues],
    columns: dict[str, tuple[str, ...]],
) -> set[str]:
    """The rows whose label stands once more in the table, with other values than those of the row.

    These are those on its line, or right behind a label that is alone on its line.
    """
    found_again: set[str] = set()
    known = words_in(pieces.text)
    more: list[tuple[Found, str]] = []
    for found in chain:
        if found.label.kind == "row" and found.label.code in values:
            word = pieces.text[found.start : found.end]
            if word not in known or len(known[word]) > 1:  # most labels stand in the text once
                more.append((found, word))
    if not more:
        return found_again
    taken = [(found.start, found.end) for found in chain]
    # A row that holds too many values may have taken those behind a label that is printed again.
    settled = [row for row in values.values() if len(row.pieces) <= len(columns[row.code])]
    held = {id(piece) for row in settled for piece in row.pieces}
    for found, word in more:
        row = values[found.label.code]
        own = {pieces.items[pieces.owner[at]].row for at in (found.start, found.end - 1)}
        own |= {piece.row for piece in row.pieces}
        for at in _places(pieces.text, word, bounds):
            line = pieces.items[pieces.owner[at + len(word) - 1]].row
            if line in own or _overlaps(taken, at, at + len(word)):
                continue
            lone = is_alone(pieces, at, len(word))
            if len(word) < _LEAST_WORD and not lone:
                continue
            there = [piece for piece in _beside(pieces, at, at + len(word) - 1) if piece.kind in _SHOWN]
            there = there or (_behind(pieces, at + len(word) - 1) if lone else [])
            if (
                there
                and (lone or any(id(piece) not in held for piece in there))
                and _values(there) != _values(row.pieces)
            ):
                found_again.add(found.label.code)
    return found_again


def displaced(
    pieces: Pieces, bounds: tuple[int, int], chain: list[Found], rows: list[Label]
) -> tuple[bool, frozenset[str]]:
    """Whether the label of a row that was not found in its place stands elsewhere, and the rows between both places.

    With one of these it may have been exchanged; where it stands far away, the other one would not be found either.
    """
    taken = [(found.start, found.end) for found in chain]
    named = [found for found in chain if found.label.kind == "row"]
    known = {found.label.code for found in named}
    between: set[str] = set()
    elsewhere = False
    for label in (row for row in rows if row.code not in known):
        proper = sum(found.label.order < label.order for found in named)
        for at in itertools.chain.from_iterable(_places(pieces.text, word, bounds) for word in label.words):
            end = at + max(len(word) for word in label.words if pieces.text.startswith(word, at))
            if end - at <= _LEAST_WORD and not is_whole(pieces, at, end - at):
                continue
            if _overlaps(taken, at, end):
                continue
            elsewhere = True
            here = sum(found.start < at for found in named)
            near = abs(here - proper) <= _NEAR
            if near and (at < chain[-1].end or is_whole(pieces, at, end - at)):
                between.update(found.label.code for found in named[min(here, proper) : max(here, proper)])
    return elsewhere, frozenset(between)


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in taken)


def _places(text: str, word: str, bounds: tuple[int, int]) -> Iterable[int]:
    at = text.find(word, *bounds)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, bounds[1])


def _beside(pieces: Pieces, first: int, last: int) -> list[Piece]:
    """The pieces within a label, and those behind it on its line or in its drawn row."""
    begin, end = pieces.owner[first], pieces.owner[last]
    row = pieces.items[end].row
    behind = itertools.takewhile(lambda piece: piece.row == row, itertools.islice(pieces.items, end, None))
    return [*pieces.items[begin:end], *behind]


def _behind(pieces: Pieces, last: int) -> list[Piece]:
    """The numbers and marks between a label and the next words."""
    behind = itertools.islice(pieces.items, pieces.owner[last] + 1, None)
    return [
        piece for piece in itertools.takewhile(lambda piece: piece.kind != "text", behind) if piece.kind == "number"
    ]


def _values(pieces: list[Piece]) -> list:
    return [piece.reading.value for piece in pieces if piece.kind in _SHOWN]
