"""Reports as PDF through reportlab: ruled or bare tables, wrapped cells, page breaks, page numbers.

The tables are laid out here and not by platypus, because rows must break to the next page inside spanning cells, as
Word and web browsers print them. The font is Adobe's own STSong-Light; readers get its text without a font file.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.rendering.document import compose, metadata
from tests.rendering.grids import Cell, Grid, grids
from tests.rendering.html import PIXEL
from tests.rendering.plan import RESULTS, Plan

FONT = "STSong-Light"
WIDE, HIGH = A4
LEFT, TOP, BOTTOM = 60, 770, 70


@dataclass(frozen=True, slots=True)
class Press:
    """``order`` is the order in which cells are written: rows, columns, values_last or values_first."""

    ruled: bool = True
    repeat_head: bool = False
    order: str = "rows"
    numbers: bool = True
    centred_spans: bool = True  # a label that spans rows stands in the middle of what is on the page
    size: float = 9
    narrow: bool = False  # numbers too long for their cell are broken, not set smaller


def pdf_drawer(press: Press) -> Callable:
    """A layout's ``draw`` for a press."""

    def draw(plan: Plan, rng: Random, finish: Callable[[str], str]) -> bytes:
        return _Book(plan, rng, finish, press).write()

    return draw


class _Book:
    def __init__(self, plan: Plan, rng: Random, finish: Callable, press: Press) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.plan, self.rng, self.finish, self.press = plan, rng, finish, press
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=A4, invariant=1)
        self.top, self.page = TOP - rng.uniform(0, 320), 1  # so that tables break at any row
        self.footer = plan.look.footers or rng.choice(("- {n} -", "— {n} —", "{n}", "第 {n} 页"))

    def write(self) -> bytes:
        plan, rng = self.plan, self.rng
        for part in compose(plan, rng):
            if part.kind == "table":
                for grid in grids(part.table, plan.look, rng):
                    if grid.title and plan.look.group_tables:
                        self.paragraph(grid.title, 12)
                    self.table(grid)
            elif part.kind == "metadata":
                for key, value in metadata(plan, rng):
                    self.paragraph(f"{key}：{value}", 9)
            elif part.kind == "image":
                self.image()
            else:
                self.paragraph(part.text, {"title": 16, "heading": 14}.get(part.kind, 12), part.kind == "title")
        self.turn()
        self.canvas.save()
        return self.stream.getvalue()

    def turn(self) -> None:
        """End the page."""
        if self.press.numbers:
            text = self.footer.format(n=self.page)
            self.canvas.setFont(FONT, 9)
            self.canvas.drawCentredString(WIDE / 2, 40, text)
        self.canvas.showPage()
        self.top, self.page = TOP, self.page + 1

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """Lines no wider than ``width``; at least one character a line."""
        lines, line, used = [], "", 0.0
        for character in text:
            needed = pdfmetrics.stringWidth(character, FONT, size)
            if line and used + needed > width:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + character, used + needed
        return [*lines, line]

    def paragraph(self, text: str, size: float, centred: bool = False) -> None:
        text = self.finish(text)
        if size == 12:
            text = "　　" + text
        for line in self.wrap(text, size, WIDE - 2 * LEFT):
            if self.top - size * 1.8 < BOTTOM:
                self.turn()
            self.top -= size * 1.8
            self.canvas.setFont(FONT, size)
            if centred:
                self.canvas.drawCentredString(WIDE / 2, self.top, line)
            else:
                self.canvas.drawString(LEFT, self.top, line)
        self.top -= size * 0.4

    def image(self) -> None:
        from base64 import b64decode

        from reportlab.lib.utils import ImageReader

        if self.top - 220 < BOTTOM:
            self.turn()
        self.top -= 220
        picture = ImageReader(io.BytesIO(b64decode(PIXEL.split(",")[1])))
        self.canvas.drawImage(picture, LEFT, self.top, WIDE - 2 * LEFT, 210)

    def widths(self, grid: Grid) -> list[float]:
        """Column edges: narrow label columns before, even columns after, as the form is printed."""
        whole = WIDE - 2 * LEFT
        if grid.width in (9, 10):
            labels = [24, 66, 150]
            rest = [(whole - sum(labels)) / (grid.width - 3)] * (grid.width - 3)
        elif grid.width == 15 or grid.width == 5:
            labels, rest = [], [whole / grid.width] * grid.width
        else:
            labels = [150.0]
            rest = [(whole - 150) / (grid.width - 1)] * (grid.width - 1)
        edges = [float(LEFT)]
        for width in [*labels, *rest]:
            edges.append(edges[-1] + width)
        return edges

    def table(self, grid: Grid) -> None:
        size, edges = self.press.size, self.widths(grid)
        extra = max(len(row) for row in grid.occupied()) + 1 - len(edges)
        for _ in range(extra):  # rows longer than their header
            edges.append(edges[-1] + 30)
        placed: list[tuple[int, int, Cell, list[str]]] = []
        heights = [0.0] * len(grid.rows)
        for number, row in enumerate(grid.occupied()):
            for place, cell in enumerate(row):
                if cell is None:
                    continue
                width = edges[min(place + cell.column_span, len(edges) - 1)] - edges[place] - 6
                text = self.finish(cell.text)
                whole = cell.kind == "value" and not self.press.narrow
                lines = [text] if whole else self.wrap(text, size, max(width, size))
                placed.append((number, place, cell, lines))
                if cell.row_span == 1:
                    heights[number] = max(heights[number], len(lines) * size * 1.25 + 7)
        for number, _, cell, lines in placed:  # spanning labels stretch their last row
            need = len(lines) * size * 1.25 + 6 - sum(heights[number : number + cell.row_span])
            if cell.row_span > 1 and need > 0 and cell.text != RESULTS:
                heights[number + cell.row_span - 1] += need
        start = 0
        head = sum(heights[: grid.head])
        while start < len(grid.rows):
            room, end = self.top - BOTTOM, start
            again = head if start and self.press.repeat_head and grid.head else 0
            used = again
            while end < len(grid.rows) and (used + heights[end] <= room or (end == start and self.top == TOP)):
                used += heights[end]
                end += 1
            if end < len(grid.rows) and end <= grid.head:
                end = start
            if end == start:
                self.turn()
                continue
            if again:
                self.piece(grid, placed, heights, edges, 0, grid.head)
            self.piece(grid, placed, heights, edges, start, end)
            start = end
            if start < len(grid.rows):
                self.turn()
        self.top -= 10

    def piece(self, grid: Grid, placed: list, heights: list[float], edges: list[float], start: int, end: int) -> None:
        """Rows ``start`` to ``end`` on this page; a span that began before is drawn again without its text."""
        tops = [self.top]
        for number in range(start, end):
            tops.append(tops[-1] - heights[number])
        boxes = []
        for number, place, cell, lines in placed:
            first, last = max(number, start), min(number + cell.row_span, end)
            if first >= last:
                continue
            right = edges[min(place + cell.column_span, len(edges) - 1)]
            box = (edges[place], tops[last - start], right, tops[first - start])
            boxes.append((first, place, cell, lines if number >= start else [], box))
        for _, _, cell, lines, box in self.ordered(boxes):
            self.box(cell, lines, box)
        self.top = tops[-1]

    def ordered(self, boxes: list) -> list:
        order = self.press.order
        if order == "columns":
            return sorted(boxes, key=lambda box: (box[1], box[0]))
        if order == "values_last":
            return sorted(boxes, key=lambda box: (box[2].kind == "value", box[0], box[1]))
        if order == "values_first":
            return sorted(boxes, key=lambda box: (box[0], box[2].kind != "value", box[1]))
        return sorted(boxes, key=lambda box: (box[0], box[1]))

    def box(self, cell: Cell, lines: list[str], box: tuple[float, float, float, float]) -> None:
        left, low, right, high = box
        size, step = self.press.size, self.press.size * 1.25
        if self.press.ruled:
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(left, low, right - left, high - low)
        if not lines or not any(lines):
            return
        if cell.kind == "value" and len(lines) == 1:
            used = pdfmetrics.stringWidth(lines[0], FONT, size)
            size = max(4.0, min(size, size * (right - left - 4) / used))
        self.canvas.setFont(FONT, size)
        middle = (low + high) / 2
        if cell.row_span > 1 and not self.press.centred_spans:
            middle = high - len(lines) * step / 2 - 4
        base = middle + (len(lines) - 1) * step / 2 - size * 0.35
        for number, line in enumerate(lines):
            height = base - number * step
            if cell.kind == "label":
                self.canvas.drawString(left + 3, height, line)
            else:
                self.canvas.drawCentredString((left + right) / 2, height, line)


PRESSES = {
    "pdf": Press(),
    "pdf_repeated": Press(repeat_head=True, size=10.5),
    "pdf_borderless": Press(ruled=False),
    "pdf_columns": Press(order="columns"),
    "pdf_values_last": Press(order="values_last", centred_spans=False, numbers=False),
    "pdf_values_first": Press(order="values_first", size=12),
    "pdf_narrow": Press(size=14, narrow=True),
}
