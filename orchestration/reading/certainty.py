"""How sure it is that a table is of the form that its labels fit best.

A row of one form may bear the name of a group of rows of another; what tells them apart stands here, which form fits
best in ``tables``.
"""

from __future__ import annotations

from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.labels import Found, Label, labels_of
from orchestration.reading.normal import key
from orchestration.reading.pieces import Pieces
from orchestration.reading.rows import RowValues


def unsure_of_form(pieces: Pieces, table: str, form: str, chain: list[Found], values: dict[str, RowValues]) -> set[str]:
    """The rows that other forms do not have, if none of their labels is a label of this form alone."""
    text = pieces.text
    own, elsewhere, spanning, theirs = _apart(form, table)
    if not own:
        return set()
    for at, found in enumerate(chain):
        if found.label.code in own and found.exact:
            word = text[found.start : found.end]
            if word not in elsewhere and (len(word) > 3 or word in found.label.words):
                return set()
            if _alone(pieces, found, values.get(found.label.code), spanning):
                return set()
            # A row that is a group in another form: certain where nothing stands between it and the next label.
            if at + 1 < len(chain):
                between = text[found.end : chain[at + 1].start]
                if not _without(between, spanning | {found.label, chain[at + 1].label}):
                    return set()
    heads = {f.label.code for f in chain if f.label.kind == "column"}
    return set() if heads - theirs else set(own)


@lru_cache(maxsize=16)
def _apart(form: str, table: str) -> tuple[frozenset[str], frozenset[str], frozenset[Label], frozenset[str]]:
    """What tells a form from the others: its own rows, their wordings, its groups, and their columns."""
    rows = {label.code: label for label in labels_of(form, table) if label.kind == "row"}
    others = [name for name in declaration().form_names if name != form]
    shared = {label.code for name in others for label in labels_of(name, table) if label.kind == "row"}
    elsewhere = {word for name in others for label in labels_of(name, table) for word in (*label.words, *label.bodies)}
    spanning = {label for label in labels_of(form, table) if label.kind == "group"}
    theirs = {label.code for name in others for label in labels_of(name, table) if label.kind == "column"}
    return frozenset(set(rows) - shared), frozenset(elsewhere), frozenset(spanning), frozenset(theirs)


def _without(text: str, labels: set[Label]) -> str:
    """What is left of a text without the labels of merged cells, which may be repeated in each column and row."""
    for word in sorted((word for label in labels for word in label.words), key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _alone(pieces: Pieces, found: Found, values: RowValues | None, spanning: frozenset[Label]) -> bool:
    """Whether all values of a row stand in one drawn row with its label, and no word of another row does."""
    row = pieces.items[pieces.owner[found.start]].row
    if values is None or not values.drawn or any(piece.row != row for piece in values.pieces):
        return False
    words = "".join(key(item.raw) for item in pieces.items if item.row == row and item.kind == "text")
    return any(piece.kind == "number" for piece in values.pieces) and not _without(words, spanning | {found.label})
