"""PDF pages: what a reader sees of the characters that a page draws, and what was typed onto it."""

import pytest
from reportlab.lib.colors import Color, black, white

from orchestration.intake.containers.pdf_page import put_back
from tests.fixtures.containers.drawn_pdf import WHOLE, XS, YS, Book, fill
from tests.unit.test_containers_pdf import matrix


def drawn() -> Book:
    book = Book()
    book.lines()
    fill(book)
    return book


def cells(book: Book) -> dict[tuple[int, int], str]:
    return matrix(book.opened().grids[0])


def test_level_watermarks_that_shine_through_are_no_text() -> None:
    book = drawn()
    book.canvas.setFillColor(Color(0, 0, 0, alpha=0.12))
    for y in range(600, 720, 9):
        book.text(40, y, "内部资料 2023 注意保存 2023 内部资料 2023 注意保存 2023")
    assert cells(book) == WHOLE


def test_faint_figures_alone_are_read() -> None:
    book = drawn()
    book.canvas.setFillColor(Color(0, 0, 0, alpha=0.3))
    book.text(XS[2] + 20, YS[2] - 20, "7")
    assert cells(book) == WHOLE | {(2, 2): "7"}


@pytest.mark.parametrize("colour", [Color(0.8, 0.8, 0.8), Color(1, 0, 0)])
def test_figures_of_another_colour_are_another_number(colour: Color) -> None:
    book = drawn()
    book.canvas.setFillColor(colour)
    book.text(XS[1] + 24.6, YS[1] - 20, "2023")
    assert cells(book) == WHOLE | {(1, 1): "0 2023"}


def test_figures_printed_over_others_make_no_number() -> None:
    book = drawn()
    book.canvas.setFillColor(white)
    book.canvas.rect(XS[1] + 18, YS[2] - 24, 20, 14, stroke=0, fill=1)
    book.canvas.setFillColor(black)
    book.text(XS[1] + 28, YS[2] - 20, "91")
    assert cells(book) == WHOLE | {(2, 1): "550 91"}


def test_white_is_read_on_dark_only() -> None:
    book = drawn()
    book.canvas.setFillColor(black)
    book.canvas.rect(XS[2], YS[2] - 30, 60, 30, fill=1)
    book.canvas.setFillColor(white)
    book.text(XS[2] + 20, YS[2] - 20, "7")
    book.text(XS[2] + 24.5, YS[1] - 20, "8")
    assert cells(book) == WHOLE | {(2, 2): "7"}


def test_what_was_typed_into_fields_is_read() -> None:
    book = drawn()
    book.canvas.acroForm.textfield(
        value="88", x=XS[2] + 5, y=YS[2] - 25, width=50, height=20, fontSize=9, borderWidth=0, name="a"
    )
    assert cells(book) == WHOLE | {(2, 2): "88"}


def test_what_was_cropped_is_not_read() -> None:
    book = drawn()
    book.text(10, YS[1] - 20, "77")
    book.text(500, YS[1] - 20, "66")
    book.canvas.setCropBox((40, 40, 400, 800))
    document = book.opened()
    assert matrix(document.grids[0]) == WHOLE
    assert "77" not in document.text
    assert "66" not in document.text


def test_characters_are_put_back_where_their_form_stands() -> None:
    turned = (0.0, 1.0, -1.0, 0.0, 842.0, 0.0)
    whole = (76.0, 430.0, 92.0, 520.0)
    assert put_back((428.0, 752.0, 442.0, 764.0), turned, whole) == (78.0, 428.0, 90.0, 442.0)
    assert put_back((77.0, 443.0, 90.0, 457.0), turned, whole) is None
    assert put_back((10.0, 10.0, 20.0, 20.0), turned, whole) is None
