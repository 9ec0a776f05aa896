"""What pages part: rows at a page break, and numbers too long for their cells."""

from __future__ import annotations

import pytest

from orchestration.intake.containers.pdf_numbers import rejoin
from orchestration.intake.containers.pdf_page import Glyph
from orchestration.intake.containers.pdf_words import Word, cell_text
from orchestration.intake.document import Document
from orchestration.intake.grids import Grid, GridRow
from orchestration.reading.pieces.breaks import rejoined

SIZE = 10.0
DIGIT = 5.0
VALUES = ["3", "0", "0", "0", "0", "0", "3"]
EMPTY = [""] * 7


def _word(text: str, line: int) -> Word:
    at = [20 + DIGIT * number for number in range(len(text))]
    glyphs = [
        Glyph(c, x, -12.0 * line, x + DIGIT, SIZE - 12.0 * line, -12.0 * line, SIZE, False)
        for c, x in zip(text, at, strict=True)
    ]
    return Word(glyphs)


def _row(cells: list[tuple[str, ...]], width: float) -> list[str]:
    words = [[_word(part, line) for line, part in enumerate(cell)] for cell in cells]
    return rejoin([cell_text(cell) for cell in words], words, [width] * len(cells))


@pytest.mark.parametrize(
    ("cells", "width", "texts"),
    [
        ([("3977", "7"), ("0",), ("3977", "7")], 34.0, ["39777", "0", "39777"]),
        ([("929.9", "714"), ("0",)], 38.0, ["929.9714", "0"]),
        ([("3977", "7"), ("0",)], 60.0, ["3977\n7", "0"]),  # there was room for one more digit
        ([("3977", "3978"), ("0",)], 34.0, ["3977\n3978", "0"]),
        ([("12", "3"), ("0",)], 22.0, ["12\n3", "0"]),
        ([("3977", "7"), ("0", "0")], 34.0, ["3977\n7", "0\n0"]),  # rows without a rule between them
    ],
)
def test_only_a_full_line_goes_on_in_the_next(cells: list[tuple[str, ...]], width: float, texts: list[str]) -> None:
    assert _row(cells, width) == texts


def _document(above: list[str], below: list[str], pages: tuple[int, ...] = (1, 2)) -> Document:
    def grid(line: int, texts: list[str]) -> Grid:
        return Grid((GridRow(0, line, list(range(len(texts))), texts, "cell "),), line, line)

    lines = ["\t".join(texts) for texts in (above, below)]
    return Document("pdf", "\n".join(lines), grids=(grid(1, above), grid(2, below)), pages=pages)


def test_labels_that_a_page_break_parts_are_whole_again() -> None:
    grids = rejoined(_document(["（四）", "1.本机", *VALUES], ["无法提供", "关不掌握相关政府信息", *EMPTY]))
    assert [row.texts for grid in grids for row in grid.rows] == [
        ["（四）无法提供", "1.本机关不掌握相关政府信息", *VALUES]
    ]
    grids = rejoined(_document(["2.没有现成信息", *VALUES], ["理结果", "需要另行制作", *EMPTY]))
    assert [row.texts[:2] for grid in grids for row in grid.rows] == [
        ["2.没有现成信息需要另行制作", "3"],
        ["理结果", ""],
    ]


@pytest.mark.parametrize(
    ("above", "below", "pages"),
    [
        (
            ["1.本机关不掌握相关政府信息", *VALUES],
            ["2.没有现成信息需要另行制作", *EMPTY],
            (1, 2),
        ),  # a row without values
        (["2.没有现成信息", *VALUES], ["需要另行制作", *VALUES], (1, 2)),
        (["2.没有现成信息", *EMPTY], ["需要另行制作", *EMPTY], (1, 2)),
        (["2.没有现成信息", *VALUES], ["需要另行制作", *EMPTY], (1,)),
        (["2.没有现成", *VALUES], ["需要另行制作", *EMPTY], (1, 2)),
    ],
)
def test_other_rows_stay_as_they_are(above: list[str], below: list[str], pages: tuple[int, ...]) -> None:
    assert [row.texts for grid in rejoined(_document(above, below, pages)) for row in grid.rows] == [above, below]
