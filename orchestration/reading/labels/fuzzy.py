"""Labels that are cut or mistyped, found by similarity where the labels around them leave no other choice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from orchestration.reading.labels.labels import Found, Label

_BEFORE = (("row", "group", "column", "citation", "heading"), ("row", "column", "citation", "heading"))
_MOST_EDITS = 0.25  # by the characters of the label
_LEAST_COMPARED = 3  # characters of a wording, below which any text is near
_LEAST_HIDDEN = {"row": 5, "group": 4}  # characters of a label that is hardly a part of another, mistyped
_HIDDEN = "\0"
_LEAST_PART = 3  # characters of a line of a wrapped label


def complete_chain(text: str, labels: tuple[Label, ...], chain: list[Found], end: int) -> list[Found]:
    """The chain with row labels added that stand cut or mistyped between those that were found."""
    rows = [label for label in labels if label.kind == "row"]
    have = {found.label.code for found in chain if found.label.kind == "row"}
    if len(have) == len(rows):
        return chain
    groups = tuple(word for label in labels if label.kind == "group" for word in label.words)
    for label in rows:
        if label.code in have:
            continue
        before = [found for found in chain if found.label.order < label.order]
        after = [found for found in chain if found.label.order > label.order and found.label.kind == "row"]
        high = min((found.start for found in after), default=end)
        # The label of a group stands beside any of its rows.
        lows = [max((f.end for f in before if f.label.kind in kinds), default=max(0, high - 40)) for kinds in _BEFORE]
        rivals = tuple(
            other
            for other in rows
            if other.code not in have
            and other is not label
            and (not after or other.order < after[0].label.order)
            and (not before or other.order > before[-1].label.order)
        )
        for low in dict.fromkeys(lows):
            between = _others_hidden(label, labels, text[low:high])
            place = similar(label, between, rivals) or _remainder(label, between, rivals)
            if place is None or place[1] - place[0] < min(map(len, label.words)):  # cut, or parted by another label
                place = max(place, _interleaved(label, between, rivals, groups), key=_length)
            if place:
                break
        if place:
            have.add(label.code)
            exact = text[low + place[0] : low + place[1]] in (*label.words, *label.bodies)
            chain = sorted([*chain, Found(label, low + place[0], low + place[1], exact)], key=lambda f: f.label.order)
    return chain


def _others_hidden(label: Label, labels: tuple[Label, ...], text: str) -> str:
    """The text without the labels of other rows and groups that stand in it whole: none is this one mistyped."""
    for word in _other_words(label, labels):
        if word in text:
            text = text.replace(word, _HIDDEN * len(word))
    return text


@lru_cache(maxsize=256)
def _other_words(label: Label, labels: tuple[Label, ...]) -> tuple[str, ...]:
    own = (*label.words, *label.bodies)
    others = [other for other in labels if other is not label and other.kind in _LEAST_HIDDEN]
    words = {
        word
        for other in others
        for word in (*other.words, *other.bodies)
        if len(word) >= _LEAST_HIDDEN[other.kind] and not any(word in mine for mine in own)
    }
    return tuple(sorted(words, key=len, reverse=True))


def _length(place: tuple[int, int] | None) -> int:
    return place[1] - place[0] if place else 0


def _remainder(label: Label, text: str, rivals: tuple[Label, ...]) -> tuple[int, int] | None:
    """A short label without its number, where it is all that stands between two anchors."""
    if not rivals and text and text in label.bodies:
        return 0, len(text)
    return None


def _interleaved(label: Label, text: str, rivals: tuple[Label, ...], groups: tuple[str, ...]) -> tuple[int, int] | None:
    """The label where lines of a group's label, which stands beside it and is wrapped too, lie between its own."""
    own = "".join((*label.words, *(word for rival in rivals for word in rival.words)))
    kept = list(range(len(text)))
    for word in groups:
        left = "".join(text[at] for at in kept)
        for part in _parts(word):
            at = left.find(part) if part not in own else -1
            if at >= 0:
                del kept[at : at + len(part)]
                left = left[:at] + left[at + len(part) :]
    if len(kept) == len(text):
        return None
    place = similar(label, "".join(text[at] for at in kept), rivals)
    return (kept[place[0]], kept[place[1] - 1] + 1) if place else None


def _parts(word: str) -> list[str]:
    sizes = range(len(word), _LEAST_PART - 1, -1)
    return [word[at : at + size] for size in sizes for at in range(len(word) - size + 1)]


@lru_cache(maxsize=4096)  # the labels missing between two others are looked for in the same text, each with the others
def _edits(pattern: str, text: str) -> tuple[int, int]:
    """Least edits that turn ``pattern`` into a part of ``text``, and the first end of such a part.

    All edits up to a place of the text stand in the bits of two numbers (Myers 1999): where they grow by one from one
    character of the pattern to the next, and where they shrink.
    """
    size = len(pattern)
    whole, top = (1 << size) - 1, 1 << (size - 1)
    masks: dict[str, int] = {}
    for at, character in enumerate(pattern):
        masks[character] = masks.get(character, 0) | 1 << at
    grows, shrinks = whole, 0
    edits = least = size
    end = 0
    for at, character in enumerate(text, 1):
        same = masks.get(character, 0)
        level = (((same & grows) + grows) ^ grows) | same | shrinks
        right_grows, right_shrinks = shrinks | ~(level | grows), grows & level
        edits += (1 if right_grows & top else 0) - (1 if right_shrinks & top else 0)
        right_grows, right_shrinks = right_grows << 1, right_shrinks << 1
        sideways = same | shrinks
        grows, shrinks = (right_shrinks | ~(sideways | right_grows)) & whole, right_grows & sideways & whole
        if edits < least:
            least, end = edits, at
    return least, end


def _cheapest(pattern: str, text: str) -> tuple[int, int, int]:
    """Least edits that turn ``pattern`` into a part of ``text``: (edits, start, end). Sellers 1980."""
    edits, end = _edits(pattern, text)
    first = max(0, end - len(pattern) - edits)  # no such part is longer
    row = [(0, at) for at in range(first, end + 1)]
    for depth, wanted in enumerate(pattern, 1):
        new = [(depth, first)]
        for at, character in enumerate(text[first:end], 1):
            cost, begin = row[at - 1]
            options = (
                (cost + (character != wanted), begin),
                (row[at][0] + 1, row[at][1]),
                (new[-1][0] + 1, new[-1][1]),
            )
            # Of equal parts the shortest: a strange first character belongs to what stands before.
            new.append(min(options, key=lambda option: (option[0], -option[1])))
        row = new
    return edits, row[-1][1], end


def _compared(label: Label) -> Iterator[str]:
    return (word for word in (*label.words, *label.bodies) if len(word) >= _LEAST_COMPARED)


def similar(label: Label, text: str, rivals: tuple[Label, ...]) -> tuple[int, int] | None:
    """Where ``label`` stands in ``text`` cut or mistyped, if no rival is as near: (start, end) or None.

    At most one edit in four characters; or a beginning of at least half the label, and three characters.
    """
    if not text:
        return None
    found = [(_edits(word, text)[0] / len(word), word) for word in _compared(label)]
    mine = min((share for share, _ in found), default=1.0)
    others = (_edits(word, text)[0] / len(word) for rival in rivals for word in _compared(rival))
    if mine <= _MOST_EDITS and all(mine < other for other in others):
        return min(_cheapest(word, text)[1:] for share, word in found if share == mine)
    for word in (*label.words, *label.bodies):
        for length in range(len(word) - 1, max(2, len(word) // 2 - 1), -1):
            at = text.find(word[:length])
            shared = any(other.startswith(word[:length]) for r in rivals for other in (*r.words, *r.bodies))
            if at >= 0 and not shared:
                return at, at + length
    return None
