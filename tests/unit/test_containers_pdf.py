"""PDF pages: words and lines by their places, cells by ruling lines, and what is no text."""

import io
import os
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader

from orchestration.intake.containers import open_document
from orchestration.intake.document import SetAsideError
from orchestration.intake.grids import Grid
from tests.fixtures.containers.drawn_pdf import FONT, PICTURE, WHOLE, XS, YS, Book, fill


def matrix(grid: Grid) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in grid.cells}


def refused(data: bytes) -> SetAsideError:
    with pytest.raises(SetAsideError) as caught:
        open_document(data)
    return caught.value


def test_lines_cells_and_places() -> None:
    book = Book()
    book.text(60, 760, "二、主动公开政府信息情况", 16)
    book.lines()
    fill(book)
    book.text(60, 580, "三、收到和处理")
    book.canvas.showPage()
    book.text(60, 760, "第二页")
    document = book.opened()
    table = ["信息内容\t本年\t废止", "规章\t0\t12", "行政许可\t550\t"]
    assert document.lines == ["二、主动公开政府信息情况", *table, "三、收到和处理", "第二页"]
    assert matrix(document.grids[0]) == WHOLE
    assert document.pages == (1, 6)
    assert document.grids[0].cells[0].place == "page 1, box 60.0 670.0 200.0 700.0"
    assert [cell.line for cell in document.grids[0].cells] == [2, 2, 2, 3, 3, 3, 4, 4, 4]


@pytest.mark.parametrize(
    "kind", ["strokes", "pieces", "boxes", "thin", "double", "one path", "form", "open", "shades", "apart"]
)
def test_all_ways_to_draw_lines(kind: str) -> None:
    book = Book()
    canvas = book.canvas
    if kind == "strokes":
        book.lines()
    elif kind == "pieces":  # each side of each cell on its own, with gaps at the corners
        for x in XS:
            for low, high in zip(YS[1:], YS, strict=False):
                canvas.line(x, low + 0.5, x, high - 0.5)
        for y in YS:
            for left, right in pairwise(XS):
                canvas.line(left + 0.5, y + 0.2, right - 0.5, y + 0.2)
    elif kind in ("boxes", "shades"):
        for low, high in zip(YS[1:], YS, strict=False):
            for left, right in pairwise(XS):
                canvas.setFillGray(0.9)
                canvas.rect(left, low, right - left - 0.3, high - low - 0.3, stroke=kind == "boxes", fill=1)
        canvas.setFillGray(0)
    elif kind == "apart":  # as browsers draw border=1: each cell framed, with space between
        for low, high in zip(YS[1:], YS, strict=False):
            for left, right in pairwise(XS):
                canvas.rect(left + 1.2, low + 1.2, right - left - 2.4, high - low - 2.4)
        canvas.rect(XS[0] - 1.2, YS[-1] - 1.2, XS[-1] - XS[0] + 2.4, YS[0] - YS[-1] + 2.4)
    elif kind == "thin":
        for x in XS:
            canvas.rect(x, YS[-1], 0.5, YS[0] - YS[-1], stroke=0, fill=1)
        for y in YS:
            canvas.rect(XS[0], y, XS[-1] - XS[0], 0.5, stroke=0, fill=1)
    elif kind == "double":
        book.lines()
        book.lines([x + 1.5 for x in XS], [y - 1.5 for y in YS])
    elif kind == "one path":
        path = canvas.beginPath()
        for x in XS:
            path.moveTo(x, YS[0])
            path.lineTo(x, YS[-1])
        for y in YS:
            path.moveTo(XS[0], y)
            path.lineTo(XS[-1], y)
        canvas.drawPath(path)
    elif kind == "form":
        canvas.beginForm("ruled")
        canvas.grid([x / 2 - 20 for x in XS], [y / 2 for y in YS])
        canvas.endForm()
        canvas.saveState()
        canvas.translate(40, 0)
        canvas.scale(2, 2)
        canvas.doForm("ruled")
        canvas.restoreState()
    elif kind == "open":  # no borders at the left and right
        for x in XS[1:-1]:
            canvas.line(x, YS[0], x, YS[-1])
        for y in YS:
            canvas.line(XS[0], y, XS[-1], y)
    fill(book)
    document = book.opened()
    assert [matrix(grid) for grid in document.grids] == [WHOLE]


def test_merged_cells_and_wrapped_text() -> None:
    book = Book()
    canvas = book.canvas
    canvas.rect(60, 610, 260, 90)
    canvas.line(200, 610, 200, 700)
    canvas.line(200, 670, 320, 670)
    canvas.line(260, 610, 260, 670)
    for number, piece in enumerate(("（二）部分公开（区分处理的，只计这一情", "形，不计其他情形）")):
        book.text(62, 660 - 11 * number, piece, 7)
    book.text(230, 680, "申请人情况")
    book.text(210, 645, "123")
    book.text(210, 630, "456")
    book.text(280, 640, "0")
    cells = {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in book.opened().grids[0].cells}
    assert cells == {
        (0, 0): ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2, 1),
        (0, 1): ("申请人情况", 1, 2),
        (1, 1): ("123\n456", 1, 1),
        (1, 2): ("0", 1, 1),
    }


def test_a_number_wider_than_its_cell_stays_one() -> None:
    book = Book()
    book.lines()
    book.text(XS[1] + 5, YS[1] - 20, "1234567.8901", 14)
    book.text(XS[1] + 48, YS[2] - 20, "77", 9)
    book.text(XS[2] + 3, YS[2] - 20, "88", 9)
    book.text(65, YS[0] - 20, "甲")
    found = matrix(book.opened().grids[0])
    assert sorted(found[1, column] for column in (1, 2)) == ["", "1234567.8901"]
    assert (found[2, 1], found[2, 2]) == ("77", "88")


def test_gaps_between_digits() -> None:
    book = Book()
    book.lines()
    book.text(XS[1] + 5, YS[1] - 20, "12 34")
    book.text(XS[2] + 5, YS[1] - 20, "5")
    book.text(XS[2] + 5.3, YS[1] - 20, "5")  # printed twice for boldness
    book.text(XS[1] + 5, YS[2] - 20, "5")
    book.text(XS[1] + 9.6, YS[2] - 16, "2", 5)  # a raised note
    book.text(XS[2] + 5, YS[2] - 20, "12")
    book.text(XS[2] + 14.1, YS[2] - 18, "3", 5)
    found = matrix(book.opened().grids[0])
    assert (found[1, 1], found[1, 2], found[2, 1], found[2, 2]) == ("12 34", "5", "5²", "12³")


def test_a_label_written_downwards() -> None:
    book = Book()
    book.canvas.grid((60, 80, 200), (700, 680))
    book.canvas.grid((60, 80, 200), (680, 620))
    book.canvas.line(80, 650, 200, 650)
    for number, character in enumerate("三、本年度办理结果"):
        book.text(65, 685 - 10 * number, character)
    for number, label in enumerate(("信息", "予以公开", "部分公开")):
        book.text(85, 685 - 30 * number, label)
    found = matrix(book.opened().grids[0])
    assert "三、本年度办理结果" in found.values()
    assert {"信息", "予以公开", "部分公开"} <= set(found.values())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages(turn: int) -> None:
    book = Book()
    canvas = book.canvas
    canvas.setPageRotation(turn)
    if turn == 90:
        canvas.rotate(90)
        canvas.translate(0, -800)
    elif turn == 180:
        canvas.rotate(180)
        canvas.translate(-595, -842)
    elif turn == 270:
        canvas.rotate(-90)
        canvas.translate(-590, 0)
    book.lines()
    fill(book)
    book.text(60, 580, "一、总体情况")
    document = book.opened()
    assert [matrix(grid) for grid in document.grids] == [WHOLE]
    assert document.lines[-1] == "一、总体情况"


def test_watermarks_are_no_text() -> None:
    book = Book()
    book.lines()
    fill(book)
    book.canvas.saveState()
    book.canvas.translate(120, 600)
    book.canvas.rotate(35)
    book.text(0, 0, "2023 样张 88", 30)
    book.canvas.restoreState()
    assert matrix(book.opened().grids[0]) == WHOLE


def test_text_without_lines_keeps_wide_gaps_as_tabs() -> None:
    book = Book()
    fill(book)
    book.canvas.line(60, 500, 300, 500)
    document = book.opened()
    assert document.lines == ["信息内容\t本年\t废止", "规章\t0\t12", "行政许可\t550"]
    assert document.grids == ()


def test_wrapped_labels_and_headers_without_lines() -> None:
    book = Book()
    for x, y, text in (
        *((230, 700, "法人或其他组织"), (160, 688, "自然人"), (242, 682, "社会公益"), (300, 688, "总计")),
        *((200, 676, "企业"), (250, 670, "组织")),
        *(
            (60, 650, "一、本年新收"),
            (60, 630, "（二）部分公开（区分"),
            (60, 618, "处理的，只计这一情形，"),
            (60, 606, "不计其他情形）"),
        ),
        *((60, 586, "1.属于国家"), (60, 574, "秘密"), (60, 554, "（七）总计")),
    ):
        book.text(x, y, text)
    for y in (650, 618, 580, 554):
        for x in (170, 206, 256, 305):
            book.text(x, y, "0")
    assert book.opened().lines == [
        "法人或其他组织",
        "自然人\t企业\t社会公益组织\t总计",
        "一、本年新收\t0\t0\t0\t0",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t0\t0\t0\t0",
        "1.属于国家秘密\t0\t0\t0\t0",
        "（七）总计\t0\t0\t0\t0",
    ]


def test_pages_of_pictures() -> None:
    book = Book()
    book.canvas.drawImage(ImageReader(io.BytesIO(PICTURE)), 0, 0, 595, 842)
    document = book.opened()
    assert (document.images, document.text, document.grids) == (1, "", ())


def test_text_recognised_under_a_scan_is_not_read() -> None:
    book = Book()
    book.canvas.drawImage(ImageReader(io.BytesIO(PICTURE)), 0, 0, 595, 842)
    text = book.canvas.beginText(60, 700)
    text.setTextRenderMode(3)
    text.setFont(FONT, 12)
    text.textLine("予以公开 88")
    book.canvas.drawText(text)
    document = book.opened()
    assert (document.images, document.text) == (1, "")
    assert [problem.code for problem in document.problems] == ["tables_are_images"]


def test_locked_truncated_and_empty() -> None:
    book = Book(encrypt="secret")
    book.text(60, 700, "一")
    error = refused(book.bytes())
    assert (error.code, "password" in error.reason) == ("broken_file", True)
    book = Book()
    fill(book)
    whole = book.bytes()
    for cut in (20, 700, len(whole) // 2, len(whole) - 200):
        assert refused(whole[:cut]).code == "broken_file"
    blank = Book()
    blank.canvas.line(60, 500, 300, 500)
    assert refused(blank.bytes()).code == "empty_file"


@pytest.mark.skipif("GONGKAI_CORPUS" not in os.environ, reason="GONGKAI_CORPUS names no folder of published reports")
def test_a_published_report() -> None:
    document = open_document((Path(os.environ["GONGKAI_CORPUS"]) / "hongze_2023.pdf").read_bytes())
    assert len(document.pages) == 5
    texts = [[cell.text for cell in grid.cells] for grid in document.grids]
    assert [len(cells) for cells in texts] == [19, 11, 125, 75, 34]
    assert texts[1][-2:] == ["行政事业性收费", "7730.28"]
    assert "三、本年度办理结果" in texts[2]
    start = texts[2].index("1.本机关不掌握相关政府信息")
    assert texts[2][start + 1 : start + 8] == ["10", "0", "0", "0", "0", "0", "10"]
    assert texts[4][-15:] == ["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "0", "0"]
    assert all(document.lines[cell.line - 1].find(cell.text) >= 0 for grid in document.grids for cell in grid.cells)
