"""Which cells of the dispute table hold its results: those beneath their labels, without empty ones around them.

Which result of which channel each of them is, is decided in ``disputes``.
"""

from __future__ import annotations

from orchestration.form import declaration
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Piece, Pieces

_BLOCK = 5  # results of one channel
_STOPS = frozenset("，。；")
_LEAST_SENTENCE = 20  # characters


def is_sentence(piece: Piece) -> bool:
    """Whether a piece is a sentence, whose words are no labels of a table."""
    return len(piece.raw) >= _LEAST_SENTENCE and not _STOPS.isdisjoint(piece.raw)


def result_starts(pieces: Pieces, bounds: tuple[int, int], wanted: tuple[str, ...]) -> tuple[int, ...] | None:
    """The columns of the drawn cells that name the results one beside the other, as ``wanted``; None where none do."""
    labels = declaration().labels_of(declaration().form_names[-1], "disputes", "column")
    known = {key(text): code for code, text in labels}
    named: dict[int, str] = {}
    for index in dict.fromkeys(pieces.owner[slice(*bounds)]):
        piece = pieces.items[index]
        if piece.fixed and (code := known.get(key(piece.raw))):
            named[piece.column] = code
    columns = sorted(named)
    for at in range(len(columns) - len(wanted) + 1):
        chosen = columns[at : at + len(wanted)]
        if tuple(named[column] for column in chosen) == wanted:
            return tuple(chosen)
    return None


def beneath(values: list[Piece], starts: tuple[int, ...] | None) -> list[Piece]:
    """The cells of a row beneath those columns, without what an agency has put beside them.

    All where some lack, or where as many filled cells stand together beside the columns.
    """
    kept = [piece for piece in values if piece.column in starts] if starts else []
    if not starts or len(kept) != len(starts) or len(kept) == len(values):
        return values
    return values if _filled(kept) < len(starts) == _filled(values) else kept


def unnamed(pieces: Pieces, bounds: tuple[int, int], values: list[Piece], kept: list[Piece]) -> bool:
    """Whether a value that is left out of a row stands where the header has no words: then one was added to it."""
    if len(kept) == len(values):
        return False
    rows = {pieces.items[index].row for index in set(pieces.owner[slice(*bounds)])}
    named = {piece.column for piece in pieces.items if piece.kind == "text" and piece.row in rows}
    own = set(map(id, kept))
    return any(piece.kind != "blank" and id(piece) not in own and piece.column not in named for piece in values)


def _filled(pieces: list[Piece]) -> int:
    return sum(piece.kind != "blank" for piece in pieces)


def trim(pieces: list[Piece], most: int, labels: int) -> list[Piece]:
    """The cells of a row without empty ones around them, as far as there are more than ``most``.

    ``labels`` are how many results were named right before it.
    """
    if len(pieces) == 2 * most - 1 and all(piece.kind == "blank" for piece in pieces[1::2]):
        return pieces[::2]  # two tabs between the cells
    while len(pieces) > most and pieces[-1].kind == "blank":
        pieces = pieces[:-1]
    while len(pieces) > most and pieces[0].kind == "blank":
        pieces = pieces[1:]
    values = [piece for piece in pieces if piece.kind != "blank"]
    if len(values) < len(pieces) and (len(values) == most or len(values) == labels == _BLOCK):
        return values  # each cell is filled, so the empty ones are drawn between them
    return pieces


def moved(pieces: list[Piece], most: int) -> bool:
    """Whether an empty cell too many stands before the values and none behind: it may be the first of them."""
    if len(pieces) <= most or pieces[0].kind != "blank" or pieces[-1].kind == "blank":
        return False
    # A text may have lost the place of a merged cell, which moves all that stands together.
    return _filled(pieces) < most or (_filled(pieces) == most and pieces[0].place is not None)
