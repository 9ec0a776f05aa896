"""A line of a document cut into words, numbers, marks and empty cells, by bars, tabs or blanks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from orchestration.reading import numbers
from orchestration.reading.normal import key
from orchestration.reading.strung import strung

CutPiece = tuple[str, str, int, numbers.Reading, bool, str]  # kind … fixed: see ``Piece``; the key of a text, else ""

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
_BAR = re.compile("[｜│┃∣]")
_BARS = str.maketrans("｜│┃∣", "||||")
RULE = re.compile(r"\s*:?-{2,}:?\s*|\s*=+\s*")
_DASH = "[-—–―─－·•∙・~_=]"
FOOTER = re.compile(
    rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}+|第\s*\d{{1,4}}\s*页(?:\s*[,，/]?\s*共\s*\d{{1,4}}\s*页)?|"
    r"共\s*\d{1,4}\s*页\s*[,，/]?\s*第\s*\d{1,4}\s*页|\d{1,4}\s*/\s*\d{1,4}|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?|p\.\s*\d{1,4}",
    re.IGNORECASE,
)
_MARKED = r"[-=#*<>!\[\]{}()（）【】—–·\s]"
# What browsers, flip books and readers of scans print between pages: a date with its time, an address, a title, a mark.
_PRINTED = re.compile(
    rf"{_MARKED}*(?:page(?:\s*no)?|第|页码)\s*[.:：]?\s*\d{{1,4}}\s*页?{_MARKED}*|\d{{1,4}}\s+of\s+\d{{1,4}}|"
    r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4},?\s+(?:[上下]午)?\s*\d{1,2}:\d{2}(?!\d).*|"
    r"(?:https?|file|\ufb01le)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?|page\s*\d{1,4}\s+-\s.*",
    re.IGNORECASE,
)
# Markdown's heading and quotation marks, and its emphasis around a whole word.
_MARKUP = re.compile(r"^\s*(?:#{1,6}|>)\s+|\*\*(?=\S)|(?<=\S)\*\*")
# Its emphasis around a number, and the entity for a blank.
_STRESSED = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})([+-]?\d[\d.,]*)\1(?![\w*])")
_BLANK = "&nbsp;"
_ESCAPED = re.compile(r"\\([-+*_.()\[\]#!~>])")  # signs that Markdown would take for its own
# Text with its style, and headings with their names, in Markdown that was made of HTML.
_STYLED = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}|(?<=\s)\{#[^{}]*\}\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # wraps the words of a cell in a line of Markdown
_RULE = "---"  # alone on its line, as below a header of one cell
_RULES = ("----", "====", "────")  # stand in lines that are drawn between the rows of a text table
_BORDER = re.compile(r"\+[-=+]{3,}")  # the same between the cells on the right of one that covers several rows
LONGEST_KEPT = 64  # characters of a text that may come again
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


class Bars(NamedTuple):
    """How the bars of a text part its cells."""

    cellwise: bool  # a line with bars holds one cell, not a row of them
    unled: bool  # rows begin without a bar: one at the beginning closes an empty cell
    unclosed: bool  # and they end without one: one at the end opens an empty cell


class Cut(NamedTuple):
    """A line cut: whether its pieces are cells of a row (``drawn``), and whether tabs part them.

    ``strung`` is the list of which the last pieces are the numbers.
    """

    pieces: list[CutPiece]
    drawn: bool = False
    tabbed: bool = False
    strung: str = ""


NO_BARS = Bars(False, False, False)


def classify(text: str) -> tuple[str, numbers.Reading]:
    return _short_class(text) if len(text) <= LONGEST_KEPT else _class(text)


@lru_cache(maxsize=65536)
def _short_class(text: str) -> tuple[str, numbers.Reading]:
    return _class(text)


def _class(text: str) -> tuple[str, numbers.Reading]:
    if "\u3400" <= text[:1] <= "\u9fff" and text[0] not in _MARKS:
        return "text", numbers.OTHER  # neither a number nor a mark begins so: long sentences need no other look
    reading = numbers.parse(text)
    if reading.kind == "other" and _CJK.search(text):
        return "text", reading
    return reading.kind, reading


def cut_line(line: str, bars: Bars = NO_BARS) -> Cut:
    """The pieces of a line, and whether they are cells of a row, parted by tabs or in another way."""
    if "#" in line or ">" in line or "**" in line:
        line = _BREAK.sub(" ", _MARKUP.sub("", line))
    if "*" in line or "_" in line:
        line = _STRESSED.sub(r"\2", line)
    if "\\" in line:
        line = _ESCAPED.sub(r"\1", line)
    if _BLANK in line:
        line = line.replace(_BLANK, " ")
    if "]{" in line or "{#" in line:
        line = _STYLED.sub(r"\1", line)
    bare = (line if _BAR.search(line) is None else line.translate(_BARS)).strip()
    if (
        FOOTER.fullmatch(bare)
        or (_may_be_printed(bare) and _PRINTED.fullmatch(bare))
        or (not bare.strip("+-=─ ") and (bare == _RULE or any(rule in bare for rule in _RULES)))
    ):
        return Cut([])
    if "+-" in bare or "+=" in bare:
        bare = _BORDER.sub("", bare)
        if not bare.strip("| "):
            return Cut([])
    if found := strung(bare):
        head, text, told = found
        values = [(*classify(raw), raw) for raw in told] or [("other", numbers.OTHER, text)]
        cells = [(kind, raw, -1, reading, False, "") for kind, reading, raw in values]
        return Cut(_chunks(head) + cells, strung=text if told else "")
    if "|" in bare:
        return _barred(bare, bars)
    if may_be_tabbed(line):
        pieces, drawn = _cells(line.split("\t"))
        return Cut(pieces, drawn, drawn)
    return Cut(_chunks(line))


def may_be_tabbed(line: str) -> bool:
    """Whether tabs may part the cells of a line: one at its edge parts nothing."""
    return line.count("\t") > 1 or "\t" in line.strip()


def _may_be_printed(bare: str) -> bool:
    return ":" in bare or "页" in bare or "age" in bare or "AGE" in bare or "of" in bare


def _barred(bare: str, bars: Bars) -> Cut:
    fields = bare.split("|")
    empty = not bare.strip("| \t")
    if (empty and " " not in bare) or (not empty and all(RULE.fullmatch(text) for text in fields if text)):
        return Cut([])  # bars of spanned cells, or the rule below a header
    if bars.cellwise and sum(not text.isspace() for text in fields if text) == 1:
        return Cut(_chunks(bare.replace("|", " ")))
    closed = bare[0] == bare[-1] == "|"
    if len(fields) > 4 or (closed and len(fields) > 3):
        fields = fields[1:] if bare[0] == "|" and not bars.unled else fields
        fields = fields[:-1] if bare[-1] == "|" and not bars.unclosed else fields
        return Cut(*_cells(fields, closed and not bars.unled))
    return Cut([piece for text in fields for piece in _chunks(text)])


def _cells(fields: list[str], fixed: bool = False) -> tuple[list[CutPiece], bool]:
    """The cells of a row; or its chunks, where blanks and not its cells part its numbers, and whether it is a row."""
    found: list[CutPiece] = []
    for column, text in enumerate(fields):
        chunks = text.split()
        if len(chunks) > 1 and any(classify(chunk)[0] == "number" for chunk in chunks):
            kind, _ = classify(text)
            alone = sum(any(map(str.isdigit, other)) for other in fields) == 1
            if kind != "number" and chunks[-1].isascii() and alone:
                return _chunks(" ".join(fields)), False
        text = text.strip()
        kind, reading = classify(text)
        if kind == "other" and text in EMPTY:
            kind, text, reading = "blank", "", numbers.BLANK
        found.append((kind, text, column, reading, fixed, key(text) if kind == "text" else ""))
    return found, True


def _chunks(line: str) -> list[CutPiece]:
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
    from orchestration.reading.labels import numbered_labels

    return len(text) > 3 and any(word.startswith(text) for word in numbered_labels())


@lru_cache(maxsize=4096)
def _goes_on(text: str) -> bool:
    """Whether a number is one within the label of a column, which a line has parted from its words."""
    from orchestration.reading.labels import numbers_within

    return text in numbers_within()


@lru_cache(maxsize=4096)
def _ends_a_label(text: str) -> bool:
    from orchestration.reading.labels import label_tails

    return key(text).endswith(label_tails())
