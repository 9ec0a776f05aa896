"""What a table tells of its columns where rows have empty cells: its header and its rows put to ``headers``.

Belongs here: which lines are the header of such a table, and what is kept of an answer. Does not belong here: what the
cells of a row are (``patterns``).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from orchestration.reading.bulk.gaps.own_headers import may_divide, texts_of
from orchestration.reading.bulk.gaps.patterns import RowShape, columns_of_rows, digits_of, values_of
from orchestration.reading.columns.columns import Grid
from orchestration.reading.columns.headers import known_columns, named_columns, narrowed, own_in_header
from orchestration.reading.columns.own_columns import own_columns, repeats
from orchestration.reading.labels.labels import labels_of
from orchestration.reading.pieces.cutting import cut_line
from orchestration.reading.pieces.piece import Piece

_MOST_GRIDS = 4096
_grids: dict[tuple, tuple[tuple[Piece, ...], Grid, Grid]] = {}
_MOST_ABOVE = 4  # lines from a row up to the header of its columns
_SECOND = 3  # codes from here on have values behind the first place


@lru_cache(maxsize=4096)
def names_all_or_few(form: str, head: str) -> bool:
    """Whether a header of the request table does not lack just one of its columns: then rows may lack it too."""
    columns = columns_of_rows(form, "requests")[0]
    present, _ = named_columns(head, columns, form)
    return len(present) != len(columns) - 1 and not repeats(head, form, "requests")


def header_cells(lines: tuple[str, ...], before: int) -> tuple[Piece, ...]:
    """The cells of the drawn lines above the rows, the last of them with those ``before`` the first label."""
    return _header_cells(lines if before else (*lines[:-1], ""), before)


@lru_cache(maxsize=4096)
def _header_cells(lines: tuple[str, ...], before: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for number, line in enumerate(lines, 1):
        cut = cut_line(line)
        cells = cut.pieces if cut.drawn else []
        found += [
            Piece(*cell[:2], number, number, cell[2]) for cell in cells if number < len(lines) or cell[2] < before
        ]
    return tuple(found)


def request_grids(shapes: list[RowShape], above: tuple[Piece, ...]) -> list[Grid | None]:
    """What is known of the columns of a request table, per row, where its header is in order; None for more columns."""
    columns = shapes[0].columns
    told = [_place_of_values(shape.code, len(columns)) for shape in shapes]
    places = tuple(
        (shape.label, shape.cells, start) for shape, (start, _, _) in zip(shapes, told, strict=True) if shape.drawn
    )
    filled = 0
    for shape, (_, mask, _) in zip(shapes, told, strict=True):
        filled |= mask << shape.label + 1 if shape.drawn else 0
    labels = tuple(shape.label for shape in shapes)
    key = columns, labels, places, filled, any(shape.fixed for shape in shapes), id(above)
    known = _grids.get(key)
    if known is None or known[0] is not above:
        header, own = own_in_header(list(above), list(labels), columns)
        if own:
            return [None]
        rows = [values_of(shape) for shape in shapes]
        grid = known_columns(header, own, list(labels), rows, columns, True)
        narrow = narrowed(grid, rows, len(columns))
        if len(_grids) > _MOST_GRIDS:
            _grids.clear()
        known = _grids[key] = above, grid, replace(grid, doubt="column_uncertain") if narrow else grid
    return [known[1] if count == len(columns) else known[2] for _, _, count in told]


@lru_cache(maxsize=65536)
def _place_of_values(code: int, width: int) -> tuple[int, int, int]:
    """Where the values of a row begin if they are as many as its columns and stand together, else -1.

    Then the places that are filled, as bits, and how many they are.
    """
    filled = [at for at, digit in enumerate(digits_of(code)) if digit]
    together = len(filled) == width == filled[-1] - filled[0] + 1
    return filled[0] if together else -1, sum(1 << at for at in filled), len(filled)


def item_grid(form: str, shape: RowShape, lines: list[str], line: int) -> Grid | None:
    """The same for a row of the disclosure table, from the header right above it; None where it is not plain."""
    columns, words = shape.columns, _column_words(form)
    if shape.drawn and may_divide(lines[line - 2], words):
        return None
    told = not shape.drawn or not shape.code or (len(columns) == 1 and shape.code < _SECOND)
    if told or (shape.full and shape.cells - shape.label - 1 == len(columns)):
        return Grid()  # nothing is asked of it
    for above in range(line - 1, max(line - 1 - _MOST_ABOVE, 0), -1):
        cells = texts_of(lines[above - 1])
        if cells is None:
            continue
        found = [[at for at, _, word in cells if word in words.get(column, ())] for column in columns]
        named = [word for *_, word in cells if any(word in known for known in words.values())]
        if not named:
            continue
        places = [at for column in found for at in column]
        if len(named) != len(columns) or any(len(column) != 1 for column in found) or places != sorted(places):
            return None
        own = own_columns(tuple(places), [(at, text) for at, text, _ in cells], [shape.label])
        return None if own else Grid(header=tuple(places))
    return None


@lru_cache(maxsize=4)
def _column_words(form: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for label in labels_of(form, "disclosure"):
        if label.kind == "column":
            found[label.code] = (*found.get(label.code, ()), *label.words)
    return found
