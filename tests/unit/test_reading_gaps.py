"""Empty cells beside values in texts: the bulk path takes no row whose columns the careful path doubts."""

from random import Random

import numpy as np
import pytest
from test_reading_bulk import assert_alike, inventory

from orchestration.intake.document import Document
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.tables.tables import read_tables
from tests.rendering.model import random_report
from tests.rendering.render import render

_LEAST = 8  # cells of a row of the request table


def with_gaps(layout: str, bar: str, n: int, cells_more: int = 1) -> list[Document]:
    """Reports of which one row, or the line of a header, has an empty cell more, each at another place."""
    found = []
    for number in range(n):
        rng = Random(f"gaps/{layout}/{number}")
        lines = render(random_report(rng, style="small"), layout, (), 7, plain=True).text.split("\n")
        rows = [at for at, line in enumerate(lines) if line.count(bar) >= _LEAST - 1]
        at = rng.choice(rows)
        cells = lines[at].split(bar)
        place = rng.randrange(len(cells) + 1)
        cells[place:place] = [""] * cells_more
        found.append(Document("text", "\n".join([*lines[:at], bar.join(cells), *lines[at + 1 :]])))
    return found


@pytest.mark.parametrize(("layout", "bar"), [("tabs", "\t"), ("markdown", "|")])
def test_a_gap_is_read_alike(monkeypatch: pytest.MonkeyPatch, layout: str, bar: str) -> None:
    reports = inventory(with_gaps(layout, bar, 60))
    assert_alike(reports)
    own = Lines.partings
    monkeypatch.setattr(Lines, "partings", lambda *given: np.minimum(own(*given), 6))
    with pytest.raises(AssertionError):
        assert_alike(reports)


@pytest.mark.parametrize(("layout", "bar"), [("tabs", "\t"), ("markdown", "|")])
def test_values_that_stand_together_are_certain_whatever_cells_are_empty_beside_them(layout: str, bar: str) -> None:
    for report, gapped in zip(*(with_gaps(layout, bar, 60, more) for more in (0, 1)), strict=True):
        wanted, found = (reading.cells for reading in (read_tables(report), read_tables(gapped)))
        for one, other in zip(wanted, found, strict=True):
            assert (other.status, other.value) == (one.status, one.value) or other.doubt
