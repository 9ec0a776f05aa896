"""What stands right behind the dispute table, or behind its values, is not overlooked by the bulk path."""

from random import Random

import polars as pl
import pytest

from orchestration.intake.document import Document
from orchestration.reading.bulk import plain
from tests.rendering.model import random_report
from tests.rendering.render import render
from tests.unit.test_reading_bulk import assert_alike, inventory

BEHIND = ["", "3.其他0；0", "0；0", "1-2", "0、0、0、0、0", " 说明文字在此处继续写下去", "（一）予以公开：0/0/0"]


@pytest.mark.parametrize("blank", [False, True])
def test_words_and_lists_behind_the_values_of_disputes(blank: bool) -> None:
    texts = (render(random_report(Random(f"behind/{n}"), style="small"), seed=n, plain=True).text for n in range(99))
    parts = (text.partition("\n五、") for text in texts)
    above, mark, below = next(part for part in parts if len(part[0].rstrip().rsplit("\n", 1)[-1].split()) == 15)
    above = above.rstrip()
    if blank:  # then the table is told by its shape
        above = above.rsplit(" ", 1)[0]
    documents = [Document("text", f"{above}{sign}{more}\n{mark}{below}") for more in BEHIND for sign in ("\n", " ", "")]
    found = inventory(documents)
    assert_alike(found)
    if not blank:
        assert plain.read_plain(found.with_columns(year=pl.lit(2023, pl.Int16)))[0].any()


def test_labels_behind_the_values_that_are_cut_off() -> None:
    """A sentence parts the header behind the values; what follows has more labels, as far as the proof may not see."""
    text = next(
        text
        for text in (
            render(random_report(Random(f"first/{n}")), "values_first", seed=n, plain=True).text for n in range(99)
        )
        if "总计\n未经复议直接起诉" in text
    )
    above, mark, below = text.partition("\n未经复议直接起诉")
    between = "平台建设。保留的若干政务媒体账号已经全部纳入管理，每季度检查，并且向社会公布检查的情况和结果。"
    results, _, rest = below.partition("\n结果维持")
    documents = [
        Document("text", f"{above}{mark}{results}\n{between[:size]}\n结果维持{rest}")
        for size in range(0, len(between), 2)
    ]
    assert_alike(inventory(documents))


@pytest.mark.parametrize("layout", ["tabs", "pipe_led"])
def test_a_row_of_empty_cells_above_the_values_of_disputes(layout: str) -> None:
    """The careful path does not tell whether they are of the table, so the bulk path leaves them to it."""
    text = render(random_report(Random("empty/1"), style="medium"), layout, seed=1, plain=True).text
    above, heading, table = text.rpartition("政府信息公开行政复议、行政诉讼情况")
    lines = table.split("\n")
    rows = ["\t\t\t\t", "\t" * 14, "| | | | | |", "|||||", ""]
    documents = [
        Document("text", "\n".join([above + heading, *lines[:at], row, *lines[at:]]))
        for at in range(1, min(len(lines), 12))
        for row in rows
    ]
    found = inventory(documents)
    assert_alike(found)
    assert plain.read_plain(found.with_columns(year=pl.lit(2023, pl.Int16)))[0].any()
