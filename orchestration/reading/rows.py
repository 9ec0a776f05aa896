"""Which values belong to which row of the form: labels anchor, order places what lies between anchors, counts decide.

The region of a table is cut into windows, one per label found. Values that share a line (or a drawn row) with a label
are its own. A window whose count of values fits its rows is settled; neighbouring windows that do not fit are joined
until they do. What fits nowhere is said, not placed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from orchestration.reading.labels import Found, Label, similar
from orchestration.reading.pieces import Piece, Pieces

VALUES = {"number", "not_applicable", "blank", "other"}


@dataclass(slots=True)
class RowValues:
    """The value pieces of one row of the form and how they were found; ``line`` is that of the label or value."""

    code: str
    pieces: list[Piece]
    evidence: str
    doubt: str | None
    line: int | None
    drawn: bool = False
    unplaced: bool = False  # the values stand near the row, and cannot be parted


@dataclass(slots=True)
class Window:
    """Rows of the form (positions) and the values that lie between their labels."""

    rows: list[int]
    flow: list[Piece] = field(default_factory=list)
    drawn: list[list[Piece]] = field(default_factory=list)
    adjacent: bool = True
    across: bool = False  # another label stands between the row's own and its values
    shifted: bool = False  # the values may as well be those of a neighbouring row
    locked: bool = False
    joined: bool = False

    @property
    def single(self) -> bool:
        """Whether it is the window of one label, whose values all stand behind it."""
        return len(self.rows) == 1 and not self.joined

    def surplus(self, width: Callable[[int], int]) -> int:
        """How many values there are more than the rows of the window take."""
        have = len(self.flow) + sum(
            width(self.rows[min(i, len(self.rows) - 1)]) if self.rows else 7 for i in range(len(self.drawn))
        )
        return have - sum(width(row) for row in self.rows)


@dataclass(slots=True)
class Region:
    """A table in the pieces: its items, the labels found in it, by row code, and the label text's bounds."""

    first_item: int
    last_item: int
    chain: list[Found]


def complete_chain(text: str, labels: tuple[Label, ...], chain: list[Found], end: int) -> list[Found]:
    """The chain with row labels added that stand cut or mistyped between those that were found."""
    rows = [label for label in labels if label.kind == "row"]
    have = {found.label.code for found in chain if found.label.kind == "row"}
    for label in rows:
        if label.code in have:
            continue
        before = [found for found in chain if found.label.order < label.order]
        after = [found for found in chain if found.label.order > label.order and found.label.kind == "row"]
        low = max((found.end for found in before), default=None)
        high = min((found.start for found in after), default=end)
        if low is None:
            low = max(0, high - 40)
        rivals = tuple(
            other
            for other in rows
            if other.code not in have
            and other is not label
            and (not after or other.order < after[0].label.order)
            and (not before or other.order > before[-1].label.order)
        )
        place = similar(label, text[low:high], rivals) or _remainder(label, text[low:high], rivals)
        if place:
            have.add(label.code)
            exact = text[low + place[0] : low + place[1]] in (*label.words, *label.bodies)
            chain = sorted([*chain, Found(label, low + place[0], low + place[1], exact)], key=lambda f: f.label.order)
    return chain


def _remainder(label: Label, text: str, rivals: tuple[Label, ...]) -> tuple[int, int] | None:
    """A short label without its number, where it is all that stands between two anchors."""
    if not rivals and text and text in label.bodies:
        return 0, len(text)
    return None


def read_rows(
    pieces: Pieces, region: Region, rows: list[Label], width: Callable[[int], int]
) -> tuple[dict[str, RowValues], list[Piece]]:
    """Values by row code, and the values that belong to no row that could be found."""
    position = {label.code: at for at, label in enumerate(rows)}
    found = [f for f in region.chain if f.label.kind == "row"]
    values = _values(pieces, region, found)
    windows = _windows(pieces, values, region.chain, position, len(rows), width)
    _suspect(windows, width)
    result: dict[str, RowValues] = {}
    left_over: list[Piece] = []
    at = 0
    while at < len(windows):
        stop = _joined(windows, at, width)
        joined = _merge(windows[at:stop])
        _settle(joined, rows, {f.label.code: f for f in found}, pieces, width, result, left_over)
        at = stop
    return result, left_over


def _values(pieces: Pieces, region: Region, found: list[Found]) -> list[Piece]:
    """Value pieces of the region, without those inside a header label or before the label of their drawn row."""
    heads = [f for f in region.chain if f.label.kind in ("heading", "citation", "column")]
    label_rows = {}
    for f in found:
        for offset in range(f.start, f.end):
            index = pieces.owner[offset]
            label_rows[pieces.items[index].row] = max(index, label_rows.get(pieces.items[index].row, -1))
    chosen = []
    texts: dict[int, set[str]] = {}  # a merged cell may be repeated in each column that it spans
    for index in range(region.first_item, region.last_item):
        piece = pieces.items[index]
        if piece.kind == "text":
            after_label = piece.row in pieces.drawn and index > label_rows.get(piece.row, index)
            if not after_label or piece.raw in texts.setdefault(piece.row, set()):
                texts.setdefault(piece.row, set()).add(piece.raw)
                continue
        elif any(f.start < piece.at < f.end for f in heads):
            continue
        if piece.row in pieces.drawn and index < label_rows.get(piece.row, -1):
            continue
        chosen.append(piece)
    return chosen


def _windows(
    pieces: Pieces,
    values: list[Piece],
    chain: list[Found],
    position: dict[str, int],
    count: int,
    width: Callable[[int], int],
) -> list[Window]:
    """One window for what stands before the first label, then one or two per label."""
    found = [f for f in chain if f.label.kind == "row"]
    per_row: dict[int, set[str]] = {}
    for f in found:
        for offset in range(f.start, f.end):
            per_row.setdefault(pieces.items[pieces.owner[offset]].row, set()).add(f.label.code)
    by_label: dict[str, list[Piece]] = {f.label.code: [] for f in found}
    before: list[Piece] = []
    own: dict[str, list[Piece]] = {}
    for piece in values:
        holders = per_row.get(piece.row, set())
        inside = next((f for f in found if f.start < piece.at < f.end), None)
        if inside:
            own.setdefault(inside.label.code, []).append(piece)
            continue
        if len(holders) == 1 and _beside(pieces, piece, next(f for f in found if f.label.code in holders)):
            own.setdefault(next(iter(holders)), []).append(piece)
            continue
        owner = None
        for f in found:
            if f.start < piece.at:
                owner = f.label.code
        (by_label[owner] if owner else before).append(piece)
    edges = [position[f.label.code] for f in found] + [count]
    windows = [_window(pieces, list(range(edges[0])), before, None)]
    heads = [f for f in chain if f.label.kind != "row"]
    words = {word for f in found for word in (*f.label.words, *f.label.bodies)}
    for at, f in enumerate(found):
        mine = position[f.label.code]
        between = list(range(mine + 1, edges[at + 1]))
        loose = by_label[f.label.code]
        if f.label.code in own:
            taken = own[f.label.code]
            lacking = width(mine) - len(taken)
            drawn = taken[0].row in pieces.drawn
            if not drawn and lacking > 0 and len(loose) == lacking and {p.at for p in loose} == {taken[-1].at}:
                taken, loose = taken + loose, []
            windows.append(Window([mine], [] if drawn else taken, [taken] if drawn else [], locked=True))
            windows.append(_window(pieces, between, loose, None))
        else:
            windows.append(_window(pieces, [mine, *between], loose, f))
            windows[-1].across = bool(loose) and (
                any(f.end <= h.start < loose[0].at for h in heads)
                or any(word in pieces.text[f.end : loose[0].at] for word in words)
            )
    return windows


def _beside(pieces: Pieces, piece: Piece, label: Found) -> bool:
    return piece.row in pieces.drawn or piece.at >= label.start


def _suspect(windows: list[Window], width: Callable[[int], int]) -> None:
    """Mark the windows of a run without its own lines that may be shifted by a row.

    A table whose values stand before their labels looks like one whose values stand behind them, but at its ends:
    values before the first label, none behind the last, or a heading between a label and what seems its values.
    """
    run: list[Window] = []
    for window in [*windows, Window([], locked=True)]:
        if not window.locked:
            run.append(window)
            continue
        filled = [w for w in run if w.rows or w.flow or w.drawn]
        if filled and not all(w.surplus(width) == 0 for w in filled):
            ends = (not filled[0].rows and filled[0].surplus(width) > 0) or not (filled[-1].flow or filled[-1].drawn)
            for w in filled:
                w.shifted = ends or any(other.across for other in filled)
        run = []


def _window(pieces: Pieces, rows: list[int], values: list[Piece], label: Found | None) -> Window:
    window = Window(rows)
    drawn: dict[int, list[Piece]] = {}
    for piece in values:
        if piece.row in pieces.drawn:
            drawn.setdefault(piece.row, []).append(piece)
        else:
            window.flow.append(piece)
    window.drawn = [cells for cells in drawn.values() if any(p.kind in ("number", "not_applicable") for p in cells)]
    window.adjacent = label is not None and all(piece.at <= label.end for piece in values)
    return window


def _fits(window: Window, width: Callable[[int], int]) -> bool:
    if window.locked or window.surplus(width) == 0 or (not window.flow and not window.drawn):
        return window.locked or window.surplus(width) == 0
    first_only = sum(width(row) for row in window.rows[:1])
    alone = len(window.flow) == first_only and not window.drawn or (len(window.drawn) == 1 and not window.flow)
    return bool(window.rows) and window.adjacent and alone


def _joined(windows: list[Window], at: int, width: Callable[[int], int]) -> int:
    """The end of the windows to settle together: one that fits, or neighbours whose counts even out."""
    if _fits(windows[at], width):
        return at + 1
    # Values before the first label shift all that follows, up to the label that has none.
    through = at == 0 and not windows[at].rows
    total = 0
    for stop in range(at, len(windows)):
        window = windows[stop]
        if window.locked or (not through and window.rows and _fits(window, width)):
            # Neighbours that never even out stay together: a part of them would be shifted.
            return at + 1 if through else stop
        total += window.surplus(width)
        if total == 0 and stop > at:
            return stop + 1
    return at + 1 if through else len(windows)


def _merge(windows: list[Window]) -> Window:
    if len(windows) == 1:
        return windows[0]
    whole = Window([], adjacent=False, joined=True)
    for window in windows:
        whole.rows += window.rows
        whole.flow += window.flow
        whole.drawn += window.drawn
    return whole


def _settle(
    window: Window,
    rows: list[Label],
    labels: dict[str, Found],
    pieces: Pieces,
    width: Callable[[int], int],
    result: dict[str, RowValues],
    left_over: list[Piece],
) -> None:
    everything = window.flow + [piece for cells in window.drawn for piece in cells]
    if not everything:
        for row in window.rows:
            if rows[row].code in labels:
                result[rows[row].code] = RowValues(rows[row].code, [], "label", None, _line(labels, rows[row], pieces))
        return
    shares = _shares(window, width)
    if shares and window.joined and _without_rows(shares, [labels.get(rows[row].code) for row, _, _ in shares]):
        shares = None
    if shares is None:
        first = rows[window.rows[0]] if window.rows else None
        if first is not None and first.code in labels:
            # The row is there and holds another count of values than it has columns: nothing is placed.
            drawn = bool(window.drawn)
            result[first.code] = RowValues(
                first.code,
                everything,
                "label",
                "row_uncertain" if len(window.rows) > 1 else None,
                _line(labels, first, pieces),
                drawn and not window.flow,
                len(window.rows) > 1,
            )
            for row in window.rows[1:]:
                if rows[row].code in labels:
                    line = _line(labels, rows[row], pieces)
                    result[rows[row].code] = RowValues(rows[row].code, [], "label", None, line)
        else:
            left_over += everything
        return
    for row, share, drawn in shares:
        code = rows[row].code
        found = labels.get(code)
        if found is None:
            evidence, doubt = "order", "label_lost"
        elif window.locked or window.single or all(found.start <= piece.at <= found.end for piece in share):
            evidence, doubt = ("label" if found.exact else "fuzzy_label"), None
        else:
            evidence, doubt = "order", None
        if window.shifted and not window.joined:
            doubt = doubt or "row_uncertain"
        line = _line(labels, rows[row], pieces) if found else (share[0].line if share else None)
        result[code] = RowValues(code, share, evidence, doubt, line, drawn)


def _shares(window: Window, width: Callable[[int], int]) -> list[tuple[int, list[Piece], bool]] | None:
    """Values parted among the rows of a window, or None where the counts do not settle it."""
    if window.drawn and window.flow:
        return None
    if window.drawn:
        if len(window.drawn) == len(window.rows) or (len(window.drawn) == 1 and window.adjacent) or window.locked:
            return [(row, cells, True) for row, cells in zip(window.rows, window.drawn, strict=False)]
        return None
    if window.locked or (window.adjacent and window.rows and len(window.flow) == width(window.rows[0])):
        return [(window.rows[0], window.flow, False)]
    if sum(width(row) for row in window.rows) != len(window.flow):
        return None
    shares, at = [], 0
    for row in window.rows:
        shares.append((row, window.flow[at : at + width(row)], False))
        at += width(row)
    return None if _cuts_a_line(window.flow, shares) else shares


def _without_rows(shares: list[tuple[int, list[Piece], bool]], labels: list[Found | None]) -> bool:
    """Whether nothing but the count parts the rows: a column of single numbers may run down or across the table."""
    for (_, share, drawn), label in zip(shares, labels, strict=True):
        if drawn or len(share) == 1:
            continue
        places = {piece.at for piece in share}
        beside = label is not None and places <= {label.start} or label is not None and places <= {label.end}
        if len(places) > 1 or (len({piece.row for piece in share}) > 1 and not beside):
            return True
    # Several rows at one place stand beside the same label, so that tells only one of them.
    single = [share[0].at for _, share, _ in shares if len({piece.row for piece in share}) > 1]
    return len(set(single)) < len(single)


def _cuts_a_line(flow: list[Piece], shares: list[tuple[int, list[Piece], bool]]) -> bool:
    """Whether a line among several holds values of two rows: then some were lost and others are too many."""
    lines = {piece.row for piece in flow}
    return len(lines) > 1 and sum(len({piece.row for piece in share}) for _, share, _ in shares) > len(lines)


def _line(labels: dict[str, Found], label: Label, pieces: Pieces) -> int:
    return pieces.items[pieces.owner[labels[label.code].end - 1]].line
