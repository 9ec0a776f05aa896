"""A line of a document cut into words, numbers, marks and empty cells, by bars, tabs or blanks."""

from __future__ import annotations

import re
from typing import NamedTuple

from orchestration.reading.labels.normal import key
from orchestration.reading.pieces import numbers
from orchestration.reading.pieces.chunks import EMPTY, CutPiece, chunks_of, classify
from orchestration.reading.pieces.strung import strung

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
        return Cut(chunks_of(head) + cells, strung=text if told else "")
    if "|" in bare:
        return _barred(bare, bars)
    if may_be_tabbed(line):
        pieces, drawn = _cells(line.split("\t"))
        return Cut(pieces, drawn, drawn)
    return Cut(chunks_of(line))


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
        return Cut(chunks_of(bare.replace("|", " ")))
    closed = bare[0] == bare[-1] == "|"
    if len(fields) > 4 or (closed and len(fields) > 3):
        fields = fields[1:] if bare[0] == "|" and not bars.unled else fields
        fields = fields[:-1] if bare[-1] == "|" and not bars.unclosed else fields
        return Cut(*_cells(fields, closed and not bars.unled))
    return Cut([piece for text in fields for piece in chunks_of(text)])


def _cells(fields: list[str], fixed: bool = False) -> tuple[list[CutPiece], bool]:
    """The cells of a row; or its chunks, where blanks and not its cells part its numbers, and whether it is a row."""
    found: list[CutPiece] = []
    for column, text in enumerate(fields):
        chunks = text.split()
        if len(chunks) > 1 and any(classify(chunk)[0] == "number" for chunk in chunks):
            kind, _ = classify(text)
            alone = sum(any(map(str.isdigit, other)) for other in fields) == 1
            if kind != "number" and chunks[-1].isascii() and alone:
                return chunks_of(" ".join(fields)), False
        text = text.strip()
        kind, reading = classify(text)
        if kind == "other" and text in EMPTY:
            kind, text, reading = "blank", "", numbers.BLANK
        found.append((kind, text, column, reading, fixed, key(text) if kind == "text" else ""))
    return found, True
