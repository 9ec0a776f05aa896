"""Which words of many texts are the values of the rows of a table, where lines and labels leave no choice.

A row is plain if its values are as many as it has columns, stand together behind the end of its label (or within it)
and before any other text, and stand all on the line where the label ends or all on lines below it.
"""

from __future__ import annotations

import numpy as np

from orchestration.reading.bulk.tables.chains import Chains
from orchestration.reading.bulk.tables.rows import Rows, Values
from orchestration.reading.bulk.texts.arrays import cut, starting
from orchestration.reading.bulk.texts.characters import BAR, HAN, NEWLINE, TAB
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.bulk.texts.words import MARK, NUMBER, ODD, SKIPPED, TEXT
from orchestration.reading.pieces.chunks import GOES_ON, SENTENCE
from orchestration.reading.pieces.strung import MAY_BE_STRUNG
from orchestration.reading.rows.torn import LONGEST

_SPACE = 32
_MOST_VALUES = 15  # of a row
_NEAR = 6  # lines, some of them empty, from a row to what may be left of its numbers
_YEAR, _OF_YEAR = 6, 0xE5  # bytes of the digits and the 年 of a year, and the first byte of 年
_FULL_STOP, _SEMICOLON = 0x82, 0x9B  # the last bytes of 。 and of ；
_ENDS = np.isin(np.arange(256), (TAB, BAR, NEWLINE))  # bytes at which a cell ends


def read_values(texts: Texts, lines: Lines) -> Values:
    """All numbers and marks of the texts."""
    is_value = (texts.kind == NUMBER) | (texts.kind == MARK)
    word = np.flatnonzero(is_value)
    place = texts.begin[word]
    line = lines.line(place)
    alone = ~lines.parted[line]
    rest = np.flatnonzero(~alone)
    one, two = texts.data[place[rest] - 1], texts.data[place[rest] - 2]
    alone[rest] = _ENDS[one] | ((one == _SPACE) & _ENDS[two])
    rest = rest[~alone[rest] & (word[rest] > 0)]
    before = texts.end[word[rest] - 1]
    alone[rest] = (lines.line(before) != line[rest]) | (lines.partings(before, place[rest]) > 0)
    return Values(word, place, line, alone, _odd(texts, lines, is_value))


def _odd(texts: Texts, lines: Lines, is_value: np.ndarray) -> np.ndarray:
    """Odd words, and punctuation in cells or behind a value."""
    skipped = np.flatnonzero(texts.kind == SKIPPED)
    line = lines.line(texts.begin[skipped])
    behind = is_value[skipped - 1] & (lines.line(texts.begin[skipped - 1]) == line)
    odd = [np.flatnonzero(texts.kind == ODD), skipped[behind | lines.parted[line]]]
    odd += [_glued(texts, lines), _strung(texts), _in_sentences(texts, lines, is_value)]
    return np.sort(texts.begin[np.concatenate(odd)])


def _glued(texts: Texts, lines: Lines) -> np.ndarray:
    """Words of text that begin with digits, which may be the rest of a long number in a row above (see ``torn``)."""
    number = np.flatnonzero(texts.kind == NUMBER)
    long = np.concatenate(([0], np.cumsum(texts.end[number] - texts.begin[number] >= LONGEST)))
    digit = texts.data[texts.begin] - np.uint8(48) < 10
    word = np.flatnonzero(digit & (texts.kind == TEXT))
    two, five = (texts.data[np.minimum(texts.begin[word] + step, len(texts.data) - 1)] for step in (1, 4))
    year = (texts.end[word] - texts.begin[word] > _YEAR) & (five == _OF_YEAR)
    word = word[((two - np.uint8(48) < 10) | (two - np.uint8(HAN[0]) < HAN[1])) & ~year]
    before = np.searchsorted(number, word)
    above = long[before] > long[np.maximum(before - _MOST_VALUES, 0)]
    word, before = word[above], before[above]
    near = lines.line(texts.begin[word]) - lines.line(texts.begin[number[before - 1]]) <= _NEAR
    return word[near]


def _in_sentences(texts: Texts, lines: Lines, is_value: np.ndarray) -> np.ndarray:
    """Words of text with which a sentence goes on behind a number on their line: then it is no value."""
    word = np.flatnonzero(is_value[:-1] & (texts.kind[1:] == TEXT)) + 1
    word = word[starting(texts.data, texts.begin[word], GOES_ON)]
    word = word[lines.line(texts.begin[word]) == lines.line(texts.begin[word - 1])]
    words = cut(texts.data, texts.begin[word], texts.end[word]).to_list()
    return word[[SENTENCE.match(text) is not None for text in words]]


def _strung(texts: Texts) -> np.ndarray:
    """Words of text that end in what may be a list of numbers, which are no values here (see ``strung``)."""
    word = np.flatnonzero(texts.kind == TEXT)
    end = texts.end[word]
    one, four = texts.data[end - 1], texts.data[np.maximum(end, 4) - 4]
    marked = (one == _FULL_STOP) | (one == _SEMICOLON)
    likely = (one - np.uint8(48) < 10) | (marked & (four - np.uint8(48) < 10)) | (one == ord(";"))
    word = word[likely]
    words = cut(texts.data, texts.begin[word], texts.end[word]).to_list()
    return word[[MAY_BE_STRUNG.search(text) is not None for text in words]]


def place_values(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, following: np.ndarray
) -> Rows:
    """The values of a table in ``reports``; ``following`` is the heading of what follows, in ``Texts.kept``."""
    form = chains.form
    kept = texts.kept
    low, high = chains.low[reports][:, form.rows], chains.high[reports][:, form.rows]
    heading = kept[chains.heading[reports]]
    first = np.searchsorted(values.place, heading)
    widths = np.array(form.widths)
    start = np.cumsum(widths) - widths
    count = widths.sum()
    plain = np.searchsorted(values.place, kept[following]) - first == count
    first = np.where(plain, first, 0)
    label, label_end, behind = kept[low], kept[high - 1], kept[high]
    begin, end = lines.line(label), lines.line(label_end)
    plain &= (begin[:, 1:] > end[:, :-1]).all(axis=1)
    own = np.minimum(first[:, None] + np.arange(count), len(values.place) - 1)
    line = values.line[own]
    head, tail = own[:, start], own[:, start + widths - 1]
    within = values.place[head] < label_end
    inside = np.nonzero(within & plain[:, None])
    after = _text_behind(texts, values.place[head[inside]], values.place[tail[inside]])
    behind[inside] = after
    plain &= ((values.place[head] > label) & (values.place[tail] < behind)).all(axis=1)
    plain &= (lines.line(behind) > values.line[tail]).all(axis=1)
    # On lines of different lengths, one may have lost a value.
    changes = np.zeros(own.shape, bool)
    changes[:, 1:] = line[:, 1:] != line[:, :-1]
    changes[:, start] = False
    lengths = np.add.reduceat(changes, start, axis=1, dtype=np.int64)
    plain &= ((lengths == 0) | (lengths == widths - 1)).all(axis=1)
    beside = np.add.reduceat(line == np.repeat(end, widths, axis=1), start, axis=1, dtype=np.int64)
    together = within | (beside == widths)
    plain &= (together | (beside == 0)).all(axis=1)
    in_cells = (beside == widths) & ~within & (begin == end)
    plain &= ((lines.drawn[end + 1] == lines.drawn[begin]) | in_cells).all(axis=1)
    drawn = np.add.reduceat(lines.is_drawn[line], start, axis=1, dtype=np.int64)
    plain &= (together | (drawn == 0)).all(axis=1) & values.alone[own].all(axis=1)
    among = lines.partings(values.place[head], values.place[tail])
    plain &= ((drawn == 0) | (among == widths - 1)).all(axis=1)  # no empty cell among them
    last = np.maximum(line[:, -1], end[:, -1])  # a label may end below its values
    last, fine = last_line(texts, lines, kept, high[:, -1], following, last)
    return Rows(plain & fine, first, lines.line(heading), last, np.zeros(len(reports), np.int64))


def _text_behind(texts: Texts, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Where the text goes on behind values within a label; 0 where some of it stands between them."""
    at = texts.keeps.before(first)
    return np.where(texts.keeps.before(last) == at, texts.kept[at], 0)


def last_line(
    texts: Texts, lines: Lines, kept: np.ndarray, end: np.ndarray, following: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The line where a table ends, and whether that is certain: up to ``following`` stands at most its number."""
    heading = lines.line(kept[following])
    certain = (lines.empty[heading] == lines.empty[np.minimum(last + 1, heading)]) & ~lines.parted[heading]
    word = np.searchsorted(texts.begin, kept[following], "right")
    numbered = following > end
    before = np.where(numbered, np.searchsorted(texts.begin, kept[following - 1], "right"), word)
    apart = before < word
    certain &= word - before <= 1
    within = ~numbered | (np.searchsorted(texts.begin, kept[end], "right") == word)
    return np.where(apart, lines.line(kept[following - 1]), last), certain & (apart | within)
