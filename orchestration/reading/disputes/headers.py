"""The header of the dispute table: whether it names the results in the order of the form, block after block."""

from __future__ import annotations

import itertools

from orchestration.form import declaration
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Pieces

_BESIDE = 2  # labels on one line, which tell that they are wrapped beside one another


def orderly(pieces: Pieces, bounds: tuple[int, int], printed: list[str], results: tuple[str, ...]) -> bool:
    """Whether the result labels follow one another as in the form; ``printed`` are those that are whole."""
    if set(printed) <= {results[-1]}:
        return _in_order_by_lines(pieces, bounds, results) is not False  # all the others are wrapped
    return _in_order(printed, results) or _in_order_by_lines(pieces, bounds, results) is True


def complete(printed: list[str], results: tuple[str, ...]) -> bool:
    """Whether the result labels are printed whole, block after block: else a page may be printed column by column."""
    return printed == list(results) * (len(printed) // len(results))


def _in_order(printed: list[str], results: tuple[str, ...]) -> bool:
    """Whether labels follow one another as in the form, however often they are printed."""
    places = [results.index(code) for code in printed]
    last = len(results) - 1
    begun = 0
    for at, (a, b) in enumerate(itertools.pairwise(places), 1):
        if b < a:
            # A block may begin again behind the total, or where the total is not printed.
            if a != last and not (a == last - 1 and b == 0 and at - begun > 2):
                return False
            begun = at
    return places[:1] != [last] or set(places) == {last}  # a wrapped header leaves only the totals whole


def _in_order_by_lines(pieces: Pieces, bounds: tuple[int, int], results: tuple[str, ...]) -> bool | None:
    """The same for labels wrapped beside one another: of each line, the parts that no other label has; None if unknown.

    Their text is then in no order. A total before each block may be that of another order; one before several is that
    of the table beside them, which stands higher.
    """
    labels = declaration().labels_of(declaration().form_names[-1], "disputes", "column")
    words = [(code, key(text)) for code, text in labels]
    lines: dict[int, list[tuple[int, bool]]] = {}
    for index in dict.fromkeys(pieces.owner[slice(*bounds)]):
        piece = pieces.items[index]
        part = key(piece.raw)
        named = {(code, word.startswith(part)) for code, word in words if part in word}
        if len(named) == 1:
            code, begins = named.pop()
            lines.setdefault(piece.row, []).append((results.index(code), begins))
    last = len(results) - 1
    beside = False
    for places in lines.values():
        # The first halves of labels may share a line with the second halves of those of another block.
        halves = [_ascending([at for at, half in places if half is begins and at != last]) for begins in (True, False)]
        if any(set(a).isdisjoint(b) for blocks in halves for a, b in itertools.pairwise(blocks)):
            return False  # what seems two blocks is one whose labels are exchanged
        count = sum(map(len, halves))
        if places[0][0] == last and count and sum(at == last for at, _ in places) >= count:
            return False
        beside |= any(len(block) >= _BESIDE for blocks in halves for block in blocks)
    return beside or None


def _ascending(places: list[int]) -> list[list[int]]:
    """The places cut where they do not rise."""
    found: list[list[int]] = []
    for place in places:
        if found and place > found[-1][-1]:
            found[-1].append(place)
        else:
            found.append([place])
    return found
