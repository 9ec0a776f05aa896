"""What the dashboard puts on a page or into a file: text of reports stays text, and the form looks as printed."""

from __future__ import annotations

import ast
import csv
import importlib
import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import altair as alt
import polars as pl
import pytest
from small_published import FORMS, FORMULA, HOSTILE, PLANTED, SOUND, publish

from orchestration.dashboard.drawing import marked_cells, suggestions
from orchestration.dashboard.published import Published
from orchestration.dashboard.queries import reports
from orchestration.dashboard.words import WORDS, Say
from orchestration.form import declaration
from orchestration.presenting.marking import drawn, number, shown_cell
from orchestration.presenting.official import printed

ROOT = Path(__file__).resolve().parents[2] / "orchestration"
TABLES = ("disclosure", "requests", "disputes")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("table", TABLES)
def test_a_printed_table_has_every_cell_once_and_no_hole(form: str, table: str, lang: str) -> None:
    taken: set[tuple[int, int]] = set()
    grid = printed(form, table, lang)
    for y, row in enumerate(grid):
        x = 0
        for box in row:
            while (y, x) in taken:
                x += 1
            area = {(y + down, x + right) for down in range(box.rows) for right in range(box.columns)}
            assert not area & taken
            taken |= area
            assert box.text or box.address
    assert len(set(Counter(y for y, _ in taken).values())) == 1, "every row is as wide as the others"
    addresses = [box.address for row in grid for box in row if box.address]
    assert Counter(addresses) == Counter(cell.address for cell in declaration().cells_of(form, table))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    told = [(HOSTILE, 2023, PLANTED | {"disputes/reconsideration/total": "absent"}), ("平安县财政局", 2022, SOUND)]
    return Published(publish(tmp_path_factory.mktemp("home") / "gongkai.duckdb", told))


def test_cells_are_marked_by_kind_and_by_sign(published: Published) -> None:
    report = reports.search(published, "onerror")["report_id"][0]
    shown = marked_cells(published, report, FORMS, Say("zh"))
    wrong = shown["requests/received/total"]
    assert (wrong.kind, wrong.sign, wrong.text, wrong.notes) == ("suspect", "≠", "15", ["→ 12"])
    touched = shown["requests/received/natural_person"]
    assert (touched.kind, touched.sign) == ("touched", "≠")
    assert any("15 ≠ 12" in line for line in touched.told)
    assert shown["disputes/reconsideration/total"].text == "∅"
    assert shown["disclosure/rules/issued"].kind == "reported"
    (told,) = suggestions(published, report, FORMS, Say("en"))
    assert "should be 12, not 15" in told


def test_text_of_reports_is_escaped_in_the_drawn_form(published: Published) -> None:
    report = reports.search(published, "onerror")["report_id"][0]
    for interactive in (True, False):
        html = drawn(FORMS, marked_cells(published, report, FORMS, Say("zh")), "zh", interactive=interactive)
        assert "<b>" not in html and "&lt;b&gt;15&lt;/b&gt;" in html
        assert html.count("data-cell=") == 200
    quoting = {"disclosure/rules/issued": shown_cell("zh", None, None, "unreadable", '"><script>', 1, None, None)}
    assert "<script" not in drawn(FORMS, quoting, "zh") and '""' not in drawn(FORMS, quoting, "zh")


def test_headings_lists_and_sources_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.dashboard import showing

    put: list[str] = []
    monkeypatch.setattr(showing.st, "html", put.append)
    showing.heading(HOSTILE, 2, HOSTILE)
    showing.lines([HOSTILE])
    showing.source([(1, HOSTILE)], 1)
    showing.figures([(HOSTILE, HOSTILE), ("n", None), ("m", 1234)])
    showing.lines([HOSTILE], [(HOSTILE, 7)])
    showing.legend([(HOSTILE, HOSTILE, HOSTILE)])
    assert '<a href="#line-7">' in put[4] and 'id="line-1"' in put[2]
    assert len(put) == 6 and all("<img" not in html and "&lt;img" in html for html in put)
    assert "—" in put[3] and "1,234" in put[3] and ">0<" not in put[3]


def test_downloads_hold_no_formula() -> None:
    from orchestration.dashboard.showing import csv_of, xlsx_of

    frame = pl.DataFrame({"机关": [FORMULA, "平安县", None], "差": [-1.5, 2, None]})
    text = csv_of(frame).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[1][0] == "'" + FORMULA and rows[1][1] == "-1.5" and rows[3] == ["", ""]
    with zipfile.ZipFile(io.BytesIO(xlsx_of(frame, "问题/[x]"[:2]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "hyperlink" not in sheet.lower()


@pytest.mark.parametrize(
    ("value", "text"), [("0E-8", "0"), ("12.00000000", "12"), ("658.06250000", "658.0625"), ("100", "100")]
)
def test_numbers_are_written_plainly(value: str, text: str) -> None:
    from decimal import Decimal

    assert number(Decimal(value)) == text


def test_all_words_are_in_both_languages() -> None:
    assert all(zh.strip() and en.strip() and zh.count("{") == en.count("{") for zh, en in WORDS.values())


def test_formulas_are_in_the_words_of_the_form() -> None:
    from orchestration.dashboard.formulas import formula

    with (ROOT.parent / "dbt_project/seeds/reference/metrics.csv").open(encoding="utf-8", newline="") as rows:
        metrics = list(csv.DictReader(rows))
    told = {metric["metric"]: formula(metric, Say("zh")) for metric in metrics}
    assert told["disclosure_rate"] == "(（一）予以公开 + （二）部分公开) / 办理总计"
    assert len(told) > 10 and not any(re.search("[a-z]", said) for said in told.values())
    assert not any("_" in formula(metric, Say("en")) for metric in metrics)


def test_charts_of_zeros_alone_and_of_many_series_keep_their_room() -> None:
    from orchestration.dashboard import charts

    zeros = charts.across(pl.DataFrame({"r": ["甲"], "rate": [0.0]}), "r", "rate", ["r"]).to_dict()
    assert zeros["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]
    series = [f"第{n}项" for n in range(8)]
    frame = pl.DataFrame({"year": [2023] * 8, "measure": series, "value": [1.0] * 8})
    made = charts.lines(frame, series, "件").to_dict()
    drawn_signs = [
        layer["encoding"].get(name, {}).get("legend") for layer in made["layer"] for name in ("color", "shape")
    ]
    assert drawn_signs == [None] * 4, "a legend inside would take the room of the lines, and be cut on a phone"
    told = charts.signs(series)
    assert len({colour for colour, _, _ in told}) == len({sign for _, _, sign in told}) == len(charts.SHAPES) == 8
    y = made["layer"][0]["encoding"]["y"]
    assert y["title"] == "件" and y["axis"]["format"] == ",.0f"


def test_every_chart_follows_the_schema_which_drawing_does_not_check() -> None:
    from orchestration.dashboard import charts

    frame = pl.DataFrame({"year": [2022, 2023], "measure": ["甲", "乙"], "value": [1.0, 2.0], "place": [0, 1]})
    charts.bars(frame, "year", "value", "件").to_dict()
    charts.stacked(frame, "measure", "value", "year", ["甲"], ["#000000"], "件").to_dict()
    charts.across(frame, "measure", "value", ["measure"], "件").to_dict()
    charts.lines(frame, ["甲", "乙"], "件").to_dict()
    with pytest.raises(Exception, match="invalid value for"):
        charts.bars(frame, "year", "value", "件").encode(x=alt.X("year:O", axis=alt.Axis(orient="somewhere"))).to_dict()


def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_the_dashboard_is_downstream_of_presenting_alone() -> None:
    inside = sorted((ROOT / "dashboard").rglob("*.py"))
    assert len(inside) > 15
    refused = ("dagster", "dbt", "great_expectations", "expectations")
    refused += tuple(f"orchestration.{name}" for name in ("assets", "checks", "cli", "running", "publication"))
    for path in inside:
        assert not [name for name in imported(path) for no in refused if name == no or name.startswith(f"{no}.")], path
    for path in ROOT.rglob("*.py"):
        named = any(word in path.read_text(encoding="utf-8") for word in ("dashboard", "streamlit", "altair"))
        if named and path not in inside and path.name != "cli.py":
            found = imported(path)
            assert not any(name.startswith(("orchestration.dashboard", "streamlit", "altair")) for name in found), path


@pytest.mark.parametrize("page", ["overview", "report", "violations"])
def test_what_is_asked_ahead_is_all_that_a_page_asks_at_first(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the first look would wait, or what is asked ahead would be for nothing."""
    from streamlit.testing.v1 import AppTest

    published = Published(publish(tmp_path / "gongkai.duckdb", [("平安县财政局", 2023, PLANTED)]))
    asked: list[str] = []

    def ask(self: Published, sql: str, parameters: tuple = ()) -> pl.DataFrame:
        asked.append(f"{' '.join(sql.split())} {parameters}")
        return answer(self, sql, parameters)

    answer = Published.ask
    monkeypatch.setattr(Published, "ask", ask)
    importlib.import_module(f"orchestration.dashboard.queries.{_QUERIES[page]}").everything(published)
    ahead, asked[:] = set(asked), []
    monkeypatch.setattr(sys.modules[__name__], "_SHOWN", (page, published))
    # Streamlit leaves its script as the main module, which processes that other tests start would run again
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    shown = AppTest.from_function(_show, default_timeout=60).run()
    assert not shown.exception and set(asked) == ahead


_QUERIES = {"overview": "overview", "report": "reports", "violations": "violations"}
_SHOWN: tuple[str, Published] | None = None


def _show() -> None:
    import importlib

    import test_dashboard_showing as here

    from orchestration.dashboard.view import View
    from orchestration.dashboard.words import Say

    page, published = here._SHOWN
    importlib.import_module(f"orchestration.dashboard.views.{page}").show(View(Say("en"), published, {}))


def test_no_chart_is_made_while_pandas_is_half_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.dashboard import charts, pandas_guard

    held: list[bool] = []
    monkeypatch.setattr(charts.st, "altair_chart", lambda *_, **__: held.append(pandas_guard.PANDAS.locked()))

    def make() -> object:
        held.append(pandas_guard.PANDAS.locked())
        return charts.bars(pl.DataFrame({"year": [2023], "reports": [1]}), "year", "reports", "reports")

    charts.draw(make, "…")
    assert held == [True, True] and not pandas_guard.PANDAS.locked()
    imported_by_guard: list[str] = []
    monkeypatch.setattr(pandas_guard.importlib, "import_module", imported_by_guard.append)
    pandas_guard.load()
    assert imported_by_guard == ["altair", "pandas"]
    for path in (ROOT / "dashboard").rglob("*.py"):
        assert "pandas" not in imported(path), path
        assert "altair" not in imported(path) or path.name == "charts.py", path


def test_queries_draw_nothing_and_starting_imports_neither_dagster_nor_dbt() -> None:
    for path in (ROOT / "dashboard" / "queries").glob("*.py"):
        assert not any(name.startswith(("streamlit", "altair")) for name in imported(path))
    code = (
        "import sys, orchestration.cli, orchestration.dashboard.launching;"
        "print([m for m in ('streamlit', 'dagster', 'dbt', 'great_expectations', 'polars') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_port_is_looked_at_before_anything_is_started(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    from orchestration.dashboard.launching import ADDRESS, OPTIONS, run

    with socket.socket() as taken:
        taken.bind((ADDRESS, 0))
        taken.listen()
        assert run(None, taken.getsockname()[1]) == 2
    assert "is in use" in capsys.readouterr().err
    assert OPTIONS["browser.gatherUsageStats"] is False and OPTIONS["server.address"] == "127.0.0.1"


def test_uploads_are_never_spooled_to_the_disk() -> None:
    from starlette.formparsers import MultiPartParser

    from orchestration.dashboard.launching import keep_uploads_in_memory
    from orchestration.intake.containers import MAX_FILE_BYTES

    keep_uploads_in_memory()
    assert MultiPartParser.spool_max_size > MAX_FILE_BYTES
