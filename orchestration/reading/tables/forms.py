"""Which form the labels of a table fit best, and how sure that is.

A row of one form may bear the name of a group of rows of another.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.labels.labels import Found, Label, labels_of
from orchestration.reading.labels.normal import key
from orchestration.reading.labels.places import best_chain, chain_of, occurrences, rows_at_most, weight_at_most
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues

_LEAST_ROWS = {"disclosure": 3, "requests": 6}
_MOST_TABLES = 4
_ROUNDED = 0.01  # more than rounding may hide
_GAP = 60  # characters between two labels of a table that hold no others


def form_of(text: str, table: str, start: int, end: int) -> tuple[str | None, list[Found]]:
    """The form whose labels make the heavier chain, and that chain; None where too few rows are found.

    Where two forms are as heavy, the one of which fewer rows are missing.
    """
    form, chain = _form_of(text, table, start, end)
    return form, list(chain)


@lru_cache(maxsize=8)  # the parts of a text around its tables are asked for more than once
def _form_of(text: str, table: str, start: int, end: int) -> tuple[str | None, list[Found]]:
    if rows_at_most(text, table, start, end) < _LEAST_ROWS[table] - 1:
        return None, []
    names = declaration().form_names
    best: tuple[float, int, int] = (0.0, 0, len(names))
    form, chain = None, []
    for most, age in sorted([(weight_at_most(text, name, table), age) for age, name in enumerate(names)], reverse=True):
        if most < best[0] - _ROUNDED:
            break
        places = occurrences(text, names[age], table, start, end)
        if len({label.order for _, _, label, _, _ in places if label.kind == "row"}) < _LEAST_ROWS[table] - 1:
            continue
        score, found = chain_of(places)
        score, found = _one_table(text, names[age], table, score, found, (start, end))
        rows = sum([f.label.kind == "row" for f in found])
        heads = sum([f.label.kind in ("column", "citation") for f in found])
        rank = (round(score, 3), rows - _count_of_rows(names[age], table), age)
        if rank > best and rows >= _LEAST_ROWS[table] - (heads >= 3):
            best, form, chain = rank, names[age], found
    return form, chain


@lru_cache(maxsize=16)
def _count_of_rows(form: str, table: str) -> int:
    return sum(label.kind == "row" for label in labels_of(form, table))


def _one_table(
    text: str, form: str, table: str, score: float, chain: list[Found], bounds: tuple[int, int]
) -> tuple[float, list[Found]]:
    """The chain, or the better part of one that leads from a table into another of its kind.

    Between two labels of one table there are not many others of its rows.
    """
    for _ in range(_MOST_TABLES):
        for before, after in itertools.pairwise(chain):
            if after.start - before.end <= _GAP:
                continue
            between = occurrences(text, form, table, before.end, after.start)
            others = {label.code for at, end, label, _, _ in between if label.kind == "row" and end - at > 3}
            known = {found.label.code for found in chain}
            again = others & known - {before.label.code, after.label.code}  # a merged cell may repeat its own label
            if len(again) > 1 or len(others) >= _LEAST_ROWS[table]:
                break
        else:
            return score, chain
        halves = ((bounds[0], after.start), (before.end, bounds[1]))
        parts = [(*best_chain(text, form, table, *half), half) for half in halves]
        score, chain, bounds = max(parts, key=lambda part: part[0])
    return score, chain


def unsure_of_form(
    pieces: Pieces,
    table: str,
    form: str,
    chain: list[Found],
    values: dict[str, RowValues],
    left_over: list[Piece],
) -> set[str]:
    """The rows that other forms do not have, if none of their labels is a label of this form alone.

    ``left_over`` are the values of no row: behind such a row they may be those of the others of its group.
    """
    text = pieces.text
    own, elsewhere, spanning, theirs = _apart(form, table)
    if not own:
        return set()
    for found, behind in itertools.pairwise(chain):
        if found.label.code in own and set(found.label.words) & set(elsewhere):
            between = range(found.end, behind.start + 1)
            if any(piece.at in between and piece.kind == "number" for piece in left_over):
                return set(own)
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
                beside = spanning - _rows_elsewhere(form, table)
                if not _without(between, beside | {found.label, chain[at + 1].label}):
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


@lru_cache(maxsize=16)
def _rows_elsewhere(form: str, table: str) -> frozenset[Label]:
    """The groups of a form of which the label is that of a row in another: found behind a row, it may be that row."""
    others = (name for name in declaration().form_names if name != form)
    rows = {word for name in others for label in labels_of(name, table) if label.kind == "row" for word in label.words}
    return frozenset(label for label in labels_of(form, table) if label.kind == "group" and rows & set(label.words))


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
