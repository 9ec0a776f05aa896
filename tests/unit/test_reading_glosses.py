"""Rows that the label of another row names, in brackets or as its end: the label of its own counts."""

from functools import lru_cache
from random import Random

import polars as pl
import pytest

from orchestration.intake.document import Document
from orchestration.reading import read_report
from orchestration.reading.bulk import plain
from orchestration.reading.pieces.glosses import glossed
from tests.rendering.model import random_report
from tests.rendering.render import render
from tests.unit.test_reading_bulk import assert_alike, inventory

NAMED = {
    "规章": ("其他文件（含规章）", "配合制定规章"),
    "规范性文件": ("其他主动公开文件（含规范性文件）", "其他文件（不包括规章、规范性文件）", "上级规范性文件"),
    "行政许可": ("公共服务（除行政许可外）", "委托行政许可"),
    "行政处罚": ("其他执法（其中含行政处罚、行政强制）", "当场行政处罚"),
    "2.重复申请": ("其他申请（含重复申请）",),
    "1.属于国家秘密": ("工作秘密（不含（三）不予公开 1.属于国家秘密）",),
}
LAYOUTS = ["spaces", "markdown", "one_per_line", "wrapped_last", "wrapped_after", "tabs", "pipe_rows"]


@lru_cache(maxsize=32)
def lines_of(layout: str, form: str) -> tuple[str, ...]:
    reports = (random_report(Random(f"gloss/{seed}"), style="small") for seed in range(99))
    report = next(one for one in reports if {one.forms["disclosure"], one.forms["requests"]} == {form})
    return tuple(
        render(report, layout, seed=3, container="md" if layout == "markdown" else "txt", plain=True).text.split("\n")
    )


def cells_of(lines: list[str]) -> dict:
    return {cell.cell: cell for cell in read_report(Document("text", "\n".join(lines))).reading.cells}


def with_row(lines: list[str], label: str, named: str, behind: bool) -> list[str] | None:
    """The lines with one more row beside that of a label: the same, but for its label and its values."""
    words = (label, f"行政{label}")
    at = next(
        (at for at, line in enumerate(lines) if any(word in line.replace("|", " ").split() for word in words)), None
    )
    if at is None:
        return None
    held = next(word for word in reversed(words) if word in lines[at])
    end = at + 1
    while (
        not any(map(str.isdigit, lines[at].replace(held, "")))
        and end < len(lines)
        and not lines[end].strip("0123456789. |")
    ):
        end += 1
    row = [line.replace(held, "\0") for line in lines[at:end]]
    row = [
        "".join("7" if character.isdigit() else character for character in line).replace("\0", named) for line in row
    ]
    place = end if behind else at
    return [*lines[:place], *row, *lines[place:]]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_row_of_the_agency_that_names_another_takes_no_place_of_it(layout: str, form: str) -> None:
    lines = list(lines_of(layout, form))
    right = cells_of(lines)
    tried = 0
    for label, names in NAMED.items():
        for named in names:
            for behind in (True, False):
                changed = with_row(lines, label, named, behind)
                if changed is None:
                    continue
                tried += 1
                for address, cell in cells_of(changed).items():
                    if cell.status == "reported" and cell.doubt is None:
                        assert cell.value == right[address].value, (named, behind, cell)
    assert tried > 10


@pytest.mark.parametrize("layout", [*LAYOUTS, "flattened", "aligned"])
def test_a_gloss_in_the_label_of_a_row_changes_nothing(layout: str) -> None:
    lines = list(lines_of(layout, "2021"))
    right = cells_of(lines)
    for label, gloss in {
        "行政许可": "（不含行政处罚）",
        "（七）总计": "（含其他处理）",
        "行政强制": "(除行政处罚外)",
    }.items():
        changed = [
            line.replace(label, label + gloss) if label in line.replace("|", " ").split() else line for line in lines
        ]
        assert changed != lines
        found = cells_of(changed)
        assert {a: (c.value, c.status, c.doubt) for a, c in found.items()} == {
            a: (c.value, c.status, c.doubt) for a, c in right.items()
        }


def test_a_drawn_row_of_the_agency_leaves_the_others_without_a_doubt() -> None:
    lines = list(lines_of("markdown", "2021"))
    right = cells_of(lines)
    found = cells_of(with_row(lines, "规范性文件", "其他主动公开文件（含规范性文件）", True))
    assert {address: (cell.value, cell.doubt) for address, cell in found.items()} == {
        address: (cell.value, None) for address, cell in right.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "（含网站）",
        "行政许可（12件）",
        "信息内容（单位：万元，保留4位小数）",
    ],
)
def test_other_brackets_are_no_glosses(text: str) -> None:
    assert not glossed(text)


def test_the_bulk_path_agrees_or_asks() -> None:
    documents = [Document("text", "\n".join(lines_of("spaces", form))) for form in ("2019", "2021")]
    plain_ones = len(documents)
    for layout, form in (("spaces", "2021"), ("tabs", "2019"), ("wrapped_after", "2021")):
        lines = list(lines_of(layout, form))
        for label, names in list(NAMED.items())[:3]:
            changed = [with_row(lines, label, named, behind) for named in names for behind in (True, False)]
            changed += [[line.replace(label, named) for line in lines] for named in names]
            documents += [Document("text", "\n".join(one)) for one in changed if one]
    reports = inventory(documents)
    assert_alike(reports)
    taken = plain.read_plain(reports.with_columns(year=pl.lit(2023, pl.Int16)))[0]
    assert taken[:plain_ones].all()


def test_long_texts_cost_no_time() -> None:
    for text in ("（含" * 20_000, "（含规章" * 20_000, "（含" + "规" * 90_000 + "）"):
        glossed(text)
        cells_of([text, "一、总体情况"])
