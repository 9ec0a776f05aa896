"""The words, numbers and marks of a line that blanks part, and what each of them is.

A number may be no value: that of an item in a list, one that stands in a sentence or in a note, or one of a label.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.reading.labels.normal import key
from orchestration.reading.pieces import numbers

CutPiece = tuple[str, str, int, numbers.Reading, bool, str]  # kind … fixed: see ``Piece``; the key of a text, else ""

LONGEST_KEPT = 64  # characters of a text that may come again
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
_LONGEST_ITEM = 4  # characters of the number of a label in a list
_STAMP = re.compile(r"\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4},?|\d{1,2}:\d{2}(?::\d{2})?")
_BULLET = ("not_applicable", "-")  # before the words of an item in a list
_MARKS = ("无", "無", "不", *numbers.CHANGES)  # with which a mark for no value begins, or a number
EMPTY = ("NaN", "nan", "None", "null", "<NA>")  # what tools that rewrite tables print for an empty cell
_WORD = re.compile(r"\w")
# A number with its unit and its bracketed note is one chunk although the note may hold blanks.
_CHUNK = re.compile(
    r"\s*+((?<!\S)[+\-－＋]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?(?:\s?(?:万元|元|件|项|条|宗|个))?"
    r"(?:\s?[(（](?=[^()（）]{3,}[)）](?:\s|$))[^()（）]*[)）])?(?!\S)|\S+)"
)
# A number that a punctuation mark follows stands in a sentence; one before a label may be its place in the list.
_STOPS = "，。；、！？"
_UNITS = ("万元", "亿元", "元", "件次", "件", "项", "条", "宗", "个", "份", "次", "起", "人次", "人", "篇", "名")
_PUNCTUATION = re.compile(f"[{_STOPS}]")
SENTENCE = re.compile(rf"\s*(?:{'|'.join(_UNITS)})?\s*[{_STOPS}]")
GOES_ON = "".join(dict.fromkeys([*_STOPS, *(unit[0] for unit in _UNITS)]))  # with which what it matches may begin
_NOTED = re.compile(r"\s*(?:万元|元|件|项|条|宗|个)?\s*[)）]")  # closes a note in which a number stands: 2 件）
_ITEM_ENDS = ")）.．、"
_ITEM = re.compile(rf"[(（]?[\d０-９]{{1,2}}[{_ITEM_ENDS}]")
_TAIL = re.compile(r"(.*[^\d０-９.,，．+\-－＋/])([\d０-９]+(?:[.．][\d０-９]+)?)$")


def classify(text: str) -> tuple[str, numbers.Reading]:
    """The kind of a piece (see ``Piece``), and what it holds."""
    return _short_class(text) if len(text) <= LONGEST_KEPT else _class(text)


@lru_cache(maxsize=65536)
def _short_class(text: str) -> tuple[str, numbers.Reading]:
    return _class(text)


def _class(text: str) -> tuple[str, numbers.Reading]:
    if _begins_words(text):
        return "text", numbers.OTHER  # long sentences need no other look
    reading = numbers.parse(text)
    if reading.kind == "other" and _CJK.search(text):
        return "text", reading
    return reading.kind, reading


def _begins_words(text: str) -> bool:
    """Whether a text begins as neither a number nor a mark does."""
    return "\u3400" <= text[:1] <= "\u9fff" and text[0] not in _MARKS


def chunks_of(line: str) -> list[CutPiece]:
    """The pieces of a line, or of a cell, that blanks part."""
    parts = line.split()
    if len(parts) == 1 and _begins_words(parts[0]) and not parts[0][-1].isdecimal():
        return [("text", parts[0], -1, numbers.OTHER, False, key(parts[0]))]  # as are most lines of sentences
    found: list[CutPiece] = []
    kinds: set[str] = set()
    sentences = _PUNCTUATION.search(line) is not None
    brackets = ")" in line or "）" in line
    begins = True
    for match in _CHUNK.finditer(line.rstrip()):
        text = match[1]
        kind, reading = classify(text)
        tail = _TAIL.fullmatch(text) if kind == "text" and text[-1].isdecimal() else None
        if kind == "other" and (not _WORD.search(text) or _is_word(text)):
            continue
        told = sentences and kind == "number"
        if (told and (text.startswith(numbers.CHANGES) or SENTENCE.match(line, match.end()))) or (
            (begins or text[-1] in _ITEM_ENDS)
            and len(text) <= _LONGEST_ITEM
            and _is_item(text, line, match.start(1), match.end())
        ):
            kind = "text"
        if brackets and kind == "number" and _NOTED.match(line, match.end()):
            kind, reading = "other", numbers.OTHER
        if kind == "number" and found and found[-1][0] == "text" and _goes_on(found[-1][5][-2:] + text):
            kind = "text"
        begins = False
        if tail and _ends_a_label(tail[1]):
            found.append(("text", tail[1], -1, numbers.BLANK, False, key(tail[1])))
            kind, text, reading = "number", tail[2], numbers.parse(tail[2])
        found.append((kind, text, -1, reading, False, key(text) if kind == "text" else ""))
        kinds.add(kind)
    if found[1:] and found[0][:2] == _BULLET and found[1][0] == "text":
        found = found[1:]
    if "text" in kinds and "number" not in kinds and len(kinds) > 1:
        _mend_words(found)
    return found


def _is_word(text: str) -> bool:
    """Whether a chunk is a word of another language, as in labels that are printed in two, or a date or time of day."""
    if _STAMP.fullmatch(text):
        return True
    bare = text.strip("()[]\"'.,:;&/-")
    return len(bare) > 1 and bare.isalpha() and bare not in EMPTY


def _mend_words(found: list[CutPiece]) -> None:
    """Take a mark for no value among words for one of them: 无 of a broken 无法提供."""
    last = len(found) - 1
    for at, (_, text, column, reading, fixed, _) in enumerate(found):
        marks = [found[near][0] for near in (at - 1, at + 1) if 0 <= near <= last].count("not_applicable")
        if _CJK.search(text) and not marks and not (at and _ends_a_label(found[at - 1][1])):
            found[at] = ("text", text, column, reading, fixed, key(text))


def _is_item(text: str, line: str, start: int, end: int) -> bool:
    """Whether a chunk of a line is the number of the label behind it: 1. or, at the beginning of the line, 1."""
    if not text.strip("(（)）.．、").isdigit():
        return False
    behind = line[end:].split(maxsplit=1)[:1]
    if _ITEM.fullmatch(text):
        return bool(_CJK.match(behind[0])) if behind else not line[:start].strip()
    return bool(behind) and not line[:start].strip() and _numbers_a_label(key(text) + key(behind[0]))


@lru_cache(maxsize=4096)
def _numbers_a_label(text: str) -> bool:
    from orchestration.reading.labels.labels import numbered_labels

    return len(text) > 3 and any(word.startswith(text) for word in numbered_labels())


@lru_cache(maxsize=4096)
def _goes_on(text: str) -> bool:
    """Whether a number is one within the label of a column, which a line has parted from its words."""
    from orchestration.reading.labels.labels import numbers_within

    return text in numbers_within()


@lru_cache(maxsize=4096)
def _ends_a_label(text: str) -> bool:
    from orchestration.reading.labels.labels import label_tails

    return key(text).endswith(label_tails())
