"""The dashboard in a real browser: every page, both languages, a phone, hostile names, drafts, a new publication."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from conftest import PHONE, REPORTS
from serving import served, settled
from small_published import HOSTILE, SOUND, publish

from orchestration.dashboard.view import PAGES
from orchestration.dashboard.words import Say

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

# 西工区人民政府 of the samples, with the total of one column made wrong by one
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "raw" / "004_5b2c7e3c971d4b5a.txt"


def place(name: str) -> str:
    return "" if name == PAGES[0] else name


def text_of(page: object) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_loads_in_both_languages(look: Callable, name: str, lang: str) -> None:
    page = look(f"{place(name)}?lang={lang}", lang)
    say = Say(lang)
    assert page.locator("h2").first.inner_text() == say(name)
    assert page.locator('[data-testid="stException"], [data-testid="stAlert"]').count() == 0
    links = page.locator('[data-testid="stSidebarNavLink"]').all_inner_texts()
    assert [link.strip() for link in links] == [say(other) for other in PAGES]


def test_the_language_is_switched_and_stays(look: Callable) -> None:
    page = look("", "zh")
    assert page.locator("h2").first.inner_text() == "总览"  # the browser's own
    page.get_by_role("radio", name="English").click()
    page.get_by_role("heading", name="Overview").wait_for()
    page.get_by_role("link", name="Violations").click()
    page.get_by_role("heading", name="Violations").wait_for()


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_in_one_direction_only(look: Callable, name: str) -> None:
    page = look(f"{place(name)}?lang=zh", "zh", PHONE, is_mobile=True, has_touch=True)
    main = '[data-testid="stMain"]'
    wide, room = page.evaluate(f"(m => [m.scrollWidth, m.clientWidth])(document.querySelector('{main}'))")
    assert wide <= room <= PHONE["width"]
    assert page.locator('[data-testid="stException"]').count() == 0


def test_hostile_names_are_text(look: Callable) -> None:
    page = look("report?lang=zh", "zh")
    page.get_by_label("按机关或文件名查找").fill("onerror")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=re.compile("onerror")).wait_for()
    assert HOSTILE in text_of(page)
    assert "<script>alert(3)</script>" in text_of(page) and page.locator("main script").count() == 0
    page.get_by_role("combobox").last.click()
    for name in ("report", "agency", "violations", "problems"):
        other = look(f"{name}?lang=en", "en")
        images = other.locator('[data-testid="stMain"] img').evaluate_all("all => all.map(i => i.src)")
        assert not [source for source in images if "evil" in source or source.endswith("/x")]


def test_a_report_shows_the_printed_form_with_marks_and_sources(look: Callable) -> None:
    page = look(f"report?lang=zh&report={1:064x}", "zh")
    cell = page.locator('td[data-cell="requests/received/total"]')
    assert cell.inner_text().split("\n")[0].replace(" ", "").startswith("≠15")
    assert "→ 12" in cell.inner_text() and "suspect" in cell.get_attribute("class")
    assert page.locator("td[data-cell]").count() == 200
    assert page.locator('table[data-table="requests"] th[rowspan]').count() > 5
    assert "应为12，而非15" in text_of(page)
    cell.focus()  # as the Tab key does
    tip = cell.locator(".tip")
    assert "原文: <b>15</b>" in tip.inner_text() and "行: " in tip.inner_text()
    box = tip.bounding_box()
    assert box["width"] > 1000 and box["y"] + box["height"] <= 1001, "at the foot of the window"


@pytest.mark.parametrize(
    ("name", "label"), [("report", "按机关或文件名查找"), ("agency", "按机关名称查找（含曾用名）")]
)
def test_a_search_shows_what_it_found(look: Callable, name: str, label: str) -> None:
    page = look(f"{name}?lang=zh", "zh")
    for text, shown in (("平安", "平安县财政局"), ("HYPERLINK", "HYPERLINK"), ("平安", "平安县财政局")):
        page.get_by_label(label).fill(text)
        page.keyboard.press("Enter")
        page.locator("h3", has_text=shown).first.wait_for()
    kept = page.url  # whatever the address names is shown, on a fresh visit too
    again = look(kept.partition("/")[2].partition("/")[2].partition("/")[2], "zh")
    again.locator("h3", has_text="平安县财政局").first.wait_for()


def test_a_cell_leads_to_its_line_of_the_source(look: Callable) -> None:
    page = look(f"report?lang=zh&report={1:064x}", "zh")
    page.locator('td[data-cell="disputes/litigation_after_reconsideration/total"]').click()
    tip = page.locator('td[data-cell="disputes/litigation_after_reconsideration/total"] .tip')
    page.locator("td.suspect").first.hover()  # another cell that is passed on the way does not take its place
    assert page.evaluate("document.elementFromPoint(500, innerHeight - 20).closest('td').dataset.cell").startswith(
        "disp"
    )
    tip.get_by_role("link", name="到原文第 200 行").click()
    marked = page.locator(".line:target")
    assert "200" in marked.inner_text() and "<script>alert(200)</script>" in marked.inner_text()
    box, window = marked.bounding_box(), page.viewport_size
    assert 0 <= box["y"] <= window["height"] and "▶" in marked.evaluate(
        "line => getComputedStyle(line, '::before').content"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_printed_form_fits_beside_its_suggestions(look: Callable, lang: str) -> None:
    page = look(f"report?lang={lang}&report={1:064x}", lang)
    wide = page.locator(".official .scroll").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert wide == [0, 0, 0]


def test_marked_cells_are_reached_by_keyboard_and_told_without_colour(look: Callable) -> None:
    page = look(f"report?lang=zh&report={1:064x}", "zh")
    marked = page.locator("td[data-cell]:not(.reported)")
    assert marked.count() > 5
    for kind, sign in (("suspect", "≠"), ("touched", "≠")):
        texts = page.locator(f"td.{kind} .sign").all_inner_texts()
        assert len(texts) == page.locator(f"td.{kind}").count() > 0 and set(texts) == {sign}
    page.locator('[data-table="disclosure"]').first.evaluate("table => table.closest('.scroll').focus()")
    reached = []
    for _ in range(2 * marked.count() + 4):  # each has its link to the source
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.cell || ''"))
    order = marked.evaluate_all("all => all.map(cell => cell.dataset.cell)")
    assert [cell for cell in reached if cell] == order, "in the order of the page"


def test_violations_are_filtered_opened_and_downloaded(look: Callable) -> None:
    page = look("violations?lang=zh", "zh")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert text.count("\n") == 5 and "'=HYPERLINK" in text and HOSTILE.replace('"', '""') in text
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 Excel").click()
    with zipfile.ZipFile(waiting.value.path()) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    page.get_by_label("机关", exact=True).fill("HYPERLINK")
    page.keyboard.press("Enter")
    page.get_by_text("显示 2 / 2 条").wait_for()
    page.get_by_label("机关", exact=True).fill("没有这个机关")
    page.keyboard.press("Enter")
    page.get_by_text("没有记录。").wait_for()


@pytest.fixture
def planted() -> bytes:
    """A report in which a planted wrong total breaks identities."""
    text = SAMPLE.read_text(encoding="utf-8")
    found = re.search(r"(?m)^(\s*\(七\) 总计\s+)(\d+)", text)
    assert found, "the sample has the row that is made wrong"
    return (text[: found.start(2)] + str(int(found[2]) + 1) + text[found.end(2) :]).encode()


def test_a_draft_is_checked_and_handed_back_and_kept_nowhere(
    look: Callable, home: Path, litter: Path, planted: bytes
) -> None:
    before = sorted(path for path in home.rglob("*"))
    page = look("draft?lang=zh", "zh")
    upload = page.locator('input[type="file"]').first
    upload.set_input_files([{"name": "<b>草稿</b>.txt", "mimeType": "text/plain", "buffer": planted}])
    page.locator("td.suspect").first.wait_for()
    assert "✗ 本年新收加上年结转等于本年办理总计加结转下年" in text_of(page)
    assert "唯一最小改正" in text_of(page) and "<b>草稿</b>.txt" in text_of(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 HTML").click()
    html = waiting.value.path().read_text(encoding="utf-8")
    assert 'class="suspect"' in html and "&lt;b&gt;草稿" in html and "<script" not in html
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 Excel").click()
    assert zipfile.is_zipfile(io.BytesIO(waiting.value.path().read_bytes()))
    # padded beyond a megabyte, where a server would begin to use the disk; and what is no report beside it
    large = planted + b"\n" * 3_000_000
    upload.set_input_files(
        [
            {"name": "large.txt", "mimeType": "text/plain", "buffer": large},
            {"name": "other.txt", "mimeType": "text/plain", "buffer": "今日天气晴朗。".encode()},
        ]
    )
    page.get_by_text("查看", exact=True).wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0
    assert sorted(path for path in home.rglob("*")) == before
    assert list(litter.rglob("*")) == []


def test_a_new_publication_is_followed_without_a_restart(look: Callable, home: Path) -> None:
    page = look("?lang=en", "en")
    assert "2024-03-01 08:00" in text_of(page)
    publish(home / "published" / "gongkai.duckdb", [*REPORTS, ("新来县财政局", 2024, SOUND)], datetime(2025, 3, 1, 9))
    page.get_by_text("2025-03-01 09:00").wait_for(timeout=30_000)  # nobody touched the page
    settled(page)
    assert "2022–2024" in text_of(page)


def test_many_visitors_at_once_on_a_server_that_has_just_started(browser: object, home: Path) -> None:
    """Modules that are half loaded for one visitor must not be met by another."""
    with served(home) as address:
        pages = [browser.new_page() for _ in PAGES]
        for page, name in zip(pages, PAGES, strict=True):
            page.goto(f"{address}/{place(name)}?lang=zh", wait_until="commit")
        for page in pages:
            settled(page)
            assert page.locator('[data-testid="stException"]').count() == 0
            page.close()


def test_a_home_without_a_publication_says_what_to_do_and_checks_drafts(browser: object, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        page = browser.new_context(locale="en-GB").new_page()
        page.goto(address)
        page.get_by_text("Nothing can be read yet.").wait_for()
        page.goto(f"{address}/draft?lang=en")
        page.locator('input[type="file"]').first.wait_for(state="attached")
        page.context.close()
