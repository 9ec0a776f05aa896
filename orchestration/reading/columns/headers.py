"""The header of a table: which columns it names, in what order, and where they stand in a drawn grid."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.columns.columns import Grid, without_edges
from orchestration.reading.columns.header_lines import beside_in_order
from orchestration.reading.columns.own_columns import divided, drop_own, own_above, own_items, repeated_below, row_of
from orchestration.reading.labels.labels import Found, column_words, in_order, wordings
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues
from orchestration.reading.rows.shares import Region

MOST_TEXT_BEFORE = 150
_MOST_HEADER = 40  # characters above a row of the disclosure table, where no citation stands there
_UNKNOWN = Grid()
_MANY = 12  # rows of cells, of which none would be as long as the others if cells had been lost
_GROUP = "\n"  # stands for the label of the organisations, which holds words of columns


def request_grids(
    pieces: Pieces, region: Region, rows: list, values: dict[str, RowValues], columns: tuple[str, ...], form: str
) -> dict[str, Grid]:
    """What is known of the columns, per row: a header without the total holds for the rows up to the first full one."""
    first = next((f for f in region.chain if f.label.kind == "row"), None)
    head_from = max(pieces.items[region.first_item].at, first.start - MOST_TEXT_BEFORE) if first else 0
    head = pieces.text[head_from : first.start] if first else ""
    present, orderly = named_columns(head, columns, form)
    if not orderly and first:
        words, spanning = _wordings()
        parts, wholes = column_words(form, "requests", columns[:-1]), tuple(words[code] for code in columns[:-1])
        orderly = beside_in_order(pieces, (head_from, first.start), parts, wholes, spanning)
    above = _header(pieces, region, first)
    labels = [pieces.items[pieces.owner[f.start]].column for f in region.chain if f.label.kind == "row"]
    filled = list(values.values())
    known = known_columns(*own_in_header(above, labels, columns), labels, filled, columns, orderly)
    if orderly and first and repeated_below(pieces, head_from, first.start, form, "requests"):
        known = replace(known, doubt="column_uncertain")
    named = present == columns[:-1]
    # A header without one of the inner columns: an empty cell of a row may stand for no column of the form.
    narrow = (len(present) == len(columns) - 1 and not named) or narrowed(known, filled, len(columns))
    if not (named or narrow):
        return dict.fromkeys([row.code for row in rows], known)
    held = {row.code: 0 for row in rows}
    held |= {code: sum([piece.kind != "blank" for piece in row.pieces]) for code, row in values.items()}
    before = itertools.takewhile(lambda row: held[row.code] != len(columns), rows)
    short = {row.code for row in before if named and held[row.code] == len(present)}
    found: dict[str, Grid] = {}
    for row in rows:
        kept = present if row.code in short and len(short) > 1 else None
        unsure = "column_uncertain" if narrow and held[row.code] < len(columns) else None
        found[row.code] = replace(known, named=kept, doubt=known.doubt or unsure)
    return found


def known_columns(
    header: tuple[int, ...] | None,
    own: frozenset[int],
    labels: list[int],
    filled: list[RowValues],
    columns: tuple[str, ...],
    orderly: bool,
) -> Grid:
    """The columns of a request table, told by what is ``own_in_header``, the cells of its labels, and its rows.

    Cells of columns that are the agency's own are taken out of the rows.
    """
    drop_own(filled, own, header)
    return Grid(
        _starts_of(filled, len(columns), header, frozenset(labels)),
        doubt=None if orderly else "header_order",
        header=header,
        last=_last_of(filled),
        even=_even(filled, len(columns)),
    )


def own_in_header(
    above: list[Piece], labels: list[int], columns: tuple[str, ...]
) -> tuple[tuple[int, ...] | None, frozenset[int]]:
    """Where the cells of a header stand that names all columns of the form, and the columns of the agency's own."""
    header = _header_starts(above, columns, labels)
    words, _ = _wordings()
    return header, own_above(header, above, labels, {word for column in columns for word in words[column]})


def narrowed(known: Grid, filled: list[RowValues], width: int) -> bool:
    """Whether an empty cell may stand for no column in a text of which all rows have more cells, or some fewer.

    None of them is full.
    """
    lengths = [len(row.pieces) for row in filled if row.drawn and row.pieces and not row.pieces[0].place]
    return known.starts is None and min(lengths, default=width) != width


@lru_cache(maxsize=1024)  # the headers of many reports are alike
def named_columns(head: str, columns: tuple[str, ...], form: str) -> tuple[tuple[str, ...], bool]:
    """The columns that a header of the request table names, and whether they come in the order of the form."""
    words, groups = _wordings()
    for group in groups:
        head = head.replace(group, _GROUP)
    last = max(map(head.rfind, words[columns[-1]]))
    behind = max(head.rfind(_GROUP), *map(head.rfind, words[columns[0]]))
    orderly = in_order(head, column_words(form, "requests", columns[:-1])) and (last < 0 or last > behind)
    return tuple(code for code in columns if any(word in head for word in words[code])), orderly


def _wordings() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The wordings of each column of the request table, and those of the group of the organisations."""
    return wordings("requests", "column"), wordings("requests", "group")["organisations"]


def _header_starts(above: list[Piece], columns: tuple[str, ...], labels: list[int]) -> tuple[int, ...] | None:
    """The grid columns of the header cells, where each column of the form has one and they stand in its order.

    ``labels`` are the columns at which the labels of the rows stand.
    """
    words, _ = _wordings()
    starts: dict[str, int] = {}
    for piece in above:
        if piece.kind == "text":
            word = key(piece.raw)
            for column in columns:
                if word in words[column]:
                    starts[column] = piece.column
    found = tuple(starts[column] for column in columns if column in starts)
    moved = 2 * sum(column in found for column in labels) > len(labels)  # below a lost span: labels stand there
    return found if len(found) == len(columns) and list(found) == sorted(set(found)) and not moved else None


def _header(pieces: Pieces, region: Region, first: Found | None) -> list[Piece]:
    """The cells above the first row."""
    if not pieces.drawn or first is None:
        return []
    items = itertools.islice(pieces.items, region.first_item, region.last_item)
    above = itertools.takewhile(lambda piece: piece.at < first.start, items)
    return [piece for piece in above if piece.row in pieces.drawn]


def item_grids(
    pieces: Pieces, region: Region, values: dict[str, RowValues], columns: dict[str, tuple[str, ...]], form: str
) -> dict[str, Grid]:
    """What is known of the columns of each row of the disclosure table, from the labels above it."""
    citations = [label.end for label in region.chain if label.label.kind == "citation"]
    heads: list[Found] = []  # of columns, up to the row
    found: dict[str, Grid] = {}
    repeated = False
    labelled = {pieces.items[pieces.owner[label.start]].row for label in region.chain}
    for label in region.chain:
        kind, code = label.label.kind, label.label.code
        if kind == "column":
            heads.append(label)
        elif kind == "row" and code in columns and code not in found:
            above = max([end for end in citations if end <= label.start], default=max(0, label.start - _MOST_HEADER))
            repeated |= repeated_below(pieces, above, label.start, form, "disclosure")
            orderly = len(columns[code]) == 1 or _orderly(pieces, (above, label.start), form, columns[code])
            found[code] = _item_grid(pieces, heads, columns[code], None if orderly else "header_order")
            if found[code].header and code in values:
                last = next(head for head in reversed(heads) if head.label.code in columns[code])
                drop_own([values[code]], own_items(pieces, last, found[code].header, label), found[code].header)
                if divided(pieces, last, found[code].header, labelled, form):
                    found[code] = replace(found[code], doubt="column_uncertain")
    grids = {code: found.get(code) or _UNKNOWN for code in columns}
    return {code: replace(grid, doubt="column_uncertain") for code, grid in grids.items()} if repeated else grids


def _orderly(pieces: Pieces, bounds: tuple[int, int], form: str, columns: tuple[str, ...]) -> bool:
    """Whether a header of the disclosure table names the columns in the order of the form."""
    parts = column_words(form, "disclosure", columns)
    if _in_order(pieces.text[slice(*bounds)], parts):
        return True
    known = [(code, key(text)) for code, text in declaration().labels_of(form, "disclosure", "column")]
    wholes = tuple(tuple(text for code, text in known if code == column) for column in columns)
    return beside_in_order(pieces, bounds, parts, wholes, ())


_in_order = lru_cache(maxsize=1024)(in_order)  # the headers of many reports are alike


def _item_grid(pieces: Pieces, heads: list[Found], columns: tuple[str, ...], doubt: str | None) -> Grid:
    above = [f for f in heads if f.label.code in columns][-len(columns) :]
    cells = [pieces.items[pieces.owner[f.start]] for f in above]
    drawn = bool(pieces.drawn) and all(cell.row in pieces.drawn for cell in cells)
    places = tuple([cell.column for cell in cells])
    if not drawn or [f.label.code for f in above] != list(columns) or list(places) != sorted(set(places)):
        return Grid(doubt=doubt)
    return Grid(doubt=doubt, header=places, spread=_spread(pieces, above))


def _spread(pieces: Pieces, above: list[Found]) -> frozenset[int]:
    """The columns at which the row of some header cells repeats the cell on the left, as for a merged one."""
    row = row_of(pieces, pieces.owner[above[0].start])
    return frozenset(b.column for a, b in itertools.pairwise(row) if a.kind == b.kind == "text" and a.raw == b.raw)


def _last_of(rows: list[RowValues]) -> int | None:
    """The last cell of the drawn rows of a text: -1 where they are not equally long, so that no place is sure."""
    ends = Counter([row.pieces[-1].column for row in rows if row.drawn and row.pieces and not row.pieces[0].place])
    if not ends:
        return None
    (last, most), *_ = ends.most_common(1)
    return last if most * 10 >= sum(ends.values()) * 9 else -1


def _even(rows: list[RowValues], width: int) -> bool:
    """Whether all drawn rows, of many, have just as many cells behind their labels as there are columns."""
    lengths = [len(row.pieces) for row in rows if row.drawn and row.pieces]
    return len(lengths) >= _MANY and set(lengths) == {width}


def _starts_of(
    rows: list[RowValues], width: int, header: tuple[int, ...] | None, labels: frozenset[int]
) -> tuple[int, ...] | None:
    """The grid columns at which the values stand, if the rows agree on them; else None.

    Full rows tell; else as many columns as the table has beside those of its ``labels``; else the ``header``, where no
    row reaches beyond it.
    """
    drawn = [row.pieces for row in rows if row.drawn]
    full = Counter()
    for pieces in drawn:
        cells = without_edges(pieces, width)
        if len(cells) == width and "blank" not in [piece.kind for piece in cells]:
            full[tuple([piece.column for piece in cells])] += 1
    if full:
        (starts, most), *_ = full.most_common(1)
        # A container draws its cells; a text may have lost the tabs of some rows.
        sure = any(piece.fixed for row in rows for piece in row.pieces[:1])
        least = sum(full.values()) / 2 if sure else max(sum(full.values()) * 0.9, 2)
        return starts if most > least else None
    seen = {piece.column for pieces in drawn for piece in pieces} - labels
    values = {piece.column for pieces in drawn for piece in pieces if piece.kind != "blank"}
    last = {pieces[-1].column for pieces in drawn}
    if len(seen) == width and not values & labels:  # else spans are pushed together, and rows begin elsewhere
        return tuple(sorted(seen))
    if header and values <= set(header) and last == {header[-1]}:
        return header
    return None
