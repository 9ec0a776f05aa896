"""Web pages and Word documents read in bulk by their lines give exactly the rows of the careful path by their cells."""

import json
from collections.abc import Callable
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from test_reading_bulk import assert_alike, inventory

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.intake.grids import placed
from orchestration.reading.bulk import drawn
from orchestration.reading.bulk.careful import careful_tables
from orchestration.reading.rows import rows
from tests.rendering.layouts import LAYOUTS
from tests.rendering.model import random_report
from tests.rendering.render import DAMAGES, TWISTS, render

PAGES = [name for name, layout in LAYOUTS.items() if layout.family == "html"]
WORD = [name for name, layout in LAYOUTS.items() if layout.family == "docx"]


def rendered(layouts: list[str], n: int, seed: int, damaged: float = 0.3, twisted: float = 0.3) -> list[Document]:
    """Reports in some layouts, opened; some with a twist or a damage."""
    found = []
    for number in range(n):
        rng = Random(f"drawn/{seed}/{number}")
        report, layout = random_report(rng), rng.choice(layouts)
        fitting = [one.name for one in DAMAGES.values() if one.fits(LAYOUTS[layout])]
        damage = (rng.choice(fitting),) if rng.random() < damaged else ()
        if rng.random() < twisted:
            layout += "+" + rng.choice(list(TWISTS))
        found.append(open_document(render(report, layout, damage, seed + number).data))
    return found


def taken(reports: pl.DataFrame) -> float:
    """The share of reports whose tables the bulk path takes."""
    return drawn.read_drawn(reports.with_columns(year=pl.lit(2023, pl.Int16)))[0].mean()


def test_all_layouts_twists_and_damages() -> None:
    reports = inventory(rendered(PAGES, 90, 1) + rendered(WORD, 20, 2))
    assert taken(reports) > 0.35
    assert_alike(reports)


def test_most_undamaged_reports_are_taken() -> None:
    assert taken(inventory(rendered(PAGES, 60, 3, 0, 0))) > 0.75
    assert taken(inventory(rendered(WORD, 20, 4, 0, 0))) > 0.75


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_many_reports(seed: int) -> None:
    assert_alike(inventory(rendered(PAGES + WORD, 1000, 100 + 1000 * seed, 0.2 * seed, 0.4)))


def _spoiled(old: str, new: str) -> pl.DataFrame:
    """Plain pages in which an editor changed something."""
    reports = (random_report(Random(f"spoiled/{number}"), "2021", "small") for number in range(20))
    pages = [render(report, "html", (), 7, "html", plain=True).data.decode() for report in reports]
    assert all(old in page for page in pages)
    return inventory([open_document(page.replace(old, new).encode()) for page in pages])


SPOILED = {
    "an empty row ends each table": ("</tr>\n</table>", "</tr>\n<tr><td></td></tr>\n</table>"),
    "a bar in each last cell": ("</td></tr>", "|</td></tr>"),
    "a mark for no value": ("</td></tr>", "</td><td>NaN</td></tr>"),
    "an empty cell ends each row": ("</td></tr>", "</td><td></td></tr>"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_an_editor_spoiled(what: str) -> None:
    assert_alike(_spoiled(*SPOILED[what]))


def test_grids_written_down_cell_by_cell_are_read_alike() -> None:
    reports = _spoiled("</td>", "</td>")
    old = []
    for container, text, layout in reports.select("container", "text", "layout").iter_rows():
        grids = Document.restore(container, text, None, layout).grids
        cells = [[grid.first_line, grid.last_line, [list(cell) for cell in grid.cells]] for grid in grids]
        old.append(json.dumps({**json.loads(layout), "grids": cells}))
    earlier = reports.with_columns(layout=pl.Series(old))
    assert_alike(earlier)
    with_year = pl.lit(2023, pl.Int16).alias("year")
    assert drawn.read_drawn(reports.with_columns(with_year))[0].all()
    assert not drawn.read_drawn(earlier.with_columns(with_year))[0].any()  # such are read carefully
    assert_frame_equal(_careful(earlier)[0], _careful(reports)[0])


def _neighbours(own: Callable) -> Callable:
    """The places of the cells before those of the values."""

    def moved(rows: dict[int, str | list[str]], printed: list[str], *read: object) -> object:
        each = {line: placed(places, printed[line - 1].count("\t") + 1) for line, places in rows.items()}
        return own({line: [*places[-1:], *places[:-1]] for line, places in each.items()}, printed, *read)

    return moved


def _credulous(_: Callable) -> Callable:
    """Any row taken for what its line shows."""
    return lambda *_: True


@pytest.mark.parametrize(("name", "fault"), [("_placed", _neighbours), ("_alike", _credulous)])
def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch, name: str, fault: Callable) -> None:
    reports = _spoiled(*SPOILED["an empty row ends each table"]) if name == "_alike" else _spoiled("</td>", "</td>")
    assert_alike(reports)
    monkeypatch.setattr(drawn, name, fault(getattr(drawn, name)))
    with pytest.raises(AssertionError):
        assert_alike(reports)


def _careful(reports: pl.DataFrame) -> list[pl.DataFrame]:
    """Cells, tables and problems by the careful path."""
    return list(careful_tables(reports.with_columns(year=pl.lit(2023, pl.Int16), known=pl.lit(True))))


def test_rows_that_need_no_windows_are_those_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["tabs", "tabs_lost", "markdown", "markdown_repeated", "pipe_rows", "pipe_led"]
    reports = inventory(rendered(PAGES, 40, 5, 0.5) + rendered(WORD, 10, 6, 0.5) + rendered(texts, 40, 7, 0.5))
    found = _careful(reports)
    own = rows.drawn_rows
    monkeypatch.setattr(rows, "drawn_rows", lambda *_: None)
    assert all(map(pl.DataFrame.equals, found, _careful(reports)))

    def moved(*given: object) -> dict | None:
        """The values of each row for the next one."""
        drawn = own(*given)
        return drawn and dict(zip(drawn, [*list(drawn.values())[1:], *list(drawn.values())[:1]], strict=True))

    monkeypatch.setattr(rows, "drawn_rows", moved)
    assert not found[0].equals(_careful(reports)[0])
