"""A table cut into windows, one per label found, and the values that lie in each.

Values that share a line (or a drawn row) with a label are its own. A window whose count of values fits its rows stands
alone; which others are joined is decided in ``joining``.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from orchestration.reading.labels.labels import Found
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.pieces.strung import parted
from orchestration.reading.rows.shares import Region, Shares, shares_of

_DRAWN_WIDTH = 7  # values of a drawn row that belongs to no row of the form


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

    def surplus(self, widths: Sequence[int]) -> int:
        """How many values there are more than the rows of the window take."""
        rows, drawn = self.rows, len(self.drawn)
        if not drawn and len(rows) == 1:  # most windows
            return len(self.flow) - widths[rows[0]]
        due = [widths[row] for row in rows]
        have = len(self.flow)
        if drawn:
            have += sum(due[:drawn]) + max(0, drawn - len(rows)) * (due[-1] if due else _DRAWN_WIDTH)
        return have - sum(due)


def cut(pieces: Pieces, region: Region, position: dict[str, int], widths: Sequence[int]) -> list[Window]:
    """The windows of a table in the order of its text.

    ``position`` is the place of each row code in the form, ``widths`` are the counts of columns of the rows.
    """
    return windows_of(pieces, region.chain, shares_of(pieces, region), position, widths)


def windows_of(
    pieces: Pieces, chain: list[Found], shares: Shares, position: dict[str, int], widths: Sequence[int]
) -> list[Window]:
    """The windows of a table of which it is known near which labels its values stand."""
    windows = _windows(pieces, chain, shares, position, widths)
    _suspect(windows, widths)
    _stacked(pieces, windows, widths)
    return windows


def _windows(
    pieces: Pieces, chain: list[Found], shares: Shares, position: dict[str, int], widths: Sequence[int]
) -> list[Window]:
    """One window for what stands before the first label, then one or two per label."""
    found = [f for f in chain if f.label.kind == "row"]
    before, own, behind = shares
    owner, items = pieces.owner, pieces.items
    edges = [position[f.label.code] for f in found] + [len(position)]
    windows = [_window(pieces, list(range(edges[0])), before, None)]
    heads = [f for f in chain if f.label.kind != "row"]
    head_starts = [h.start for h in heads]
    header_ends = [h.end for h in heads if h.label.kind in ("citation", "column")]
    for at, f in enumerate(found):
        mine = edges[at]
        between = list(range(mine + 1, edges[at + 1]))
        loose = behind[f.label.code]
        if f.label.code in own:
            taken = own[f.label.code]
            lacking = widths[mine] - len(taken)
            drawn = taken[0].row in pieces.drawn
            if not drawn and lacking > 0 and len(loose) == lacking and {p.at for p in loose} == {taken[-1].at}:
                taken, loose = taken + loose, []
            windows.append(Window([mine], [] if drawn else taken, [taken] if drawn else [], locked=True))
            windows.append(_window(pieces, between, loose, None))
        else:
            window = _window(pieces, [mine, *between], loose, f)
            if loose and loose[0].at > f.end:
                text = pieces.text[f.end : loose[0].at]
                inside = heads[bisect_left(head_starts, f.end) : bisect_left(head_starts, loose[0].at)]
                window.across = bool(inside) or any(
                    word in text for other in found for word in (*other.label.words, *other.label.bodies)
                )
                # What stands behind the label of a group on its line may be the sum of the group.
                sums = any(items[owner[h.end - 1]].row == loose[0].row for h in inside if h.label.kind == "group")
                window.apart = sums or _strange(text, f, inside)
            above = bisect_right(header_ends, f.start)
            window.follows = at > 0 and (not above or header_ends[above - 1] <= found[at - 1].start)
            windows.append(window)
    return windows


def _strange(between: str, label: Found, heads: list[Found]) -> bool:
    """Whether the text between a label and its values is neither the rest of the label nor another known one."""
    known = set("".join((*label.label.words, *(word for head in heads for word in head.label.words))))
    return sum(character not in known for character in between) > 1


def _suspect(windows: list[Window], widths: Sequence[int]) -> None:
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
        if any(w.surplus(widths) for w in filled):
            ends = (not filled[0].rows and filled[0].surplus(widths) > 0) or not (filled[-1].flow or filled[-1].drawn)
            ends = ends or any(w.across for w in filled)
            for w in filled:
                w.shifted = ends
            _between(filled, widths)
        run = []


def _between(run: list[Window], widths: Sequence[int]) -> None:
    """Mark the windows between one that lacks values and one that has too many: each may hold those of the next."""
    odd = [(at, surplus) for at, window in enumerate(run) if (surplus := window.surplus(widths))]
    for (at, one), (behind, other) in itertools.pairwise(odd):
        for window in run[at + 1 : behind] if one * other < 0 else ():
            window.apart = True


def _stacked(pieces: Pieces, windows: list[Window], widths: Sequence[int]) -> None:
    """Mark windows whose values may be those of the label right above, which has none.

    Where the labels of several rows stand together before their values, a row without values looks like that. A table
    in which labels and values take turns tells that it is not so.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(windows) if a.rows and b.rows]
    if any(a.locked or (b.follows and a.flow and b.flow and not a.surplus(widths)) for a, b in pairs):
        pieces.turns = True
    for above, window in pairs:
        empty = not (above.flow or above.drawn or above.locked)
        if empty and window.flow and window.follows and not pieces.turns:
            window.apart = True


def _window(pieces: Pieces, rows: list[int], values: list[Piece], label: Found | None) -> Window:
    if not values:
        return Window(rows, adjacent=label is not None)
    window = Window(rows)
    drawn: dict[int, list[Piece]] = {}
    for piece in values:
        if piece.row in pieces.drawn:
            drawn.setdefault(piece.row, []).append(piece)
        else:
            window.flow.append(piece)
    window.drawn = [
        cells
        for cells in drawn.values()
        if any(p.kind in ("number", "not_applicable") for p in cells) or any(parted(p.raw) for p in cells)
    ]
    window.adjacent = label is not None and all(piece.at <= label.end for piece in values)
    return window
