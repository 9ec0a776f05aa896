"""A piece of a document, and the sequence of them that reading works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from orchestration.reading.pieces import numbers


@dataclass(slots=True)
class Piece:
    """``kind`` is text, number, not_applicable, blank or other; ``column`` is -1 where no cells are drawn."""

    kind: str
    raw: str
    line: int
    row: int
    column: int = -1
    place: str | None = None
    reading: numbers.Reading = numbers.BLANK
    at: int = 0  # how many characters of the label text stand before it
    fixed: bool = False  # whether its column can be trusted: drawn by the container, by bars, or by tabs in every line
    strung: str = ""  # the list of numbers on its line of which it is one
    uneven: bool = False  # whether numbers of the line before or behind may stand between those of its line


@dataclass(slots=True)
class Pieces:
    """The sequence, the label text (keys of all text pieces joined) and, per character of it, the piece."""

    items: list[Piece] = field(default_factory=list)
    text: str = ""
    owner: list[int] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)  # rows that come as cells
    turns: bool = False  # a table was found in which labels and values take turns
    tabbed: list[tuple[int, int, str]] = field(default_factory=list)  # line, row and text of tabbed lines
    lines: list[str] = field(default_factory=list)  # of the document
    strung: bool = False  # lists of numbers were parted
    broken: bool = False  # the text ends within a number, as far as it tells


def raw_of(values: Iterable[Piece]) -> str:
    """What stands in a row as it is printed: its values with blanks between them, and lists of them whole."""
    lists = groupby(values, lambda piece: (piece.row, piece.strung) if piece.strung else id(piece))
    return " ".join(first.strung or first.raw for first in (next(same) for _, same in lists))
