"""How fast the dashboard starts and answers on a large published file: ``python -m tests.benchmarks.dashboard``.

Prints one line of JSON. Seconds are those of a person before Chromium: from the command to the first page drawn, and
from a click or a search to the page drawn anew, the first time (cold: never opened since the start) and again (warm).
The file is a synthetic corpus of five years, copied until it is as large as asked (see ``published_file``); it is made
once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from orchestration.dashboard.published import Published
from orchestration.dashboard.queries import overview, reports
from orchestration.dashboard.view import PAGES
from orchestration.dashboard.words import Say
from tests.benchmarks.published_file import multiply, small

sys.path.append(str(Path(__file__).parents[1] / "browser"))
from serving import FLAGS, chromium, served, settled

SAY = Say("en")
READING = 3  # seconds that a person looks at the first page before a click


def timed(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    action()
    return round(time.perf_counter() - begun, 2)


def asked(page: object, label: str, text: str) -> None:
    """Search for a text and wait for the answer."""
    page.get_by_label(label).first.fill(text)
    page.keyboard.press("Enter")
    page.wait_for_timeout(30)  # until the page has told the server
    settled(page)


def walked(page: object) -> dict[str, float]:
    """Seconds for each page, reached by its link."""
    found = {}
    for name in [*PAGES[1:], PAGES[0]]:

        def go(name: str = name) -> None:
            page.get_by_test_id("stSidebarNavLink").filter(has_text=SAY(name)).click()
            page.locator("h2", has_text=SAY(name)).first.wait_for()
            settled(page)

        found[name] = timed(go)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--agencies", type=int, default=500, help="of the small corpus that is copied")
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "gongkai-dashboard-benchmark")
    options = parser.parse_args()
    large = options.home / str(options.reports)
    path = large / "published" / "gongkai.duckdb"
    if not path.exists():
        multiply(small(options.home / "small", options.agencies), path, options.reports)
    published = Published(path)
    agency = reports.search(published, "")["agency_name"][100]
    held = overview.totals(published)["files"]
    del published
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        browser.new_page().close()
        begun = time.perf_counter()
        with served(large) as address:
            healthy = round(time.perf_counter() - begun, 2)
            page = browser.new_page(locale="en-GB")
            page.goto(address)
            settled(page)
            started = round(time.perf_counter() - begun, 2)
            page.wait_for_timeout(1000 * READING)
            cold, warm = walked(page), walked(page)
            page.goto(f"{address}/report")
            settled(page)
            search = timed(lambda: asked(page, SAY("search"), agency))
            page.goto(f"{address}/violations")
            settled(page)
            filtered = timed(lambda: asked(page, SAY("agency_name"), agency[:2]))
        browser.close()
    line = {
        "benchmark": "dashboard",
        "reports": held,
        "megabytes": round(path.stat().st_size / 1e6),
        "server_ready_seconds": healthy,
        "first_page_seconds": started,
        "cold_seconds": cold,
        "warm_seconds": warm,
        "report_search_seconds": search,
        "violations_filter_seconds": filtered,
        "load_average": round(os.getloadavg()[0], 1),  # well below the number of cores, or the figures say little
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
