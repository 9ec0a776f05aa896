"""Which values belong to which row of the form: labels anchor, order places what lies between anchors, counts decide.

Each window (see ``windows``) is settled on its own or joined with its neighbours; what fits
nowhere is said, not placed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reading.labels.labels import Found, Label
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.drawn_rows import drawn_rows
from orchestration.reading.rows.joining import joined_end, merge
from orchestration.reading.rows.shares import Region
from orchestration.reading.rows.windows import Window, cut


@dataclass(slots=True)
class RowValues:
    """The value pieces of one row of the form and how they were found; ``line`` is that of the label or value."""

    code: str
    pieces: list[Piece]
    evidence: str
    doubt: str | None
    line: int | None
    drawn: bool = False
    unplaced: bool = False  # the values stand near the row, here or with the row above, and cannot be parted


def read_rows(
    pieces: Pieces, region: Region, rows: list[Label], widths: Sequence[int]
) -> tuple[dict[str, RowValues], list[Piece]]:
    """Values by row code, and the values that belong to no row that could be found.

    ``rows`` are those of the form, ``widths`` their counts of columns.
    """
    position = {label.code: at for at, label in enumerate(rows)}
    labels = {f.label.code: f for f in region.chain if f.label.kind == "row"}
    if (drawn := drawn_rows(pieces, region, rows, labels)) is not None:
        told = ((label, drawn[label.code], _line(labels, label, pieces)) for label in rows)
        return {label.code: RowValues(label.code, share, "label", None, line, True) for label, share, line in told}, []
    return settle(pieces, region.chain, cut(pieces, region, position, widths), rows, widths)


def settle(
    pieces: Pieces, chain: list[Found], windows: list[Window], rows: list[Label], widths: Sequence[int]
) -> tuple[dict[str, RowValues], list[Piece]]:
    """The same for a table that is cut into windows."""
    labels = {f.label.code: f for f in chain if f.label.kind == "row"}
    result: dict[str, RowValues] = {}
    left_over: list[Piece] = []
    at = 0
    while at < len(windows):
        stop = joined_end(windows, at, widths)
        _settle(merge(windows[at:stop]), rows, labels, pieces, widths, result, left_over)
        at = stop
    _doubt_before_lost(pieces, result, rows, labels)
    _doubt_shared(pieces, result, labels)
    _doubt_before_labels(pieces, result, labels, {row.code: width for row, width in zip(rows, widths, strict=True)})
    ordered = [row for row in result.values() if row.evidence == "order" and row.pieces and row.code in labels]
    last = max((labels[row.code].start for row in ordered), default=0)
    if any(piece.at < last for row in result.values() for piece in row.pieces[:1]):
        heads = [found.start for found in chain if found.label.kind in ("citation", "column")]
        for row in ordered:
            # A part of the table alone does not list its values behind the header of other rows.
            if any(labels[row.code].end <= head < row.pieces[0].at for head in heads):
                row.doubt = row.doubt or "row_uncertain"
    _doubt_among(result)
    return result, left_over


def _doubt_among(result: dict[str, RowValues]) -> None:
    """Doubt all rows where most are in doubt, and those whose values stand together with those of one that is."""
    rows = [row for row in result.values() if row.pieces and not row.drawn]
    unsure = [row for row in rows if row.doubt == "row_uncertain"]
    places = {piece.at for row in unsure for piece in row.pieces}
    for row in rows:
        if 2 * len(unsure) > len(rows) or any(piece.at in places for piece in row.pieces):
            row.doubt = row.doubt or "row_uncertain"


def _doubt_before_lost(
    pieces: Pieces, result: dict[str, RowValues], rows: list[Label], labels: dict[str, Found]
) -> None:
    """Doubt the values below the label of a row, if the next row was not found: they may be the end of its own."""
    for label, lost in pairwise(rows):
        row = result.get(label.code)
        if lost.code in labels or lost.code in result or row is None or label.code not in labels:
            continue
        own = pieces.items[pieces.owner[labels[label.code].end - 1]].row
        if any(piece.row != own for piece in row.pieces[-1:]):
            row.doubt = row.doubt or "row_uncertain"


def _doubt_shared(pieces: Pieces, result: dict[str, RowValues], labels: dict[str, Found]) -> None:
    """Doubt the values beside labels of which two stand in one cell: that of either may be empty."""
    holders: dict[int, list[str]] = {}
    for code, found in labels.items():
        for index in {pieces.owner[found.start], pieces.owner[found.end - 1]}:
            holders.setdefault(index, []).append(code)
    drawn: dict[int, list[str]] = {}
    for code, found in labels.items():
        last = pieces.items[pieces.owner[found.end - 1]]
        if last.row in pieces.drawn:
            drawn.setdefault(last.row, []).append(code)
    for codes in drawn.values():
        for row in (result.get(code) for code in codes) if len(codes) > 1 else ():
            if row and row.evidence == "order":
                row.doubt = row.doubt or "row_uncertain"  # another label stands in the drawn row of its own
    for index, codes in holders.items():
        for row in (result.get(code) for code in codes) if len(codes) > 1 else ():
            if row and any(piece.row == pieces.items[index].row for piece in row.pieces):
                row.doubt = row.doubt or "row_uncertain"


def _doubt_before_labels(
    pieces: Pieces, result: dict[str, RowValues], labels: dict[str, Found], widths: dict[str, int]
) -> None:
    """Doubt values right before the label on its line, unless all rows are so: they may number the rows."""
    before, always = [], True
    for row in result.values():
        if row.code not in labels or row.drawn:
            continue
        start = labels[row.code].start
        line = pieces.items[pieces.owner[start]].row
        own = [piece for piece in row.pieces if piece.row == line and piece.at <= start]
        always &= len(own) == widths[row.code]
        if own:
            before.append(row)
    for row in before if not always else ():
        row.doubt = row.doubt or "row_uncertain"


def _settle(
    window: Window,
    rows: list[Label],
    labels: dict[str, Found],
    pieces: Pieces,
    widths: Sequence[int],
    result: dict[str, RowValues],
    left_over: list[Piece],
) -> None:
    if not window.flow and not any(window.drawn):
        for row in window.rows:
            if rows[row].code in labels:
                result[rows[row].code] = RowValues(rows[row].code, [], "label", None, _line(labels, rows[row], pieces))
        return
    shares = _shares(window, widths)
    if shares and window.joined and _without_rows(shares, [labels.get(rows[row].code) for row, _, _ in shares]):
        shares = None
    if shares is None:
        first = rows[window.rows[0]] if window.rows else None
        everything = window.flow + [piece for cells in window.drawn for piece in cells]
        if first is not None and first.code in labels:
            # The row is there and holds another count of values than it has columns: nothing is placed.
            drawn = bool(window.drawn)
            result[first.code] = RowValues(
                first.code,
                everything,
                "label",
                "row_uncertain" if window.joined or len(window.rows) > 1 else None,
                _line(labels, first, pieces),
                drawn and not window.flow,
                len(window.rows) > 1,
            )
            for row in window.rows[1:]:
                if rows[row].code in labels:
                    line = _line(labels, rows[row], pieces)
                    result[rows[row].code] = RowValues(rows[row].code, [], "label", None, line, unplaced=True)
        else:
            left_over += everything
        return
    whole = window.joined and len(window.rows) == len(rows)
    for row, share, drawn in shares:
        code = rows[row].code
        found = labels.get(code)
        if found is None:
            evidence, doubt = "order", "label_lost"
        elif window.locked or window.single or all(found.start <= piece.at <= found.end for piece in share):
            evidence, doubt = ("label" if found.exact else "fuzzy_label"), None
        else:
            evidence, doubt = "order", None
        if found and window.joined and not whole and any(piece.at <= found.start for piece in share):
            doubt = "row_uncertain"  # a part of the table alone does not print values before labels
        if (window.shifted and not whole) or (window.apart and not window.joined) or _uneven(share, drawn):
            doubt = doubt or "row_uncertain"
        line = _line(labels, rows[row], pieces) if found else (share[0].line if share else None)
        result[code] = RowValues(code, share, evidence, doubt, line, drawn)


def _uneven(share: list[Piece], drawn: bool) -> bool:
    """Whether the values stand on lines of different lengths: one may have lost some, another be no part of the row."""
    lines = [piece.row for piece in share] if not drawn else []
    return bool(lines) and lines.count(lines[0]) < len(lines) and len(set(Counter(lines).values())) > 1


def _shares(window: Window, widths: Sequence[int]) -> list[tuple[int, list[Piece], bool]] | None:
    """Values parted among the rows of a window, or None where the counts do not settle it."""
    if window.drawn and window.flow:
        return None
    if window.drawn:
        if len(window.drawn) == len(window.rows) or (len(window.drawn) == 1 and window.adjacent) or window.locked:
            return [(row, cells, True) for row, cells in zip(window.rows, window.drawn, strict=False)]
        return None
    if window.locked or (window.adjacent and window.rows and len(window.flow) == widths[window.rows[0]]):
        return [(window.rows[0], window.flow, False)]
    if window.surplus(widths):
        return None
    shares, at = [], 0
    for row in window.rows:
        shares.append((row, window.flow[at : at + widths[row]], False))
        at += widths[row]
    return None if _cuts_a_line(window.flow, shares) else shares


def _without_rows(shares: list[tuple[int, list[Piece], bool]], labels: list[Found | None]) -> bool:
    """Whether nothing but the count parts the rows: a column of single numbers may run down or across the table."""
    for (_, share, drawn), label in zip(shares, labels, strict=True):
        if drawn or len(share) == 1:
            continue
        places = {piece.at for piece in share}
        beside = (label is not None and places <= {label.start}) or (label is not None and places <= {label.end})
        if len(places) > 1 or (len({piece.row for piece in share}) > 1 and not beside):
            return True
    # Several rows at one place stand beside the same label, so that tells only one of them.
    single = [share[0].at for _, share, _ in shares if len({piece.row for piece in share}) > 1]
    return len(set(single)) < len(single)


def _cuts_a_line(flow: list[Piece], shares: list[tuple[int, list[Piece], bool]]) -> bool:
    """Whether a line holds values of two rows: then some were lost and others are too many."""
    lines = {piece.row for piece in flow}
    return sum(len({piece.row for piece in share}) for _, share, _ in shares) > len(lines)


def _line(labels: dict[str, Found], label: Label, pieces: Pieces) -> int:
    return pieces.items[pieces.owner[labels[label.code].end - 1]].line
