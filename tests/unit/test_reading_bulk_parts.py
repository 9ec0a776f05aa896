"""Shortcuts of the bulk path, each against what it spares."""

from random import Random

import numpy as np
import pytest

from orchestration.reading.bulk.gaps.dispute_shapes import shape_of
from orchestration.reading.bulk.tables.disputes import _three_on_a_line
from orchestration.reading.bulk.tables.proofs import _near
from orchestration.reading.bulk.texts import words as bulk_words
from orchestration.reading.bulk.texts.arrays import Ranks

HEADING = "政府信息公开行政复议、行政诉讼情况"
PIECES = (
    *("0", "1", "12", "2023", "，", "。", "、", ".", "．", ",", "（", "）", "(", ")", "【", "】", "《", "》", "%", "①"),
    *("无", "不", "不适用", "年", "件", "万元", "属于", "其他", "#", "*", "-", "+", "/", "—", "－", "１", "０", "a"),
)


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


def misread(count: int) -> tuple[float, list[str]]:
    """The share of random words whose kind is told at first sight, and those that are told wrong."""
    rng = Random(7)
    words = {"".join(rng.choices(PIECES, k=rng.randint(1, 6))) for _ in range(count)}
    words |= {piece * times for piece in PIECES for times in range(1, 7)}
    encoded = [word.encode() for word in words]
    data = np.frombuffer(b" ".join([*encoded, b"\n"]), np.uint8)
    end = np.cumsum([len(word) + 1 for word in encoded]) - 1
    begin = end - [len(word) for word in encoded]
    kinds, _ = bulk_words.read_words(data, begin, end)
    sight = bulk_words._at_first_sight(data, begin, end - begin, data[begin])
    wrong = [w for w, data, kind in zip(words, encoded, kinds, strict=True) if bulk_words._long_kind(data) != kind]
    return (sight != bulk_words._UNKNOWN).mean(), wrong


def test_words_are_what_reading_them_one_by_one_says() -> None:
    share, wrong = misread(20_000)
    assert share > 0.05
    assert wrong == []


def test_a_word_taken_for_text_too_soon_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_words, "_OPENERS", np.ones(256, bool))  # as if no number began with a sign
    assert misread(20_000)[1]


@pytest.mark.parametrize(
    ("line", "alike"),
    [
        *((line, True) for line in (f"四、{HEADING}", f"**四、 {HEADING}**", f"## {HEADING}")),
        *(
            (line, False)
            for line in ("四", f"四、{HEADING} 1", f"四、{HEADING} /", f"四、{HEADING}|", f"如下{HEADING}")
        ),
    ],
)
def test_headings_that_differ_in_number_and_marks_make_one_shape(line: str, alike: bool) -> None:
    table = ["行政复议 行政诉讼", "结果维持 结果纠正 其他结果", "1 2", "五、存在的主要问题及改进情况"]
    told, plain = (shape_of([first, *table], 0) for first in (line, HEADING))
    assert told.numbers[-2:] == plain.numbers == ["1", "2"]
    assert (told == plain) == alike


def test_a_heading_that_comes_again_is_left_as_it_is() -> None:
    heading = f"四、{HEADING}"
    told = shape_of([heading, "行政复议", heading, "五、存在的主要问题及改进情况"], 0)
    assert told.text.split("\n")[0] == heading


@pytest.mark.parametrize(
    ("behind", "near"),
    [
        ("\n五存在的 主要问题及改进情况\n存在的", "\n五存在的 主要问"),
        ("\n五存在的主要问题及改进情况\n行政复议", "\n五存在的主要问题及改进情况\n行政复议"),  # a label of the table
        ("\n行政 复议五存", "\n行政 复议五存"),
        ("", ""),
    ],
)
def test_behind_a_table_no_more_is_asked_than_tells_its_end(behind: str, near: str) -> None:
    assert _near(behind) == near
