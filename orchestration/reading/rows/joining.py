"""Which neighbouring windows of a table are settled together: those whose values only fit their rows as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.reading.rows.windows import Window


def _fits(window: Window, widths: Sequence[int]) -> bool:
    if window.locked or not window.surplus(widths):
        return True
    if not window.rows or not window.adjacent or not (window.flow or window.drawn):
        return False
    first_only = len(window.flow) == widths[window.rows[0]] and not window.drawn
    return first_only or (len(window.drawn) == 1 and not window.flow)


def joined_end(windows: list[Window], at: int, widths: Sequence[int]) -> int:
    """The end of the windows to settle together: one that fits, or neighbours whose counts even out."""
    if _fits(windows[at], widths):
        return at + 1
    # Values before the first label shift all that follows, up to the label that has none.
    through = at == 0 and not windows[at].rows
    total = 0
    for stop in range(at, len(windows)):
        window = windows[stop]
        if window.locked or (not through and window.rows and _fits(window, widths)):
            # Neighbours that never even out stay together: a part of them would be shifted.
            return at + 1 if through else stop
        total += window.surplus(widths)
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
