"""One server on a small hostile publication, and one Chromium, for all tests of this folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "unit"))
from serving import FLAGS, chromium, served, settled
from small_published import FORMULA, HOSTILE, PLANTED, SOUND, publish

REPORTS = [
    (HOSTILE, 2023, PLANTED),
    (FORMULA, 2023, PLANTED),
    ("平安县财政局", 2022, SOUND),
    ("平安县财政局", 2023, SOUND),
]
DESKTOP, PHONE = {"width": 1400, "height": 1000}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a publication and nothing else."""
    folder = tmp_path_factory.mktemp("home")
    publish(folder / "published" / "gongkai.duckdb", REPORTS)
    return folder


@pytest.fixture(scope="session")
def litter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server would put temporary files."""
    return tmp_path_factory.mktemp("litter")


@pytest.fixture(scope="session")
def address(home: Path, litter: Path) -> Iterator[str]:
    """The running dashboard."""
    with served(home, TMPDIR=str(litter)) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium; without one the tests are skipped, and fail in the continuous build."""
    path = chromium()
    if path is None:
        said = "no chromium: apt-get install chromium fonts-noto-cjk"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def look(browser: object, address: str) -> Iterator[Callable]:
    """Opens a page of the dashboard; at the end no page may have asked another machine or run what a report says."""
    opened: list = []
    elsewhere: list[str] = []

    def note(request: object) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            elsewhere.append(request.url)

    def open_page(path: str = "", lang: str = "zh", size: dict = DESKTOP, **options: object) -> object:
        context = browser.new_context(viewport=size, locale="zh-CN" if lang == "zh" else "en-GB", **options)
        page = context.new_page()
        page.on("request", note)
        page.goto(f"{address}/{path}")
        settled(page)
        opened.append(page)
        return page

    yield open_page
    titles = [page.title() for page in opened]
    for page in opened:
        page.context.close()
    assert elsewhere == []
    assert "owned" not in titles
