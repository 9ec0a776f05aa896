"""Other characters for the same text: Kangxi radicals as PDF fonts leave them, Traditional characters, wide digits."""

from __future__ import annotations

import unicodedata
from functools import cache
from random import Random

# U+2E80 to U+2EFF: NFKC leaves these as they are; only the radicals that occur in such reports
SUPPLEMENT = dict(
    zip("民门见长车页风飞食马鱼鸟麦黄齐龙贝西青角骨", "⺠⻔⻅⻓⻋⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻰⻉⻄⻘⻆⻣", strict=True)
)
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


@cache
def _radicals() -> dict[str, str]:
    kangxi = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    return kangxi | SUPPLEMENT


def kangxi(rng: Random) -> dict[int, str]:
    """A translation of most of the characters that are radicals, as one font subset makes it."""
    return {ord(plain): radical for plain, radical in _radicals().items() if rng.random() < 0.9}


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("s2t")


@cache
def _traditional(character: str) -> str:
    return _converter().convert(character)


def traditional(text: str) -> str:
    """``text`` in Traditional characters, one by one."""
    return text.translate({ord(c): _traditional(c) for c in set(text) if "\u4e00" <= c <= "\u9fff"})
