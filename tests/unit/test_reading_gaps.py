"""Empty cells beside values in texts: the bulk path takes no row whose columns the careful path doubts."""

from random import Random

import numpy as np
import polars as pl
import pytest
from test_reading_bulk import assert_alike, inventory

from orchestration.intake.document import Document
from orchestration.reading.bulk import gaps, plain
from tests.rendering.model import random_report
from tests.rendering.render import render

_LEAST = 8  # cells of a row of the request table


def with_gaps(layout: str, bar: str, n: int) -> pl.DataFrame:
    """Reports of which one row, or the line of a header, has an empty cell more, each at another place."""
    found = []
    for number in range(n):
        rng = Random(f"gaps/{layout}/{number}")
        lines = render(random_report(rng, style="small"), layout, (), 7, plain=True).text.split("\n")
        rows = [at for at, line in enumerate(lines) if line.count(bar) >= _LEAST - 1]
        at = rng.choice(rows)
        cells = lines[at].split(bar)
        cells.insert(rng.randrange(len(cells) + 1), "")
        found.append(Document("text", "\n".join([*lines[:at], bar.join(cells), *lines[at + 1 :]])))
    return inventory(found)


@pytest.mark.parametrize(("layout", "bar"), [("tabs", "\t"), ("markdown", "|")])
def test_a_gap_is_read_alike(monkeypatch: pytest.MonkeyPatch, layout: str, bar: str) -> None:
    reports = with_gaps(layout, bar, 60)
    assert_alike(reports)
    own = gaps.Gaps.certain
    monkeypatch.setattr(gaps.Gaps, "certain", lambda self, widths: own(self, widths) | True)
    with pytest.raises(AssertionError):
        assert_alike(reports)


def test_a_header_in_other_columns_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = with_gaps("tabs", "\t", 60)
    assert_alike(reports)
    monkeypatch.setattr(plain, "plain_below_headers", lambda *given: np.ones(len(given[4]), bool))
    with pytest.raises(AssertionError):
        assert_alike(reports)
