"""Reports as Word documents, written with python-docx; merged cells are written as Word writes them."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Callable
from html import escape
from random import Random

from tests.rendering.document import compose, metadata
from tests.rendering.grids import Cell, Grid, grids
from tests.rendering.html import PIXEL
from tests.rendering.plan import RESULTS, Plan

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_drawer(split: bool = False, characters: bool = False, runs: bool = False) -> Callable:
    """A layout's ``draw``: ``characters`` writes 三、本年度办理结果 by paragraphs, ``runs`` parts texts into runs."""

    def draw(plan: Plan, rng: Random, finish: Callable[[str], str]) -> bytes:
        from docx import Document
        from docx.oxml import parse_xml

        look = plan.look
        if split:
            look.section_split = look.dispute_split = True
        file = Document()
        file.core_properties.title = ""
        body = file.element.body
        for part in compose(plan, rng):
            if part.kind == "table":
                for grid in grids(part.table, look, rng):
                    if grid.title and look.group_tables:
                        file.add_paragraph(finish(grid.title))
                    body.insert(len(body) - 1, parse_xml(_table(grid, finish, characters, runs, look)))
                    file.add_paragraph("")
            elif part.kind == "metadata":
                pairs = metadata(plan, rng)
                table = file.add_table(rows=len(pairs), cols=2)
                for row, pair in zip(table.rows, pairs, strict=True):
                    for cell, text in zip(row.cells, pair, strict=True):
                        cell.text = finish(text)
            elif part.kind == "image":
                file.add_picture(io.BytesIO(b64decode(PIXEL.split(",")[1])))
            elif part.kind in ("title", "heading") and look.heading_mark:
                file.add_heading(finish(part.text), 0 if part.kind == "title" else 1)
            else:
                file.add_paragraph(finish(look.indent + part.text))
        stream = io.BytesIO()
        file.save(stream)
        return stream.getvalue()

    return draw


def _table(grid: Grid, finish: Callable, characters: bool, runs: bool, look) -> str:
    rows = []
    open_spans: dict[int, tuple[int, int]] = {}  # place -> rows left, width
    for row, cells in zip(grid.rows, grid.occupied(), strict=True):
        waiting = iter(row)
        texts, place = [], 0
        while place < len(cells):
            if place in open_spans and open_spans[place][0] > 0:
                left, width = open_spans[place]
                open_spans[place] = (left - 1, width)
                texts.append(_cell("", width, "<w:vMerge/>"))
                place += width
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            merge = ""
            if cell.row_span > 1:
                merge = '<w:vMerge w:val="restart"/>'
                open_spans[place] = (cell.row_span - 1, cell.column_span)
            texts.append(_cell(_content(cell, finish, characters, runs), cell.column_span, merge))
            place += cell.column_span
        rows.append(f"<w:tr>{''.join(texts)}</w:tr>")
    columns = '<w:gridCol w:w="900"/>' * grid.width
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(content: str, width: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content or '<w:p/>'}</w:tc>"


def _content(cell: Cell, finish: Callable, characters: bool, runs: bool) -> str:
    if not cell.text:
        return "<w:p/>"
    if characters and cell.text == RESULTS:
        return "".join(f"<w:p>{_run(finish(character))}</w:p>" for character in cell.text)
    text = finish(cell.text)
    if runs:
        cut = len(text) // 2
        return f"<w:p>{_run(text[:cut])}{_run(text[cut:])}</w:p>"
    return f"<w:p>{_run(text)}</w:p>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
