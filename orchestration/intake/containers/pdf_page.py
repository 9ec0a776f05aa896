"""What one PDF page draws, as PDFium tells it: characters with their boxes, ruling lines, and pictures."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from orchestration.intake.containers.limits import MAX_CHARACTERS
from orchestration.intake.containers.pdf_ink import BLACK, Box, ink_at, seen
from orchestration.intake.containers.pdf_paths import Matrix, Rulings, address_of, moved_box, read_rulings, read_shades
from orchestration.intake.document import SetAsideError

HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))  # how PDFium writes a hyphen at the end of a line
SPACES = frozenset((0x20, 0x09, 0xA0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F))
BLANK = frozenset((0x00, 0x0A, 0x0D))
INFLATED = 2.5  # of the size: no box is so large
QUARTER = math.pi / 2
SLANTED = math.radians(8)
SCAN = 0.5  # a picture over half of the page with invisible text above it is a scan
TYPED = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP)
OUTLINES = 300  # paths on a page without text: letters drawn as curves


class Glyph(NamedTuple):
    """A character: its box in points from the bottom left of the upright page, and its baseline."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    wide: bool  # Chinese, as wide as high
    ink: int = BLACK


@dataclass(slots=True)
class Page:
    """The contents of a page, turned so that its text runs from left to right."""

    glyphs: list[Glyph] = field(default_factory=list)
    rulings: Rulings = field(default_factory=Rulings)
    images: int = 0
    unmapped: int = 0  # characters whose font does not say what they are
    scanned: bool = False  # the text was only what a machine recognised in a picture


def read_page(document: Any, number: int) -> Page:
    """Page ``number``, from 0. Raises SetAsideError ``broken_file`` or ``reading_limit``."""
    handle = pdfium.FPDF_LoadPage(document, number)
    if not handle:
        raise SetAsideError("broken_file", f"Page {number + 1} of the PDF is damaged. Fetch the file again.")
    if _typed_over(handle):
        pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY)
        pdfium.FPDF_ClosePage(handle)
        handle = pdfium.FPDF_LoadPage(document, number)
    text = pdfium.FPDFText_LoadPage(handle)
    try:
        page = Page()
        area = pdfium.FPDF_GetPageWidthF(handle) * pdfium.FPDF_GetPageHeightF(handle)
        page.rulings = read_rulings(handle)
        turn = _read_glyphs(text, page, _edges(handle)) if text else 0
        if len(page.rulings.inks) > 1:
            page.glyphs = seen(page.glyphs, lambda: read_shades(handle))
        if turn:
            _turn(page, turn)
        _judge_pictures(page, max(1.0, area))
        return page
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(handle)


def _typed_over(handle: Any) -> bool:
    """Whether text was typed onto the page with a PDF editor, or into the fields of a form."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(handle)):
        note = pdfium.FPDFPage_GetAnnot(handle, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in TYPED:
            return True
    return False


def _edges(handle: Any) -> Box:
    """What is shown of the page; the rest was cropped."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(handle, box):
        return -math.inf, -math.inf, math.inf, math.inf
    return box.left, box.bottom, box.right, box.top


def _read_glyphs(text: Any, page: Page, edges: Box) -> int:
    """Fill in the characters; how many quarter turns to the left the text of the page runs."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        raise SetAsideError("reading_limit", f"A page draws more than {MAX_CHARACTERS} characters. Split the file.")
    box, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    get_unicode, get_box, get_origin = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
    )
    get_matrix, get_size = pdfium.FPDFText_GetMatrix, pdfium.FPDFText_GetFontSize
    invisible, coloured, moved = page.rulings.invisible_text, len(page.rulings.inks) > 1, page.rulings.moved
    low_x, low_y, high_x, high_y = edges
    turned: list[tuple[int, Glyph]] = []
    for index in range(count):
        code = get_unicode(text, index)
        if code in BLANK or not get_box(text, index, box) or (box.left == box.right and code in SPACES):
            continue  # line ends and spaces that PDFium made up
        get_matrix(text, index, matrix)
        angle = math.atan2(matrix.b, matrix.a)
        quarter = round(angle / QUARTER)
        if abs(angle - quarter * QUARTER) > SLANTED:
            continue  # a watermark
        if invisible and _is_invisible(text, index):
            page.scanned = True
            continue
        size = math.hypot(matrix.c, matrix.d) * get_size(text, index) or box.top - box.bottom
        if max(box.right - box.left, box.top - box.bottom) > INFLATED * size:
            _use_ink(text, index, box)
        get_origin(text, index, x, y)
        if moved:
            _move(text, index, box, x, y, moved)
        if not (low_x < (box.left + box.right) / 2 < high_x and low_y < (box.bottom + box.top) / 2 < high_y):
            continue
        if code in HYPHENS:
            code = 0x2D
        elif code < 0x2E80 and (code < 0x20 or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1):
            page.unmapped += 1
            code = 0xFFFD
        character = " " if code in SPACES else chr(code)
        wide = code >= 0x2E80 or 0x2018 <= code <= 0x2026
        base = y.value if quarter % 2 == 0 else x.value
        glyph = Glyph(character, box.left, box.bottom, box.right, box.top, base, size, wide)
        if coloured:
            glyph = glyph._replace(ink=ink_at(text, index))
        turned.append((quarter % 4, glyph))
    if not turned:
        return 0
    main = Counter(quarter for quarter, _ in turned).most_common(1)[0][0]
    # Letters that stand across the rest keep their boxes: a label printed up the side of a table.
    page.glyphs = [
        glyph if quarter % 2 == main % 2 else glyph._replace(base=(glyph.y0, glyph.x1, glyph.y1, glyph.x0)[main])
        for quarter, glyph in turned
    ]
    return main


def _use_ink(text: Any, index: int, box: Any) -> None:
    """PDFium gives characters written downwards a box in the units of their font, not of the page."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value


def _move(text: Any, index: int, box: Any, x: Any, y: Any, moved: dict[int, tuple[Matrix, Box]]) -> None:
    """PDFium forgets where a form stands for some characters that it reads as others, such as the radical ⾏ for 行."""
    held = moved.get(address_of(pdfium.FPDFText_GetTextObject(text, index)))
    put = held and put_back((box.left, box.bottom, box.right, box.top), *held)
    if held and put:
        box.left, box.bottom, box.right, box.top = put
        x.value, y.value = moved_box((x.value, y.value, x.value, y.value), held[0])[:2]


def put_back(box: Box, matrix: Matrix, whole: Box) -> Box | None:
    """The box of a character as its form places it, where it lies outside of its text and lies within it after that."""
    placed = moved_box(box, matrix)
    return placed if not _within(box, whole) and _within(placed, whole) else None


def _within(box: Box, whole: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return whole[0] <= x <= whole[2] and whole[1] <= y <= whole[3]


def _is_invisible(text: Any, index: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _turn(page: Page, quarters: int) -> None:
    """Turn everything to the right by quarters."""
    for _ in range(quarters):
        page.glyphs = [Glyph(g.text, g.y0, -g.x1, g.y1, -g.x0, *g[5:]) for g in page.glyphs]
        page.rulings.turn()
    if quarters != 3:  # (x, y) becomes (y, -x), (-x, -y), (-y, x)
        page.glyphs = [glyph._replace(base=-glyph.base) for glyph in page.glyphs]


def _judge_pictures(page: Page, area: float) -> None:
    """How many pictures could be tables; a scan is one, whatever text was recognised under it."""
    pictures = page.rulings.pictures
    whole = sum(width * height for width, height in pictures)
    page.scanned = page.scanned and whole >= SCAN * area
    large = sum(1 for width, height in pictures if width >= 150 and height >= 60)
    if not large and whole >= 0.2 * area:
        large = 1  # a scan in strips
    if not page.glyphs and not large and page.rulings.paths >= OUTLINES:
        large = 1
    page.images = large
