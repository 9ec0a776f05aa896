"""What a piece of a cell holds: a number with its unit and note, a mark for not applicable, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# Only full-width forms are folded here: superscripts and circled digits are footnote marks, not digits.
_WIDTH = str.maketrans("０１２３４５６７８９．，＋－−﹣％（）／　", "0123456789.,+---%()/ ")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?|增加?|减少?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?\s*"
    r"(?P<unit>万元|亿元|元|件次|件|项|条|宗|个|份|次|起|人次|人)?\s*(?P<mark>[①-⑳⑴-⒇¹²³⁰⁴-⁹*※]+)?\s*(?P<note>\(.*\)|\[.*\]|【.*】)?"
)
_NOT_APPLICABLE = re.compile(r"[/\\—–―─-]+|[(]?[无無][)]?|不[适適]用|n/a|N/A")
_SIGNS = {"增": "+", "减": "-"}
CHANGES = tuple(_SIGNS)  # with which a number begins that tells how another has changed: 增加5
ENDS = tuple("0123456789０１２３４５６７８９.．,，")  # characters behind which a number may go on
_GROUP = 3  # digits between the separators of thousands
MAX_DIGITS = 20
MAX_DECIMALS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One piece: ``kind`` is number, not_applicable, blank or other; ``doubt`` a code of problems.csv or None."""

    kind: str
    value: Decimal | None = None
    unit: str | None = None
    doubt: str | None = None


BLANK = Reading("blank")
NOT_APPLICABLE = Reading("not_applicable")
OTHER = Reading("other")


def fold(text: str) -> str:
    """Full-width digits, signs and brackets as ASCII; nothing else changes, nor does the length."""
    return text if text.isascii() else text.translate(_WIDTH)


def may_be_grouped(value: Decimal) -> bool:
    """Whether the point of a count may stand for a comma: three digits behind it, as in 1.234 for 1,234."""
    return value.as_tuple().exponent == -_GROUP


def parse(text: str) -> Reading:
    """Read one piece of text (a cell, or one chunk of a line); never raises."""
    folded = fold(text).strip()
    if not folded:
        return BLANK
    found = _NUMBER.fullmatch(folded)
    if not found:
        return NOT_APPLICABLE if _NOT_APPLICABLE.fullmatch(folded) else OTHER
    digits = found["digits"].replace(",", "")
    decimals = found["decimals"] or ""
    if len(digits) > MAX_DIGITS or len(decimals) - 1 > MAX_DECIMALS:
        return Reading("other", doubt="joined_numbers" if len(digits) > MAX_DIGITS else "number_form")
    doubt = "number_form" if found["mark"] or (len(digits) > 1 and digits[0] == "0") else None
    sign = _SIGNS.get(found["sign"][:1], found["sign"])
    return Reading("number", Decimal(f"{sign}{digits}{decimals}"), found["unit"], doubt)
