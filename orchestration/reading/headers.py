"""The header of a table: which columns it names, in what order, and where they stand in a drawn grid."""

from __future__ import annotations

import itertools

from orchestration.form import declaration
from orchestration.reading.columns import Grid, last_of, starts_of
from orchestration.reading.header_lines import beside_in_order
from orchestration.reading.labels import Found, column_words, in_order
from orchestration.reading.normal import key
from orchestration.reading.piece import Piece, Pieces
from orchestration.reading.rows import RowValues
from orchestration.reading.windows import Region

MOST_TEXT_BEFORE = 150
_GROUP = "\n"  # stands for the label of the organisations, which holds words of columns


def request_grids(
    pieces: Pieces, region: Region, rows: list, values: dict[str, RowValues], columns: tuple[str, ...], form: str
) -> dict[str, Grid]:
    """What is known of the columns, per row: a header without the total holds for the rows up to the first full one."""
    first = next((f for f in region.chain if f.label.kind == "row"), None)
    head_from = max(pieces.items[region.first_item].at, first.start - MOST_TEXT_BEFORE) if first else 0
    head = pieces.text[head_from : first.start] if first else ""
    whole = declaration()
    words: dict[str, list[str]] = {}
    for code, text in whole.labels_of(whole.form_names[-1], "requests", "column"):
        words.setdefault(code, []).append(key(text))
    groups = whole.labels_of(whole.form_names[-1], "requests", "group")
    spanning = tuple(key(text) for code, text in groups if code == "organisations")
    for text in spanning:
        head = head.replace(text, _GROUP)
    header = _header_starts(pieces, region, first, words, columns)
    labels = frozenset(pieces.items[pieces.owner[f.start]].column for f in region.chain if f.label.kind == "row")
    starts = starts_of(list(values.values()), len(columns), header, labels)
    headed = frozenset(piece.column for piece in _header(pieces, region, first) if piece.kind == "text")
    ending = last_of(list(values.values()))
    named = None
    last = max(map(head.rfind, words[columns[-1]]))
    behind = max(head.rfind(_GROUP), *map(head.rfind, words[columns[0]]))
    parts = column_words(form, "requests", columns[:-1])
    orderly = in_order(head, parts) and (last < 0 or last > behind)
    if not orderly and first:
        wholes = tuple(tuple(words[code]) for code in columns[:-1])
        orderly = beside_in_order(pieces, (head_from, first.start), parts, wholes, spanning)
    doubt = None if orderly else "header_order"
    present = [code for code in columns if any(word in head for word in words[code])]
    if present == list(columns[:-1]):
        named = tuple(present)
    # A header without one of the inner columns: an empty cell of a row may stand for no column of the form.
    narrow = len(present) == len(columns) - 1 and named is None
    # So may one in a text whose rows all have more cells than columns, or some fewer, where none is full.
    lengths = [len(row.pieces) for row in values.values() if row.drawn and row.pieces and not row.pieces[0].place]
    narrow |= starts is None and min(lengths, default=len(columns)) != len(columns)
    found: dict[str, Grid] = {}
    short = []
    for row in rows:
        held = [p for p in values[row.code].pieces if p.kind != "blank"] if row.code in values else []
        if len(held) == len(columns):
            break
        if named and len(held) == len(named):
            short.append(row.code)
    for row in rows:
        kept = named if row.code in short and len(short) > 1 else None
        filled = sum(piece.kind != "blank" for piece in values[row.code].pieces) if row.code in values else 0
        unsure = "column_uncertain" if narrow and filled < len(columns) else None
        found[row.code] = Grid(starts, kept, doubt or unsure, header, ending, headed)
    return found


def _header_starts(
    pieces: Pieces, region: Region, first: Found | None, words: dict[str, list[str]], columns: tuple[str, ...]
) -> tuple[int, ...] | None:
    """The grid columns of the header cells, where each column of the form has one and they stand in its order."""
    starts: dict[str, int] = {}
    for piece in _header(pieces, region, first):
        if piece.kind == "text":
            for column in columns:
                if key(piece.raw) in words[column]:
                    starts[column] = piece.column
    found = tuple(starts[column] for column in columns if column in starts)
    labels = [pieces.items[pieces.owner[f.start]].column for f in region.chain if f.label.kind == "row"]
    moved = 2 * sum(column in found for column in labels) > len(labels)  # below a lost span: labels stand there
    return found if len(found) == len(columns) and list(found) == sorted(set(found)) and not moved else None


def _header(pieces: Pieces, region: Region, first: Found | None) -> list[Piece]:
    """The cells above the first row."""
    items = itertools.islice(pieces.items, region.first_item, region.last_item)
    above = itertools.takewhile(lambda piece: first is not None and piece.at < first.start, items)
    return [piece for piece in above if piece.row in pieces.drawn]


def item_grid(pieces: Pieces, region: Region, form: str, row: str, columns: tuple[str, ...]) -> Grid:
    """What is known of the columns of a row of the disclosure table, from the labels above it."""
    doubt = header_doubt(pieces, region, form, "disclosure", row, columns)
    at = next((n for n, f in enumerate(region.chain) if f.label.code == row and f.label.kind == "row"), 0)
    above = [f for f in region.chain[:at] if f.label.kind == "column" and f.label.code in columns][-len(columns) :]
    cells = [pieces.items[pieces.owner[f.start]] for f in above]
    places = tuple(cell.column for cell in cells)
    whole = [f.label.code for f in above] == list(columns) and list(places) == sorted(set(places))
    drawn = whole and all(cell.row in pieces.drawn for cell in cells)
    return Grid(doubt=doubt, header=places if drawn else None, spread=_spread(pieces, above) if drawn else frozenset())


def _spread(pieces: Pieces, above: list[Found]) -> frozenset[int]:
    """The columns at which the row of some header cells repeats the cell on the left, as for a merged one."""
    first = pieces.owner[above[0].start]
    row = list(itertools.takewhile(lambda piece: piece.row == pieces.items[first].row, pieces.items[first:]))
    return frozenset(b.column for a, b in itertools.pairwise(row) if a.kind == b.kind == "text" and a.raw == b.raw)


def header_doubt(
    pieces: Pieces, region: Region, form: str, table: str, row: str, columns: tuple[str, ...]
) -> str | None:
    """A doubt where the header above a row names its columns in another order than the form."""
    at = next((f.start for f in region.chain if f.label.code == row and f.label.kind == "row"), None)
    if at is None or len(columns) == 1:
        return None
    above = [f.end for f in region.chain if f.end <= at and f.label.kind == "citation"]
    low = max(above, default=max(0, at - 40))
    parts = column_words(form, table, columns)
    if in_order(pieces.text[low:at], parts):
        return None
    known = [(code, key(text)) for code, text in declaration().labels_of(form, table, "column")]
    wholes = tuple(tuple(text for code, text in known if code == column) for column in columns)
    return None if beside_in_order(pieces, (low, at), parts, wholes, ()) else "header_order"
