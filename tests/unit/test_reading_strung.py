"""Numbers with signs between them behind the label of their row: read where they can be parted, else said."""

import re
from collections.abc import Callable
from functools import lru_cache
from random import Random

import polars as pl
import pytest

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.reading import Report, read_report
from orchestration.reading.bulk import plain
from orchestration.reading.pieces.strung import parted, strung
from tests.rendering.model import random_report
from tests.rendering.render import render
from tests.unit.test_reading_bulk import assert_alike, inventory

ROW = re.compile(r"(.*?[^\d\s])\s+((?:\d+\s+){2,6}\d+)")
SURE = ("、", "；", ";", "、 ", " ； ")
BARE = ("/", ",", "，", " / ")


@lru_cache(maxsize=8)
def text(seed: int = 0) -> str:
    return render(random_report(Random(f"strung/{seed}"), style="small"), "spaces", seed=seed, plain=True).text


def with_lists(written: Callable[[str, list[str]], str], seed: int = 0) -> str:
    found = ((ROW.fullmatch(line), line) for line in text(seed).splitlines())
    return "\n".join(written(row[1], row[2].split()) if row else line for row, line in found)


def read(said: str) -> Report:
    return read_report(Document("text", said))


@lru_cache(maxsize=8)
def read_plainly(seed: int = 0) -> Report:
    return read(text(seed))


def values(report: Report, width: int = 3) -> dict:
    cells = [cell for cell in report.reading.cells if cell.status == "reported" and cell.doubt is None]
    rows = [cell.cell.rpartition("/")[0] for cell in cells]
    return {cell.cell: cell.value for cell, row in zip(cells, rows, strict=True) if rows.count(row) >= width}


@pytest.mark.parametrize("behind", ["：", " ", "", ": ", "\n"])
@pytest.mark.parametrize("sign", SURE)
def test_numbers_that_a_sign_parts_are_values(sign: str, behind: str) -> None:
    for seed in range(2):
        report = read(with_lists(lambda label, row: f"{label}{behind}{sign.join(row)}", seed))
        wanted = read_plainly(seed)
        odd = {p.line for p in report.reading.problems}
        right = values(wanted)
        assert values(report).items() <= right.items()
        assert behind == "\n" or (values(report) == right and not odd)


@pytest.mark.parametrize("sign", SURE)
def test_the_row_of_the_dispute_table_may_be_one_list(sign: str) -> None:
    row = next(line for line in reversed(text().splitlines()) if len(line.split()) == 15)
    report = read(text().replace(row, sign.join(row.split())))
    assert values(report) == values(read_plainly())


@pytest.mark.parametrize("sign", BARE)
def test_signs_of_dates_and_numbers_part_only_long_lists(sign: str) -> None:
    report = read(with_lists(lambda label, row: f"{label}：{sign.join(row)}"))
    assert values(report) == values(read_plainly(), 5)
    assert {p.code for p in report.reading.problems} <= {"joined_numbers", "long_row"}


def test_each_number_keeps_its_own_words() -> None:
    report = read(with_lists(lambda label, row: f"{label}：{'件、'.join(row)}件。"))
    cells = [cell for cell in report.reading.cells if cell.cell.startswith("requests/received")]
    assert [cell.raw for cell in cells] == [f"{cell.value}件" for cell in cells]
    assert {cell.unit for cell in cells} == {"件"}


@pytest.mark.parametrize("sign", ["-", "~", "·", "、/", ""])
def test_what_cannot_be_parted_is_shown_and_not_called_missing(sign: str) -> None:
    report = read(with_lists(lambda label, row: f"{label}：{sign.join(row)}"))
    rows = ("requests/received/", "requests/granted/", "requests/denied.", "disclosure/normative_documents/")
    cells = [cell for cell in report.reading.cells if cell.cell.startswith(rows)]
    assert {(cell.status, cell.doubt) for cell in cells} == {("unreadable", "joined_numbers")}
    codes = {problem.code for problem in report.reading.problems}
    assert "values_missing" not in codes and "joined_numbers" in codes
    if sign in "-~":
        shown = next(cell for cell in cells if cell.cell.startswith("requests/granted/"))
        assert sign in shown.raw and shown.raw[0].isdigit()


@pytest.mark.parametrize(
    "numbers",
    ["1,234,0,0,0,0,0", "1，2，300，0，0，0，0", "0、0、0、0、0、0", "0、0、0、0、0、0、0、0", "0、0；0、0、0、0、0"],
)
def test_an_uncertain_list_makes_its_row_unreadable_with_the_whole_list(numbers: str) -> None:
    said = re.sub(r"(（一）予以公开).*", rf"\1：{numbers}", text())
    cells = [cell for cell in read(said).reading.cells if cell.cell.startswith("requests/granted/")]
    assert {(cell.status, cell.raw) for cell in cells} == {("unreadable", numbers)}
    assert all(cell.doubt for cell in cells)


@pytest.mark.parametrize("sign", [*SURE, "/", ","])
def test_a_cell_that_spans_the_row_may_hold_its_list(sign: str) -> None:
    def table(label: str, row: list[str]) -> str:
        return f"<table><tr><td>{label}</td><td colspan=7>{sign.join(row)}</td></tr></table>"

    html = with_lists(lambda label, row: table(label, row) if len(row) == 7 else f"{label} {' '.join(row)}")
    lines = [line if line.startswith("<table") else f"<p>{line}</p>" for line in html.splitlines()]
    report = read_report(open_document(f"<html><body>{''.join(lines)}</body></html>".encode(), "a.html"))
    assert values(report) == values(read_plainly())


@pytest.mark.parametrize(
    "line",
    [
        "2023/01/01",
        "予以公开 2023/01/01",
        "1/5",
        "第1/5页",
        "其他 1/5",
        "予以公开：1,234",
        "行政处罚  1,234,567",
        "分别为3、4、5件",
        "本年受理申请数量分别为3、4、5",
        "其他2021、2022、2023",
        "3、4",
        "1、2、3",
        "1、0、0、0、0、0、0",
        "（一）予以公开 0 / 0",
        "（一）予以公开3、4、5（其中重复1件）",
        "电话：0371-1234567",
        "010、020、030",
        "第1、2、3项",
        "1.属于国家秘密|0|0|0|0|0|0",
        "予以公开：3、4、5、6、7、8、9件，其中",
        "予以公开：1.2.3.4.5.6.7",
    ],
)
def test_dates_pages_items_and_sentences_are_no_lists(line: str) -> None:
    found = strung(line)
    assert found is None or not found[2]


def test_one_number_with_separators_stays_one() -> None:
    said = re.sub(r"(行政处罚) .*", r"\1  1,234", text())
    cell = next(cell for cell in read(said).reading.cells if cell.cell == "disclosure/penalties/decisions")
    assert (cell.status, cell.value, cell.doubt) == ("reported", 1234, None)


@pytest.mark.parametrize(
    "said", ["0" + "、0" * 100_000, "1" + "、 1" * 50_000 + "x", "1,1" * 40_000, "予以公开" * 20_000 + "1、1"]
)
def test_long_lines_cost_no_time(said: str) -> None:
    assert strung(said) is None and not parted(said)


@pytest.mark.parametrize("sign", ["、", "；", "/", ",", "|", "-"])
@pytest.mark.parametrize("ends", ["", "。", "；", ";"])
def test_the_bulk_path_agrees_or_asks(sign: str, ends: str) -> None:
    """Lists in all rows, in one, beside whole rows, and in the header of a table."""
    plain_text = text()
    listed = sign.join("0" * 7)
    one = re.sub(r"(（一）予以公开).*", rf"\1：{listed}{ends}", plain_text)
    twice = plain_text.replace("（一）予以公开", f"（一）予以公开：{listed}{ends}")
    above = plain_text.replace("（一）予以公开", f"3.其他：{listed}{ends}\n（一）予以公开")
    head = re.sub(r"(三、收到和处理.*)", rf"\1\n3.其他：{sign.join('123')}{ends}", plain_text)
    every = with_lists(lambda label, row: f"{label}：{sign.join(row)}{ends}")
    reports = inventory([Document("text", said) for said in (one, twice, above, head, every, plain_text)])
    assert_alike(reports)
    taken = plain.read_plain(reports.with_columns(year=pl.lit(2023, pl.Int16)))[0]
    assert taken.tolist() == [False] * 5 + [True]
