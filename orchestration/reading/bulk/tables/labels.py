"""All places of all labels in the label texts of many reports, found in one pass.

Each wording of a label is replaced by one private-use character; what stands inside a wording, and where two
wordings overlap, is known beforehand, so no place is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from orchestration.form import declaration
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.disputes.bounds import channel_words, result_words
from orchestration.reading.labels.labels import Label, labels_of
from orchestration.reading.labels.normal import key
from orchestration.reading.labels.places import TABLES, places_of, words_in

_MARKS = 0xE000  # the first private-use character; each takes three bytes, the first of them 0xEE
_MARK_LEAD = 0xEE


@dataclass(frozen=True)
class Vocabulary:
    """Patterns by descending length, and for each the labels (``slot``) that it holds, as byte offsets."""

    patterns: tuple[str, ...]
    sizes: np.ndarray
    first: np.ndarray  # per pattern, its first entry; one more at the end
    slot: np.ndarray
    low: np.ndarray
    high: np.ndarray
    weight: np.ndarray
    slots: dict[tuple[str, Label], int]  # by table and label without its order
    disputes_heading: int
    disputes_word: int
    disputes_result: int  # a label of results; such a word, and the next, are words of the table too
    disputes_channel: int


@dataclass(slots=True)
class Places:
    """Where labels stand: report, slot, bounds in ``Texts.kept``, weight; in the order of the text."""

    report: np.ndarray
    slot: np.ndarray
    low: np.ndarray
    high: np.ndarray
    weight: np.ndarray

    def where(self, mask: np.ndarray) -> Places:
        """Some of the places."""
        chosen = np.flatnonzero(mask)
        return Places(*(column[chosen] for column in (self.report, self.slot, self.low, self.high, self.weight)))

    def of(self, table: str) -> Places:
        """The places of labels of a table; ``disputes`` for its heading and its words."""
        known = vocabulary()
        mine = np.zeros(known.disputes_channel + 1, bool)
        mine[[slot for (code, _), slot in known.slots.items() if code == table]] = True
        mine[known.disputes_heading :] = table == "disputes"
        return self.where(mine[self.slot])


def unordered(label: Label) -> Label:
    """The label without its place in the form: two forms may share it."""
    return Label(label.kind, label.code, 0, label.words, label.bodies)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The wordings of the declared labels."""
    whole = declaration()
    slots: dict[tuple[str, Label], int] = {}
    for form in whole.form_names:
        for table in TABLES:
            for label in labels_of(form, table):
                slots.setdefault((table, unordered(label)), len(slots))
    heading = key(next(form.name_zh for form in whole.forms if form.table_code == "disputes"))
    spoken = {
        key(text)
        for form in whole.form_names
        for kind in ("row", "column", "group")
        for _, text in whole.labels_of(form, "disputes", kind)
    }
    words = {word for _, label in slots for word in (*label.words, *label.bodies) if len(word) > 1} | spoken | {heading}
    merged = {a + b[k:] for a in words for b in words for k in range(1, min(len(a), len(b))) if a.endswith(b[:k])}
    patterns = sorted(words | merged, key=lambda word: (-len(word), word))
    entries, first = [], [0]
    for pattern in patterns:
        begins = words_in(pattern)
        found = {
            (slot, start, end, weight)
            for (_, label), slot in slots.items()
            for start, end, _, weight, cover in places_of((label,), begins)
            if cover < 0
        }
        # A shorter wording within a longer one of the same label weighs no more and leaves a gap.
        found = {one for one in found if not any(_within(one, other) for other in found)}
        found |= {(len(slots), at, at + len(heading), 0) for at in _every(heading, pattern)}
        found |= {(len(slots) + 1, at, at + len(word), 0) for word in spoken for at in _every(word, pattern)}
        found |= {(len(slots) + 2, at, at + len(word), 0) for word in result_words() for at in _every(word, pattern)}
        found |= {(len(slots) + 3, at, at + len(word), 0) for word in channel_words() for at in _every(word, pattern)}
        entries += [
            (slot, len(pattern[:start].encode()), len(pattern[:end].encode()), weight)
            for slot, start, end, weight in sorted(found, key=lambda entry: (entry[1], entry[2], entry[0]))
        ]
        first.append(len(entries))
    slot, low, high, weight = (np.array(column) for column in zip(*entries, strict=True))
    sizes = np.array([len(pattern.encode()) for pattern in patterns])
    further = range(len(slots), len(slots) + 4)
    return Vocabulary(tuple(patterns), sizes, np.array(first), slot, low, high, weight, slots, *further)


def _within(one: tuple, other: tuple) -> bool:
    return one[0] == other[0] and one[1:3] != other[1:3] and other[1] <= one[1] and one[2] <= other[2]


def _every(word: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(word, at)]


def find_labels(texts: Texts) -> Places:
    """All places of all labels in the texts."""
    known = vocabulary()
    marks = [chr(_MARKS + number) for number in range(len(known.patterns))]
    marked = texts.labels.str.replace_many(list(known.patterns), marks, leftmost=True).rechunk().to_arrow()
    marked = marked if pa.types.is_large_string(marked.type) else marked.cast(pa.large_string())
    bounds = np.frombuffer(marked.buffers()[1], np.int64)[marked.offset : marked.offset + len(marked) + 1]
    data = np.frombuffer(marked.buffers()[2], np.uint8)[bounds[0] : bounds[-1]]
    place = np.flatnonzero(data == _MARK_LEAD)
    pattern = ((data[place + 1] & 63).astype(np.int64) << 6) | (data[place + 2] & 63)
    longer = known.sizes[pattern] - 3
    start = place + np.cumsum(longer) - longer
    report = np.searchsorted(bounds - bounds[0], place, "right") - 1
    count = known.first[pattern + 1] - known.first[pattern]
    owner = np.repeat(np.arange(len(pattern)), count)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    entry = known.first[pattern][owner] + within
    return Places(
        report[owner],
        known.slot[entry],
        start[owner] + known.low[entry],
        start[owner] + known.high[entry],
        known.weight[entry],
    )
