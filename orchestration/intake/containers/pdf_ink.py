"""Which of the characters of a PDF page a reader sees: no watermark that shines through, nothing white on white.

Belongs here: colours and what lies under them. Does not belong here: text that a scan hides (``pdf_page``).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Protocol, TypeVar

import pypdfium2_raw as pdfium

BLACK = 0x000000FF  # red, green, blue and how much it covers, a byte each
PALEST = 0xF5  # of each colour, of 255: no ink on white paper
FAINT = 0x80  # what covers less shines through
NONE = 0x08  # what covers less is not seen at all

Box = tuple[float, float, float, float]


class Inked(Protocol):
    """A character as far as it is judged here: its text, its box, whether it is Chinese, and its colour."""

    @property
    def text(self) -> str: ...
    @property
    def x0(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...
    @property
    def wide(self) -> bool: ...
    @property
    def ink(self) -> int: ...


G = TypeVar("G", bound=Inked)


def ink_of(drawn: Any) -> int | None:
    """The colour that an object is filled with; None where that is a pattern or not told."""
    parts = tuple(ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(drawn, *parts):
        return None
    return _packed(*parts)


def ink_at(text: Any, index: int) -> int:
    """The colour of a character."""
    parts = tuple(ctypes.c_uint() for _ in range(4))
    return _packed(*parts) if pdfium.FPDFText_GetFillColor(text, index, *parts) else BLACK


def _packed(red: Any, green: Any, blue: Any, cover: Any) -> int:
    return red.value << 24 | green.value << 16 | blue.value << 8 | cover.value


def is_white(ink: int | None) -> bool:
    """Whether it cannot be seen on white paper; a pattern can."""
    return ink is not None and min(ink >> 24, ink >> 16 & 0xFF, ink >> 8 & 0xFF) >= PALEST


def seen(glyphs: Sequence[G], read_shades: Callable[[], list[Box]]) -> list[G]:
    """The characters that are seen; ``read_shades`` gives the dark areas of the page, where white can be read.

    Figures that shine through stay, lest a pale number pass for an empty cell: only words make a watermark.
    """
    kept: list[G] = []
    shades: list[Box] | None = None
    for ink, group in groupby(glyphs, key=lambda glyph: glyph.ink):
        run = list(group)
        cover = ink & 0xFF
        if cover < NONE or (cover < FAINT and any(glyph.wide or glyph.text.isalpha() for glyph in run)):
            continue
        if is_white(ink):
            shades = read_shades() if shades is None else shades
            run = [glyph for glyph in run if _over(glyph, shades)]
        kept += run
    return kept


def _over(glyph: Inked, shades: list[Box]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in shades)
