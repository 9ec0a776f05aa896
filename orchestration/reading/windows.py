"""A table cut into windows, one per label found, and the values that lie in each.

Values that share a line (or a drawn row) with a label are its own. A window whose count of values fits its rows stands
alone; neighbouring windows that do not fit are joined until they do.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from orchestration.reading.labels import Found
from orchestration.reading.piece import Piece, Pieces


@dataclass(slots=True)
class Window:
    """Rows of the form (positions) and the values that lie between their labels."""

    rows: list[int]
    flow: list[Piece] = field(default_factory=list)
    drawn: list[list[Piece]] = field(default_factory=list)
    adjacent: bool = True
    across: bool = False  # another label stands between the row's own and its values
    shifted: bool = False  # the values may as well be those of a neighbouring row
    apart: bool = False  # strange text or a label without values stands above the values of its one label
    locked: bool = False
    joined: bool = False
    follows: bool = False  # no header or citation stands between its label and the one before

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


def cut(pieces: Pieces, region: Region, position: dict[str, int], width: Callable[[int], int]) -> list[Window]:
    """The windows of a table in the order of its text; ``position`` is the place of each row code in the form."""
    values = _values(pieces, region, [f for f in region.chain if f.label.kind == "row"])
    windows = _windows(pieces, values, region.chain, position, len(position), width)
    _suspect(windows, width)
    _stacked(pieces, windows, width)
    return windows


def _values(pieces: Pieces, region: Region, found: list[Found]) -> list[Piece]:
    """Value pieces of the region, without those inside a header label or before the label of their drawn row."""
    heads = [f for f in region.chain if f.label.kind in ("heading", "citation", "column")]
    starts = [f.start for f in heads]
    label_rows = {}
    for f in found:
        for index in set(pieces.owner[f.start : f.end]):
            label_rows[pieces.items[index].row] = max(index, label_rows.get(pieces.items[index].row, -1))
    chosen = []
    place, in_header = -1, False
    texts: dict[int, set[str]] = {}  # a merged cell may be repeated in each column that it spans
    for index in range(region.first_item, region.last_item):
        piece = pieces.items[index]
        if piece.kind == "text":
            after_label = piece.row in pieces.drawn and index > label_rows.get(piece.row, index)
            if not after_label or piece.raw in texts.setdefault(piece.row, set()):
                texts.setdefault(piece.row, set()).add(piece.raw)
                continue
        else:
            if piece.at != place:
                place = piece.at
                before = bisect_left(starts, place)
                in_header = before > 0 and place < heads[before - 1].end
            if in_header:
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
        for index in set(pieces.owner[f.start : f.end]):
            per_row.setdefault(pieces.items[index].row, set()).add(f.label.code)
    by_label: dict[str, list[Piece]] = {f.label.code: [] for f in found}
    before: list[Piece] = []
    own: dict[str, list[Piece]] = {}
    named = {f.label.code: f for f in found}
    starts = [f.start for f in found]
    row = place = -1
    for piece in values:
        if piece.row != row or piece.at != place:  # values beside each other go the same way
            row, place = piece.row, piece.at
            holders = per_row.get(row, ())
            at = bisect_left(starts, place)
            last = found[at - 1] if at else None
            if last and place < last.end:
                taken = own.setdefault(last.label.code, [])
            elif len(holders) == 1 and _beside(pieces, piece, named[next(iter(holders))]):
                taken = own.setdefault(next(iter(holders)), [])
            else:
                taken = by_label[last.label.code] if last else before
        taken.append(piece)
    edges = [position[f.label.code] for f in found] + [count]
    windows = [_window(pieces, list(range(edges[0])), before, None)]
    heads = [f for f in chain if f.label.kind != "row"]
    head_starts = [h.start for h in heads]
    header_ends = [h.end for h in heads if h.label.kind in ("citation", "column")]
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
            between = pieces.text[f.end : loose[0].at] if loose else ""
            low, high = (bisect_left(head_starts, place) for place in (f.end, loose[0].at)) if between else (0, 0)
            inside = heads[low:high]
            if between:
                windows[-1].across = bool(inside) or any(
                    word in between for other in found for word in (*other.label.words, *other.label.bodies)
                )
                windows[-1].apart = _strange(between, f, inside)
            above = bisect_right(header_ends, f.start)
            windows[-1].follows = at > 0 and (not above or header_ends[above - 1] <= found[at - 1].start)
    return windows


def _strange(between: str, label: Found, heads: list[Found]) -> bool:
    """Whether the text between a label and its values is neither the rest of the label nor another known one."""
    known = set("".join((*label.label.words, *(word for head in heads for word in head.label.words))))
    return sum(character not in known for character in between) > 1


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
            _between(filled, width)
        run = []


def _between(run: list[Window], width: Callable[[int], int]) -> None:
    """Mark the windows between one that lacks values and one that has too many: each may hold those of the next."""
    odd = [(at, window.surplus(width)) for at, window in enumerate(run) if window.surplus(width)]
    for (at, one), (behind, other) in itertools.pairwise(odd):
        for window in run[at + 1 : behind] if one * other < 0 else ():
            window.apart = True


def _stacked(pieces: Pieces, windows: list[Window], width: Callable[[int], int]) -> None:
    """Mark windows whose values may be those of the label right above, which has none.

    Where the labels of several rows stand together before their values, a row without values looks like that. A table
    in which labels and values take turns tells that it is not so.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(windows) if a.rows and b.rows]
    if any(a.locked or (b.follows and a.flow and b.flow and not a.surplus(width)) for a, b in pairs):
        pieces.turns = True
    for above, window in pairs:
        empty = not (above.flow or above.drawn or above.locked)
        if empty and window.flow and window.follows and not pieces.turns:
            window.apart = True


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
    alone = (len(window.flow) == first_only and not window.drawn) or (len(window.drawn) == 1 and not window.flow)
    return bool(window.rows) and window.adjacent and alone


def joined_end(windows: list[Window], at: int, width: Callable[[int], int]) -> int:
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


def merge(windows: list[Window]) -> Window:
    if len(windows) == 1:
        return windows[0]
    whole = Window([], adjacent=False, joined=True)
    for window in windows:
        whole.rows += window.rows
        whole.flow += window.flow
        whole.drawn += window.drawn
        whole.shifted |= window.shifted
    return whole
