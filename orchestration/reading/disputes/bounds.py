"""Where the dispute tables of a document stand: their labels, the heading, and where a text of labels ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from orchestration.form import declaration
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.piece import Pieces

_MOST_TEXT_BETWEEN = 40
FEWEST = 4  # labels of results, or values, below which it is no table
_LEAST_VALUES = 10  # values of a table of which no label of a result is whole
_MOST_NOTE = 150  # characters between the heading and the first label
_MOST_STRANGE = 6  # characters in a row, within a text of labels, that no label has
BEYOND = _MOST_STRANGE + 1  # such characters, behind which no text of labels goes on
_MOST_PROSE = 1000  # characters of sentences between the heading and the table


@lru_cache(maxsize=1)
def wordings() -> tuple[re.Pattern, dict[str, tuple[str, str]]]:
    """One pattern for all channel and result labels, and what each means: (kind, code)."""
    whole = declaration()
    form = whole.form_names[-1]
    meaning = {}
    for kind in ("row", "column", "group"):
        for code, text in whole.labels_of(form, "disputes", kind):
            meaning.setdefault(key(text), (kind, code))
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), meaning


def marks_in(text: str, bounds: tuple[int, int]) -> list[tuple[int, str, str]]:
    """Where labels of the table begin between two offsets of a label text, their kinds and codes."""
    pattern, meaning = wordings()
    return [(mark.start(), *meaning[mark[0]]) for mark in pattern.finditer(text, *bounds)]


def count_labels(text: str) -> int:
    """How many labels of the table stand in a label text."""
    return sum(1 for _ in wordings()[0].finditer(text))


def find_disputes(pieces: Pieces, start: int) -> tuple[int, int] | None:
    """Bounds of the table in the label text, from ``start``: its heading or its first labels, and its last ones."""
    return next((_once(pieces, bounds) for bounds in _candidates(pieces.text, start) if is_table(pieces, bounds)), None)


def _candidates(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the table may be: behind each mention of its heading, else where its labels stand close together."""
    pattern, _ = wordings()
    heading = _heading()
    begin = text.find(heading, start)
    named = begin >= 0
    while begin >= 0:
        begin += len(heading)
        first = pattern.search(text, begin, begin + _MOST_NOTE)
        at = _densest(text, first.start()) if first else begin
        yield at, _extent(text, at)
        begin = text.find(heading, begin)
    marks = [m.start() for m in (_results() if named else pattern).finditer(text, start)]
    end = start
    for a, b in zip(marks, marks[3:], strict=False):
        if a >= end and b - a <= 4 * _MOST_TEXT_BETWEEN:
            end = _extent(text, a)
            yield a, end


@lru_cache(maxsize=1)
def _heading() -> str:
    return key(next(form.name_zh for form in declaration().forms if form.table_code == "disputes"))


@lru_cache(maxsize=1)
def _results() -> re.Pattern:
    """The labels of results that are hardly words of sentences: four close together are a table."""
    return re.compile("|".join(map(re.escape, result_words())))


@lru_cache(maxsize=1)
def _channels() -> re.Pattern:
    return re.compile("|".join(map(re.escape, channel_words())))


def _once(pieces: Pieces, bounds: tuple[int, int]) -> tuple[int, int]:
    """The first of several whole tables that stand behind one another with the same labels and nothing between."""
    marks = marks_in(pieces.text, bounds)
    names = [mark[1:] for mark in marks]
    again = [at for at, name in enumerate(names) if at and name == names[0] and name[0] == "row"]
    size = again[0] if again else 0
    if not size or len(names) % size or names != names[:size] * (len(names) // size):
        return bounds
    begins = [marks[at][0] for at in range(0, len(marks), size)]
    # A header that is printed again has its values behind one of the copies only.
    filled = all(_count(pieces, (low + 1, high)) >= _LEAST_VALUES for low, high in pairwise([*begins, bounds[1]]))
    return (bounds[0], begins[1]) if filled else bounds


def is_table(pieces: Pieces, bounds: tuple[int, int]) -> bool:
    """Whether labels or values enough for a table stand there: a sentence behind the heading names a label or two."""
    if bounds[1] <= bounds[0]:
        return False
    labels = sum([kind == "column" for _, kind, _ in marks_in(pieces.text, bounds)])
    return labels >= FEWEST or _count(pieces, bounds) >= FEWEST


def _count(pieces: Pieces, bounds: tuple[int, int]) -> int:
    kinds = ("number", "not_applicable")
    return sum(piece.kind in kinds and bounds[0] <= piece.at <= bounds[1] for piece in pieces.items)


def further_tables(pieces: Pieces, bounds: tuple[int, int]) -> list[tuple[int, int]]:
    """Bounds of the dispute tables that stand elsewhere: labels of results close together, or of channels with values.

    The labels of results may be wrapped cell beside cell, and then only those of channels are whole.
    """
    found: list[tuple[int, int]] = []
    for pattern, least in ((_results(), FEWEST), (_channels(), 1)):
        spots = [m.start() for m in pattern.finditer(pieces.text)]
        marks = [at for at in spots if not bounds[0] <= at < bounds[1]]
        for mark, last in zip(marks, marks[least - 1 :], strict=False):
            if last - mark > (least - 1) * _MOST_TEXT_BETWEEN or any(low <= mark < high for low, high in found):
                continue
            begin = mark
            while begin > 0 and mark - begin < _MOST_TEXT_BETWEEN and pieces.text[begin - 1] in _letters():
                begin -= 1
            before = mark < bounds[0]
            begin = begin if before else max(begin, bounds[1])
            again = (begin, min(_extent(pieces.text, mark), bounds[0] if before else len(pieces.text)))
            if is_table(pieces, again) and (least > 1 or _count(pieces, again) >= _LEAST_VALUES):
                found.append(_once(pieces, again))
    return found


@lru_cache(maxsize=1)
def result_words() -> tuple[str, ...]:
    """The labels of results that no other table has, longest first."""
    whole = declaration()
    words = {key(text) for form in whole.form_names for _, text in whole.labels_of(form, "disputes", "column")}
    others = {key(text) for form in whole.form_names for _, text in whole.labels_of(form, "requests", "column")}
    return tuple(sorted(words - others, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def channel_words() -> tuple[str, ...]:
    """The labels of channels that are hardly words of a sentence: those of one group, longest first."""
    whole = declaration()
    grouped = {row.row_code for form in whole.form_names for row in whole.rows_of(form, "disputes") if row.group_code}
    labels = (pair for form in whole.form_names for pair in whole.labels_of(form, "disputes", "row"))
    return tuple(sorted({key(text) for code, text in labels if code in grouped}, key=lambda word: (-len(word), word)))


def beyond_labels(text: str) -> int:
    """How many characters stand behind the text of labels with which a text begins: none that could go on with it."""
    return len(text) - _extent(text, 0)


def _extent(text: str, begin: int) -> int:
    """The end of a text of labels: where more than a few characters follow that no label has."""
    return _text_of_labels().match(text, begin).end()


@lru_cache(maxsize=1)
def _text_of_labels() -> re.Pattern:
    letters = re.escape("".join(sorted(_letters())))
    return re.compile(f"[{letters}]*(?:[^{letters}]{{1,{_MOST_STRANGE}}}[{letters}]+)*")


def _densest(text: str, begin: int) -> int:
    """Where, behind the heading, the most labels stand together: a sentence before the table may name some."""
    pattern, _ = wordings()
    best, most = begin, 0
    stop = begin + _MOST_PROSE
    while mark := pattern.search(text, begin, stop):
        end = _extent(text, mark.start())
        count = sum(1 for _ in pattern.finditer(text, mark.start(), end))
        if count > most:
            best, most = mark.start(), count
        begin = max(end, mark.end())
    return best


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    """The characters of the labels of the table: text of others is not part of it."""
    return frozenset("".join(wordings()[1]))


def begins(text: str, start: int, end: int) -> int:
    """Where the heading or the first label of the table stands between two offsets of a label text, else ``end``."""
    pattern, meaning = wordings()
    at = text.find(_heading(), start, end)
    at = at if at >= 0 else end
    for mark in pattern.finditer(text, start, end):
        if mark.start() >= at or meaning[mark[0]][0] == "row":
            return min(mark.start(), at)
    return at
