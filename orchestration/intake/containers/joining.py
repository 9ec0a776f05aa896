"""Pieces of text that a container draws apart, put together as a person reads them."""

from __future__ import annotations

import re

# Han, radicals, kana, CJK and full-width punctuation, and the quotation marks that Chinese text uses.
WIDE = re.compile(
    "[\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff60\U00020000-\U0003ffff]"
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UNSEEN = tuple(map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF)))
OBJECT = "\ufffc"  # stands in a cell of a row that shows no text but a picture, as a cell without any would be empty
ARRANGING = 2  # cells of a row that only arranges pictures, at most
RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


def visible(text: str) -> str:
    """A text without the characters that nobody sees, which part a number or a label for a machine alone."""
    if text.isascii() or not any(mark in text for mark in _UNSEEN):  # half the time of looking for the pattern
        return text
    return INVISIBLE.sub("", text)


def join_paragraphs(paragraphs: list[str]) -> str:
    """The text of a cell: paragraphs of Chinese are one label, others stay parted by a line end.

    So 自, 然, 人 are 自然人, and 12 over 34 is never 1234.
    """
    if len(paragraphs) == 1:
        return paragraphs[0]
    filled = [paragraph for paragraph in paragraphs if paragraph]
    joined = "".join(filled[:1])
    for before, paragraph, behind in zip(filled, filled[1:], [*filled[2:], ""], strict=False):
        # A slash between words of a label (增, /, 减) is one of its characters.
        slash = paragraph == "/" and WIDE.match(joined[-1]) and WIDE.match(behind)
        slashed = before == "/" and len(joined) > 1 and WIDE.match(joined[-2]) and WIDE.match(paragraph)
        together = slash or slashed or (WIDE.match(joined[-1]) and WIDE.match(paragraph))
        joined += paragraph if together else f"\n{paragraph}"
    return joined
