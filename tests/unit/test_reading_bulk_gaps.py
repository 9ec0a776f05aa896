"""Reports with empty cells read in bulk, against the careful path: as rendered, and changed in small ways."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from orchestration.intake.document import Document
from orchestration.reading.bulk.careful import careful_tables
from orchestration.reading.bulk.gaps import gapped
from orchestration.reading.bulk.gaps.patterns import RowCells
from orchestration.reading.bulk.plain import read_plain
from orchestration.reading.columns.columns import Grid
from tests.rendering.layouts import LAYOUTS
from tests.rendering.mutations import mutated
from tests.rendering.render import corpus

TEXT_LAYOUTS = [name for name, layout in LAYOUTS.items() if layout.family == "text"]
LEFT_TO_THE_CAREFUL_PATH = {"pipe_alone", "pipe_led", "pipe_rows", "pipe_trailing", "markdown_repeated"}


def inventory(texts: list[str]) -> pl.DataFrame:
    """Texts as the bulk path takes them."""
    documents = [Document("text", text) for text in dict.fromkeys(texts)]
    rows = [(str(at), 2023, True, "text", d.text, None, None) for at, d in enumerate(documents)]
    names = ("report_id", "year", "known", "container", "text", "encoding", "layout")
    types = (pl.String, pl.Int16, pl.Boolean, *(pl.String,) * 4)
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def with_gaps(layouts: list[str], n: int, seed: int, twist_share: float = 0.1) -> list[str]:
    """``n`` reports with empty cells in each layout."""
    return [
        report.text
        for number, layout in enumerate(layouts)
        for report in corpus(n, 100 * seed + number, [layout], 0.1, twist_share, style="blanks")
    ]


def assert_alike(reports: pl.DataFrame) -> np.ndarray:
    """What the bulk path takes is what the careful path finds; answers which reports that are."""
    taken, *found = read_plain(reports)
    wanted = careful_tables(reports.filter(taken))
    for frame, right in zip(found, wanted, strict=True):
        assert_frame_equal(*(one.sort("report_id", maintain_order=True) for one in (frame, right)))
    return taken


def test_empty_cells_in_all_layouts() -> None:
    taken = assert_alike(inventory(with_gaps(TEXT_LAYOUTS, 6, 1, 0)))
    shares = dict(zip(TEXT_LAYOUTS, taken.reshape(-1, 6).mean(axis=1), strict=True))
    assert {name for name, share in shares.items() if share < 0.6} <= LEFT_TO_THE_CAREFUL_PATH


def test_only_reports_with_gaps_need_them() -> None:
    reports = inventory(with_gaps(["spaces", "tabs", "markdown"], 6, 2, 0))
    assert not read_plain(reports, with_gaps=False)[0].any()


def test_changed_texts() -> None:
    rng = Random(3)
    reports = inventory([mutated(text, rng) for text in with_gaps(TEXT_LAYOUTS, 5, 3)])
    assert 0.2 < assert_alike(reports).mean() < 0.9


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 16))
def test_many_changed_texts(seed: int) -> None:
    rng = Random(seed)
    assert_alike(inventory([mutated(text, rng) for text in with_gaps(TEXT_LAYOUTS, 60, seed)]))


def test_no_text_holds_a_number() -> None:
    report = next(iter(corpus(1, 4, ["spaces"], style="blanks"))).text
    assert not assert_alike(inventory(["".join(c for c in report if not c.isdecimal())])).any()


def _lines_of(layout: str, seed: int) -> list[str]:
    return next(iter(corpus(1, seed, [layout], style="blanks", twist_share=0))).text.split("\n")


@pytest.mark.parametrize(
    ("layout", "old", "new"),
    [
        ("spaces", "四、结转下年度继续办理", "7 四、结转下年度继续办理"),  # a value of the row below
        ("spaces", "复议后起诉", "复议后起诉\n五、存在的主要问题及改进情况"),  # the table goes on behind
        ("spaces", "五、", "0 0 0 五、"),
        ("one_per_line", "四、结转下年度继续办理", "四、结转下年度继续办理\n5\t7"),
        ("one_per_line", "四、政府信息公开行政复议", "7 四、政府信息公开行政复议"),
        ("pipe_trailing", "（四）", "无 （四）"),  # a mark and words in one cell
        ("wrapped_between", "、行政机关不再处理", "\n0 、行政机关不再处理"),  # as in a sentence
        ("tabs", "商业企业", ""),  # an empty cell may stand for no column
        ("tabs", "自然人", "商业企业"),
    ],
)
def test_what_is_left_to_the_careful_path(layout: str, old: str, new: str) -> None:
    found = 0
    for seed in range(12):
        text = "\n".join(_lines_of(layout, seed))
        assert_alike(inventory([text.replace(old, new, 1), *with_gaps(["spaces", "tabs"], 2, seed)]))
        found += old in text
    assert found > 2


def _moved(found: Callable) -> Callable:
    def read(*given: object) -> object:
        gaps = found(*given)
        return replace(gaps, code=gaps.code * 3, cells=gaps.cells + 1)

    return read


def _unknown_columns(_: Callable) -> Callable:
    return lambda shapes, above: [Grid()] * len(shapes)


def _of_the_first(cells: Callable) -> Callable:
    def read(shape: object, grid: Grid) -> RowCells:
        found = cells(shape, grid)
        return replace(found, cells=np.where(found.cells[:, 3:] > 0, found.cells - [0, 0, 0, 1], found.cells))

    return read


def _nothing(_: Callable) -> Callable:
    return lambda *given: False


@pytest.mark.parametrize(
    ("name", "fault", "layout", "change"),
    [
        ("find_gaps", _moved, "tabs", None),
        ("request_grids", _unknown_columns, "tabs", None),
        ("cells_of_row", _of_the_first, "tabs", None),
        ("labels_behind", _nothing, "spaces", ("复议后起诉", "复议后起诉\n五、存在的主要问题及改进情况")),
        ("names_all_or_few", lambda _: lambda *given: True, "tabs", ("科研机构", "")),
    ],
)
def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch, name: str, fault: Callable, layout: str, change) -> None:
    texts = with_gaps([layout], 30, 5, 0)
    reports = inventory([text.replace(*change, 1) for text in texts] if change else texts)
    assert_alike(reports)
    monkeypatch.setattr(gapped, name, fault(getattr(gapped, name)))
    with pytest.raises(AssertionError):
        assert_alike(reports)
