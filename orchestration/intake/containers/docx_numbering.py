"""The numbers that Word draws before paragraphs (一、 1. （一）): they are printed but stand in no text."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from orchestration.intake.containers.docx_package import Package, attribute, child, local

DIGITS = "〇一二三四五六七八九"
PLACE = re.compile(r"%([1-9])")
CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, package: Package, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, etree._Element]] = {}  # abstract list -> level -> its definition
        self._lists: dict[str, str] = {}  # list -> abstract list
        self._styles: dict[str, tuple[str, int]] = {}  # paragraph style -> list and level
        self._restarts: dict[str, dict[int, int]] = {}  # list -> level -> where it begins, until it has begun
        self._counts: dict[str, dict[int, int]] = {}
        root = package.part("word/numbering.xml")
        if root is None:
            return
        for node in root:
            if local(node) == "abstractNum":
                levels = {_number(attribute(level, "ilvl")): level for level in node if local(level) == "lvl"}
                self._levels[attribute(node, "abstractNumId") or ""] = levels
            elif local(node) == "num":
                name = attribute(node, "numId") or ""
                self._lists[name] = attribute(child(node, "abstractNumId"), "val") or ""
                starts = {_number(attribute(below, "ilvl")): child(below, "startOverride") for below in node}
                self._restarts[name] = {
                    level: _number(attribute(start, "val")) for level, start in starts.items() if start is not None
                }
        for style in styles if styles is not None else ():
            numbers = child(style, "pPr", "numPr") if local(style) == "style" else None
            if numbers is not None and (numbered := attribute(child(numbers, "numId"), "val")):
                level = _number(attribute(child(numbers, "ilvl"), "val"))
                self._styles[attribute(style, "styleId") or ""] = (numbered, level)

    def mark(self, paragraph: etree._Element) -> str:
        """What is drawn before the paragraph, or an empty text."""
        if not self._lists:
            return ""
        properties = child(paragraph, "pPr")
        if properties is None:
            return ""
        numbers = child(properties, "numPr")
        if numbers is None:
            numbered, level = self._styles.get(attribute(child(properties, "pStyle"), "val") or "", ("", 0))
        else:
            numbered = attribute(child(numbers, "numId"), "val") or ""
            level = _number(attribute(child(numbers, "ilvl"), "val"))
        abstract = self._lists.get(numbered, "")
        definition = self._levels.get(abstract, {}).get(level)
        if definition is None:
            return ""
        if (start := self._restarts[numbered].pop(level, None)) is not None:
            self._counts.setdefault(abstract, {})[level] = start - 1
        return self._count(abstract, level, definition)

    def _count(self, abstract: str, level: int, definition: etree._Element) -> str:
        counts = self._counts.setdefault(abstract, {})
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        counts[level] = counts.get(level, self._start(abstract, level) - 1) + 1
        if attribute(child(definition, "numFmt"), "val") in ("bullet", "none"):
            return ""

        def count(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            shape = attribute(child(self._levels[abstract].get(wanted), "numFmt"), "val") or "decimal"
            return write(counts.get(wanted, self._start(abstract, wanted)), shape)

        text = PLACE.sub(count, attribute(child(definition, "lvlText"), "val") or "")
        gap = "" if not text or text[-1] > "\u2e80" or attribute(child(definition, "suff"), "val") == "nothing" else " "
        return text + gap

    def _start(self, abstract: str, level: int) -> int:
        start = attribute(child(self._levels.get(abstract, {}).get(level), "start"), "val")
        return _number(start) if start else 1


def write(number: int, shape: str) -> str:
    """A count as Word writes it in one of its formats; formats not known here come out as digits."""
    if shape in CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    if shape == "ideographDigital":
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if shape == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if shape in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return chr(0x245F + number)
    if shape in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((0x60 if shape == "lowerLetter" else 0x40) + number)
    shapes: dict[str, Callable[[int], str]] = {"decimalZero": "{:02}".format}
    return shapes.get(shape, str)(number)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
