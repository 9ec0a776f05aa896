"""From a sentence to tokens: declared words, numbers with their units, years and breaks.

A row of tokens is also a string with one private character per class, over which the declared patterns are regular
expressions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from orchestration.form.claims import claim_declaration
from orchestration.reading.labels.normal import RADICALS, simplified
from orchestration.reading.pieces.numbers import MAX_DIGITS, fold

# Classes that no word has: they are found by form.
NUMBER, MONEY, PERCENT, OTHER_NUMBER, BREAK, UNKNOWN, OTHER_YEAR, SOME_YEAR = (
    "#", "#money", "#percent", "#other", ",", "unknown", "other_year", "some_year",
)  # fmt: skip
_FOUND = (NUMBER, MONEY, PERCENT, OTHER_NUMBER, BREAK, UNKNOWN, OTHER_YEAR, SOME_YEAR)
FIRST_CLASS = 0xE000
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000, "亿": 100000000}
_COUNTERS = "件次|宗次|件|条|份|宗|起|例|项|个|封|笔|部|篇"
_NUMBER = (
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?P<decimals>\.\d+)?(?P<scale>[十百千万亿]?)"
    r"|(?P<chinese>[〇零一二两三四五六七八九十百千万亿]{1,12})"
)
_UNIT = re.compile(
    rf"(?P<vague>[余多几])?(?:(?P<money>亿元|万元|元)|(?P<percent>%|个百分点|‰)|(?!个(?:月|工作日|自然日))(?P<count>{_COUNTERS}))?"
    r"(?P<more>[余多]|左右|以上|以下|以内|上下|之多)?"
)
_TO = "(?:[-—~～]|至|到)"
_YEAR = (
    rf"(?P<span>20\d\d年?{_TO}20\d\d年)"
    r"|(?P<year>20\d\d|[一二][〇○零0O一二三四五六七八九]{3})年(?:度?以来|度|末|底)?"
)
_MONTH = (
    rf"(?P<whole>(?<!\d)1{_TO}12月份?|1月1日|12月31日|12月[底末]|年[底末])"
    rf"|(?P<months>\d{{1,2}}(?:{_TO}\d{{1,2}})?月(?:份|底)?(?:\d{{1,2}}日)?)"
)
_BREAK = r"(?P<break>[,，;；()（）\[\]。！？!?…]+)"
_VAGUE_BEFORE = re.compile(r"(?:近|约|逾|超|超过|大约|不足|至少|将近|接近|不到|\d(?:-|—|~|～|至|到))$")
_ORDINAL_BEFORE = ("第", "每", "同", "这", "那", "任", "某", "统", "哪", "唯", "“", "另")
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_TRADITIONAL = re.compile("[請開訴訟複復議辦發處結轉規關]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is a word class or one of the constants above; ``start`` and ``end`` are offsets in the clean text.

    ``value`` of a number; ``half`` is half of its last printed digit where it is rounded; ``doubt`` a code of
    claim_reasons.csv or None.
    """

    kind: str
    start: int
    end: int
    value: Decimal | None = None
    half: Decimal = Decimal(0)
    doubt: str | None = None


def clean(text: str) -> tuple[str, list[int]]:
    """The text in one spelling without space, and for each of its characters the offset in ``text``."""
    if _RADICAL.search(text):
        text = text.translate(_radicals())
    if _TRADITIONAL.search(text):
        text = text.translate(_single(simplified(all_forms=True)))
    text = fold(text)
    places: list[int] = []
    parts: list[str] = []
    at = 0
    for space in _SPACE.finditer(text):
        places += range(at, space.start())
        parts.append(text[at : space.start()])
        # Two numbers stay two: a space between digits becomes a mark that is no word.
        if text[space.start() - 1 : space.start()].isdigit() and text[space.end() : space.end() + 1].isdigit():
            parts.append("\x00")
            places.append(space.start())
        at = space.end()
    places += range(at, len(text))
    parts.append(text[at:])
    return "".join(parts), places


@lru_cache(maxsize=1)
def _radicals() -> dict[int, str]:
    """Every radical with the character that it stands for."""
    blocks = {code: chr(char) for code, char in RADICALS.items()}
    blocks |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return _single({code: char.translate(simplified()) for code, char in blocks.items()})


def _single(table: dict[int, str]) -> dict[int, str]:
    return {code: char for code, char in table.items() if len(char) == 1}


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """A private character for each class of tokens."""
    names = dict.fromkeys((*_FOUND, *(word.word_class for word in claim_declaration().words)))
    return {name: chr(FIRST_CLASS + number) for number, name in enumerate(names)}


@lru_cache(maxsize=1)
def _scanner() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {fold(word.word): word.word_class for word in claim_declaration().words}
    pattern = f"{_YEAR}|{_MONTH}|(?P<word>{_trie(words)})|{_NUMBER}|{_BREAK}"
    return re.compile(pattern), words


def _trie(words: Iterable[str]) -> str:
    """One regular expression for many words, the longest first, that looks at each character once."""
    tree: dict = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: dict) -> str:
    choices = [re.escape(char) + _branch(below) for char, below in node.items() if char]
    if not choices:
        return ""
    joined = choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    return f"(?:{joined})?" if "" in node else joined


def tokenise(text: str, year: int | None) -> list[Token]:
    """The tokens of a clean text, without gaps: what is no word is a token of the class unknown."""
    pattern, words = _scanner()
    found: list[Token] = []
    at = 0
    while (match := pattern.search(text, at)) is not None:
        if match.start() > at:
            found.append(Token(UNKNOWN, at, match.start()))
        token = _token(match, text, words, year)
        found.append(token)
        at = token.end
    if at < len(text):
        found.append(Token(UNKNOWN, at, len(text)))
    return found


def _token(match: re.Match[str], text: str, words: dict[str, str], year: int | None) -> Token:
    start, end = match.span()
    if match["word"]:
        return Token(words[match["word"]], start, end)
    if match["break"]:
        return Token(BREAK, start, end)
    if match["span"]:
        return Token("cumulative", start, end)
    if match["months"]:
        return Token("part_year", start, end)
    if match["whole"]:
        return Token("filler", start, end)
    if match["year"]:
        return Token(_year_class(_chinese_year(match["year"]), year), start, end)
    return _number(match, text)


def _year_class(named: int, year: int | None) -> str:
    if year is None:
        return SOME_YEAR
    return {0: "this_year", -1: "last_year", 1: "next_year"}.get(named - year, OTHER_YEAR)


def _chinese_year(text: str) -> int:
    return int("".join(str(_DIGITS.get(c, 0 if c in "O○" else c)) for c in text))


def _number(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    unit = _UNIT.match(text, end)
    before = text[max(0, start - 3) : start]
    value, half = _value(match)
    vague = _VAGUE_BEFORE.search(before) or (match[0][0] in _SCALES and before[-1:] in "数上")
    if value is None and vague and match[0] in _SCALES:
        value = Decimal(_SCALES[match[0]])
    ordinal = before.endswith(_ORDINAL_BEFORE[:-2]) or (match["chinese"] and before.endswith(_ORDINAL_BEFORE))
    if value is None or ordinal or (match["chinese"] and not any(unit[k] for k in ("money", "count"))):
        return Token(UNKNOWN, start, end)
    doubt = None
    if unit["vague"] or unit["more"] or vague:
        doubt = "approximate"
    elif before.endswith((".", "-", "\x00", "/")) or text[end : end + 1] == "\x00":
        doubt = "number_form"
    kind = OTHER_NUMBER
    if unit["money"]:
        kind = MONEY
        factor = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}[unit["money"]]
        value, half = value * factor, half * factor
    elif unit["percent"]:
        kind = PERCENT
    elif unit["count"] or text[unit.end() : unit.end() + 1] in ("", ",", ";", "(", ")", "。", "、"):
        kind = NUMBER
        if not unit["count"] and not before.endswith(("为", "是", "：", ":", "共", "计")):
            kind = OTHER_NUMBER
        half = half if match["scale"] else Decimal(0)
        if match["decimals"] and not match["scale"]:
            doubt = "number_form"
    return Token(kind, start, unit.end(), value, half, doubt)


def _value(match: re.Match[str]) -> tuple[Decimal | None, Decimal]:
    if match["chinese"]:
        number = chinese_number(match["chinese"])
        return (None if number is None else Decimal(number)), Decimal(0)
    digits = match["digits"].replace(",", "")
    decimals = match["decimals"] or ""
    if len(digits) + len(decimals) > MAX_DIGITS:
        return None, Decimal(0)
    scale = Decimal(_SCALES.get(match["scale"], 1))
    half = Decimal(5).scaleb(-max(len(decimals), 1)) if decimals else Decimal("0.5")
    return Decimal(digits + decimals) * scale, half * scale


def chinese_number(text: str) -> int | None:
    """The value of a number in Chinese numerals (一百零三, 两, 二〇), or None for what is none."""
    if not any(char in _SCALES for char in text):
        if len(text) > 1 and "两" in text:
            return None
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) < 10 else None
    total = section = digit = 0
    last = 10**12
    for place, char in enumerate(text):
        if char in _DIGITS:
            if place and text[place - 1] in _DIGITS and text[place - 1] not in "零〇":
                return None
            digit = _DIGITS[char]
            continue
        scale = _SCALES[char]
        if scale >= 10000:
            total = (total + section + digit) * scale
            section = digit = 0
            last = 10**12
        else:
            if scale >= last or (digit == 0 and not (char == "十" and section == 0)):
                return None
            section += (digit or 1) * scale
            digit, last = 0, scale
    return total + section + digit
