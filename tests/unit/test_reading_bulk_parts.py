"""Shortcuts of the bulk path, each against what it spares."""

from random import Random

import numpy as np
import pytest

from orchestration.reading.bulk import titles as bulk_titles
from orchestration.reading.bulk.arrays import Ranks
from orchestration.reading.bulk.disputes import _three_on_a_line
from orchestration.reading.bulk.titles import plain_title
from orchestration.reading.titles import titles_in

NAMES = (
    "淮安市洪泽区医疗保障局",
    "某县人民",
    "政务中心",
    "图们市人民政府",
    "某局关于",
    "某局发布",
    "第8师",
    "信息中心",
)
YEARS = ("2023年", "2023年度", "二〇二三年")
ENDS = ("政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作年度报告（某局）")
ROUND = (
    *(
        "",
        "一、总体情况",
        "**一、总体情况**",
        "浏览次数:255",
        "文号:无",
        "标题:9",
        "附件:1",
        "图文:1",
        "某某市人民政府",
    ),
    *(
        "现公布如下。",
        "江苏省",
        "来源",
        "2023年",
        "[来源",
        "12、公开",
        "1.",
        "本报告由某局编制",
        "信息公开年报",
        "关于",
    ),
)


def windows(count: int) -> list[list[str]]:
    """Lines around a title, most of which may be taken for a part of it."""
    rng = Random(7)
    found = []
    for _ in range(count):
        title = rng.choice(NAMES) + rng.choice(YEARS) + rng.choice(ENDS)
        title = rng.choice(("", "## ", "**", "**", "《")) + title + rng.choice(("", "**", "》"))
        above, below = ([rng.choice(ROUND) for _ in range(rng.randrange(3))] for _ in range(2))
        found.append([*above, title, *below])
    return found


def mistaken(count: int) -> tuple[int, int]:
    """How many plain titles there are, and how many that the careful search finds otherwise."""
    found = [(plain_title(lines), lines) for lines in windows(count)]
    found = [(title, lines) for title, lines in found if title]
    return len(found), sum(titles_in(lines) != [title] for title, lines in found)


def test_plain_titles_are_those_of_the_careful_search() -> None:
    plain, wrong = mistaken(20_000)
    assert plain > 300
    assert wrong == 0


def test_a_plain_title_below_a_part_of_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_titles, "_ASIDE", bulk_titles.re.compile(".*"))
    assert mistaken(20_000)[1] > 0


def test_ranks_are_those_of_a_search() -> None:
    rng = np.random.default_rng(7)
    for size in (1, 63, 64, 65, 1000):
        marked = rng.random(size) < 0.3
        places = rng.integers(0, size + 1, (5, 40))
        assert (Ranks(marked).before(places) == np.searchsorted(np.flatnonzero(marked), places)).all()


def test_three_values_on_a_line_are_seen() -> None:
    lines = [[5, 5, 5], [15], [5, 3, 2, 5], [3, 12], [12, 3], [1] * 15]
    begins = np.zeros((len(lines), 15), bool)
    for row, counts in zip(begins, lines, strict=True):
        row[np.cumsum([0, *counts[:-1]])] = True
    assert _three_on_a_line(begins).tolist() == [False, False, True, True, True, False]
