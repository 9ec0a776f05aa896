"""What pages part: rows at a page break, and numbers too long for their cells."""

from __future__ import annotations

import pytest

from orchestration.intake.containers.pdf_numbers import rejoin, spare
from orchestration.intake.containers.pdf_page import Glyph
from orchestration.intake.containers.pdf_words import Word, cell_text
from orchestration.intake.document import Document
from orchestration.intake.grids import Grid, GridRow
from orchestration.reading.pieces.breaks import rejoined

SIZE = 10.0
DIGIT = 5.0
VALUES = ["3", "0", "0", "0", "0", "0", "3"]
EMPTY = [""] * 7


def _word(text: str, line: float) -> Word:
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


def _centred(cells: list[tuple[str, ...]], width: float, fullest: float = 0.0) -> list[str]:
    """As ``_row``, each cell in the middle of the row; ``fullest``: the room left in another row of the table."""
    high = max(map(len, cells))
    words = [[_word(part, line + (high - len(cell)) / 2) for line, part in enumerate(cell)] for cell in cells]
    widths = [width] * len(cells)
    least = min(spare(zip(words, widths, strict=True)), fullest or width)
    return rejoin([cell_text(cell) for cell in words], words, widths, least)


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ([("81", "06"), ("0",), ("81", "06")], ["8106", "0", "8106"]),
        ([("53", "41", "6"), ("79", "94"), ("/",)], ["53416", "7994", "/"]),
        ([("２０", "２３"), ("０",)], ["２０２３", "０"]),
        ([("81", "06"), ("79", "94")], ["81\n06", "79\n94"]),  # rows without a rule between them
        ([("81", "106"), ("0",)], ["81\n106", "0"]),
    ],
)
def test_a_value_between_the_lines_of_a_number_proves_one_row(cells: list[tuple[str, ...]], texts: list[str]) -> None:
    assert _centred(cells, 22.0) == texts


def test_a_line_is_not_full_where_another_of_the_table_is_fuller() -> None:
    assert _centred([("81", "06"), ("0",)], 24.0) == ["8106", "0"]
    assert _centred([("81", "06"), ("0",)], 24.0, fullest=4.0) == ["81\n06", "0"]


def test_figures_that_a_turned_page_draws_in_any_order() -> None:
    first, second = _word("3977", 0), _word("7", 1)
    words = [[Word(first.glyphs[2:]), second, Word(first.glyphs[:2])], [_word("0", 0.5)]]
    assert rejoin(["3977\n7", "0"], words, [34.0, 34.0]) == ["39777", "0"]


def test_lines_printed_over_each_other_are_no_wrapped_number() -> None:
    words = [[_word("3977", 0), _word("7", 0.4)], [_word("0", 0)]]
    assert rejoin(["3977\n7", "0"], words, [34.0, 34.0]) == ["3977\n7", "0"]


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


def test_numbers_that_a_page_break_parts_are_no_numbers() -> None:
    above = ["（七）总计", "3426", "0", "0", "0", "0", "0", "3426"]
    parted = ["（七）总计", "3426\n4", "0", "0", "0", "0", "0", "3426\n4"]
    for rest, left in ((["", "4", "", "", "", "", "", "4"], []), (["理结果", "", "4", *EMPTY[1:6], "4"], [7 * [""]])):
        grids = rejoined(_document(above, rest))
        rows = [row.texts for grid in grids for row in grid.rows]
        assert rows[0] == parted
        assert len(rows) == 1 + len(left)
    begun = ["（七）总计", "3426", "", "", "", "", "", "3426"]
    grids = rejoined(_document(begun, ["", "4", "0", "0", "0", "0", "0", "4"]))
    assert [row.texts for grid in grids for row in grid.rows] == [parted]


def test_the_header_of_a_page_stands_between_both_parts_of_a_row() -> None:
    head = GridRow(0, 1, [0, 1, 2], ["申请人情况", "自然人", "总计"], "cell ")
    rows = [["（七）总计", "3426", "3426"], ["", "4", "4"], ["四、结转下年度继续办理", "0", "0"]]
    first, second, third = (
        GridRow(1, line, [0, 1, 2], texts, "cell ") for line, texts in zip((2, 4, 5), rows, strict=True)
    )
    grids = (Grid((head, first), 1, 2), Grid((head._replace(line=3), second, third), 3, 5))
    lines = "\n".join("\t".join(row.texts) for grid in grids for row in grid.rows)
    found = rejoined(Document("pdf", lines, grids=grids, pages=(1, 3)))
    assert [row.texts for row in found[0].rows][1:] == [["（七）总计", "3426\n4", "3426\n4"]]
    assert [row.texts for row in found[1].rows] == [head.texts, third.texts]


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
        (["（七）总计", "3426", *VALUES[1:]], ["四、结转下年度继续办理", "4", *EMPTY[1:]], (1, 2)),
        (["（七）总计", "3", "3426", *VALUES[2:]], ["", "4", *EMPTY[1:]], (1, 2)),  # the longest is not parted
        (["（七）总计", "3426", *VALUES[1:]], ["", "4", *VALUES[1:]], (1, 2)),  # a whole row
    ],
)
def test_other_rows_stay_as_they_are(above: list[str], below: list[str], pages: tuple[int, ...]) -> None:
    assert [row.texts for grid in rejoined(_document(above, below, pages)) for row in grid.rows] == [above, below]
