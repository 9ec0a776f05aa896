"""PDF with a text layer into lines and grids, by PDFium: words by their places, tables by their ruling lines."""

from __future__ import annotations

from typing import Any

import pypdfium2_raw as pdfium

from orchestration.intake.containers.limits import MAX_CHARACTERS, MAX_PAGES
from orchestration.intake.containers.pdf_cells import fill
from orchestration.intake.containers.pdf_grids import Ruled, find_tables
from orchestration.intake.containers.pdf_headers import level_headers
from orchestration.intake.containers.pdf_numbers import rejoin, spare
from orchestration.intake.containers.pdf_page import Page, read_page
from orchestration.intake.containers.pdf_words import Word, cell_text, drop_doubles, line_text, lines_of, split_words
from orchestration.intake.containers.pdf_wraps import join_labels
from orchestration.intake.containers.rendition import Rendition
from orchestration.intake.document import Document, Problem, SetAsideError
from orchestration.intake.grids import GridRow

LOCKED = 4  # FPDF_ERR_PASSWORD
UNMAPPED_SHARE = 0.5

_started = False


def open_pdf(data: bytes) -> Document:
    """The document. Raises SetAsideError. For one process at a time: PDFium is not made for threads."""
    global _started
    if not _started:
        pdfium.FPDF_InitLibrary()
        _started = True
    _refuse_truncated(data)
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == LOCKED:
            raise SetAsideError("broken_file", "The PDF is locked with a password. Save it without the password.")
        raise SetAsideError("broken_file", "The PDF is damaged and cannot be opened. Fetch the file again.")
    try:
        return _read(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _refuse_truncated(data: bytes) -> None:
    """PDFium repairs a file that was cut off and silently leaves out what is missing; a report must be whole."""
    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise SetAsideError("broken_file", "The PDF is cut off: its end is missing. Fetch the file again.")


def _read(document: Any) -> Document:
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise SetAsideError("broken_file", "The PDF has no pages. Fetch the file again.")
    if count > MAX_PAGES:
        raise SetAsideError("reading_limit", f"The PDF has {count} pages; the limit is {MAX_PAGES}. Split it.")
    out, problems = Rendition(), []
    images = characters = 0
    for number in range(count):
        page = read_page(document, number)
        characters += len(page.glyphs)
        if characters > MAX_CHARACTERS:
            raise SetAsideError("reading_limit", f"The PDF draws more than {MAX_CHARACTERS} characters. Split it.")
        out.start_page()
        problems += _problems(page, number, len(out.lines) + 1)
        images += page.images
        _add_page(page, number, out)
    return out.document("pdf", None, images, tuple(problems))


def _problems(page: Page, number: int, line: int) -> list[Problem]:
    problems = []
    if page.scanned:
        message = f"Page {number + 1} is a scan; the text that a machine recognised under it is not read."
        problems.append(Problem("tables_are_images", message, line))
    if page.unmapped:
        if page.unmapped > UNMAPPED_SHARE * len(page.glyphs):
            page.images = max(page.images, 1)  # to be looked at, not to be read
        message = f"Page {number + 1} has {page.unmapped} characters whose font does not say what they are."
        problems.append(Problem("encoding_damaged", message, line))
    return problems


def _add_page(page: Page, number: int, out: Rendition) -> None:
    """Lines and tables of a page from the top down."""
    tables = find_tables(page.rulings)
    cells, outside = fill(split_words(drop_doubles(page.glyphs)), tables)
    blocks: list[tuple[float, str | int]] = [
        (line[0].base, line_text(line, columns=True)) for line in join_labels(level_headers(lines_of(outside)))
    ]
    blocks += [(table.ys[0], index) for index, table in enumerate(tables) if cells[index]]
    for _, block in sorted(blocks, key=lambda block: -block[0]):
        if isinstance(block, int):
            _add_table(tables[block], cells[block], number, out)
        else:
            out.add_line(block)


def _add_table(table: Ruled, cells: dict[int, list[Word]], number: int, out: Rendition) -> None:
    rows: list[GridRow] = []
    drawn: list[tuple[list[list[Word]], list[float]]] = []
    for index, region in enumerate(table.regions):  # by row, from the left
        if not rows or rows[-1].row != region.row:
            rows.append(GridRow(region.row, 0, [], [], [], []))
            drawn.append(([], []))
        words = cells.get(index, [])
        drawn[-1][0].append(words)
        drawn[-1][1].append(region.box[2] - region.box[0])
        rows[-1].columns.append(region.column)
        rows[-1].texts.append(cell_text(words))
        rows[-1].places.append(f"page {number + 1}, box " + " ".join(f"{edge:.1f}" for edge in region.box))
        rows[-1].spans.append((region.row_span, region.column_span))
    least = spare(cell for held in drawn for cell in zip(*held, strict=True))
    out.add_table([row._replace(texts=rejoin(row.texts, *held, least)) for row, held in zip(rows, drawn, strict=True)])
