"""The lines and boxes that a PDF page draws, straight across or straight up, and the pictures it places."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium

from orchestration.intake.containers.limits import MAX_DRAWN
from orchestration.intake.containers.pdf_ink import Box, ink_of, is_white

THIN = 3.0  # points: a box no thicker is a line
LEVEL = 0.7  # points that a line may rise over its length
MAX_FORMS = 8  # forms within forms

TEXT, PATH, IMAGE, SHADING, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING,
    pdfium.FPDF_PAGEOBJ_FORM,
)
INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Rulings:
    """Lines as (position, from, to); boxes that are only filled as (x0, y0, x1, y1); sizes of pictures.

    ``inks`` are the colours of texts; ``moved`` are the texts in forms by their address: their matrix and their box.
    """

    across: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    filled: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[float, float]] = field(default_factory=list)
    paths: int = 0
    invisible_text: bool = False
    inks: set[int | None] = field(default_factory=set)
    moved: dict[int, tuple[Matrix, Box]] = field(default_factory=dict)

    def add_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroke, where it is level or upright."""
        if abs(y1 - y0) <= LEVEL and abs(x1 - x0) > LEVEL:
            self.across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= LEVEL and abs(y1 - y0) > LEVEL:
            self.upright.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def add_box(self, x0: float, y0: float, x1: float, y1: float, stroked: bool) -> None:
        """A rectangle: a line where it is thin, four where its outline is drawn, an area otherwise."""
        if y1 - y0 <= THIN and x1 - x0 > THIN:
            self.across.append(((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= THIN and y1 - y0 > THIN:
            self.upright.append(((x0 + x1) / 2, y0, y1))
        elif x1 - x0 > THIN and stroked:
            self.across += [(y0, x0, x1), (y1, x0, x1)]
            self.upright += [(x0, y0, y1), (x1, y0, y1)]
        elif x1 - x0 > THIN:
            self.filled.append((x0, y0, x1, y1))

    def turn(self) -> None:
        """A quarter turn to the right: (x, y) becomes (y, -x)."""
        self.across, self.upright = (
            [(-x, y0, y1) for x, y0, y1 in self.upright],
            [(y, -x1, -x0) for y, x0, x1 in self.across],
        )
        self.filled = [(y0, -x1, y1, -x0) for x0, y0, x1, y1 in self.filled]


def read_rulings(page: Any) -> Rulings:
    """All that a page draws but its text."""
    found = Rulings()
    _read(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, IDENTITY, found, 0)
    if found.paths > MAX_DRAWN:  # a drawing: no tables are looked for in it
        return replace(found, across=[], upright=[], filled=[])
    return found


def read_shades(page: Any) -> list[Box]:
    """The areas that a page colours, by paths, pictures or gradients; white ones are none."""
    found: list[Box] = []
    _shade(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, IDENTITY, found, 0)
    return found


def _shade(
    parent: Any, count: int, get: Callable[[Any, int], Any], matrix: Matrix, found: list[Box], depth: int
) -> None:
    for index in range(min(count, MAX_DRAWN)):
        drawn = get(parent, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == FORM and depth < MAX_FORMS:
            inner = _times(_matrix(drawn), matrix)
            _shade(drawn, pdfium.FPDFFormObj_CountObjects(drawn), pdfium.FPDFFormObj_GetObject, inner, found, depth + 1)
        elif kind in (IMAGE, SHADING) or (kind == PATH and _is_dark(drawn)):
            found.append(_bounds(drawn, matrix))


def _read(parent: Any, count: int, get: Callable[[Any, int], Any], matrix: Matrix, found: Rulings, depth: int) -> None:
    """The objects of a page, or of a form within it."""
    for index in range(count):
        drawn = get(parent, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == TEXT:
            _note_text(drawn, matrix, found)
        elif kind == PATH:
            found.paths += 1
            if found.paths <= MAX_DRAWN:
                _read_path(drawn, matrix, found)
        elif kind == IMAGE:
            x0, y0, x1, y1 = _bounds(drawn, matrix)
            found.pictures.append((x1 - x0, y1 - y0))
        elif kind == FORM and depth < MAX_FORMS and found.paths <= MAX_DRAWN:
            inner = _times(_matrix(drawn), matrix)
            _read(drawn, pdfium.FPDFFormObj_CountObjects(drawn), pdfium.FPDFFormObj_GetObject, inner, found, depth + 1)


def _is_dark(drawn: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    return bool(fill.value) and not is_white(ink_of(drawn))


def _note_text(drawn: Any, matrix: Matrix, found: Rulings) -> None:
    if not found.invisible_text:
        found.invisible_text = pdfium.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE
    found.inks.add(ink_of(drawn))
    if matrix != IDENTITY:
        found.moved[address_of(drawn)] = matrix, _bounds(drawn, matrix)


def address_of(drawn: Any) -> int:
    """What tells one object of a page from another."""
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


def moved_box(box: Box, matrix: Matrix) -> Box:
    """The box around a box that a matrix turns or moves."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _read_path(drawn: Any, matrix: Matrix, found: Rulings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    if not fill.value and not stroke.value:
        return
    segments = pdfium.FPDFPath_CountSegments(drawn)
    if segments <= 5 and not matrix[1] and not matrix[2]:
        x0, y0, x1, y1 = _bounds(drawn, matrix)
        if x1 - x0 <= THIN or y1 - y0 <= THIN or (segments == 5 and not stroke.value):
            found.add_box(x0, y0, x1, y1, bool(stroke.value))
            return
    placed = _times(_matrix(drawn), matrix)
    for outline in _outlines(drawn, segments, placed):
        _add_outline(outline, bool(stroke.value), found)


def _outlines(drawn: Any, segments: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The pieces of a path as corners; a curve ends a piece and begins another."""
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    outline: list[tuple[float, float]] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(outline) > 1:
                yield outline
            outline = []
        outline.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    if len(outline) > 1:
        yield outline


def _add_outline(outline: list[tuple[float, float]], stroked: bool, found: Rulings) -> None:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    cornered = len(outline) in (4, 5, 6) and all(
        min(x - x0, x1 - x) <= LEVEL and min(y - y0, y1 - y) <= LEVEL for x, y in outline
    )
    if cornered or (not stroked and min(x1 - x0, y1 - y0) <= THIN):
        found.add_box(x0, y0, x1, y1, stroked)
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(outline):
            found.add_line(ax, ay, bx, by)


def _bounds(drawn: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    box = left.value, bottom.value, right.value, top.value
    return box if matrix == IDENTITY else moved_box(box, matrix)


def _matrix(drawn: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
