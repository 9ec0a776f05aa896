"""Data Docs: every expectation with its name, citation and outcome, in pages that need nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from small_warehouse import build, report

from expectations import declared_expectations, run_checks

CLAIM = {
    "report_id": "balance",
    "agency_id": "agency-balance",
    "year": 2022,
    "claim_number": 1,
    "line": 3,
    "sentence": "<b>收到</b>5件 $x {batch}",
    "value": 5,
    "cells": "requests/carried_in/total",
    "expected": 0,
    "layer": "reported",
    "verdict": "conflicts",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a run on one report with a violation and a conflict; an old page stood there before."""
    home = tmp_path_factory.mktemp("家 100%#")
    old = home / "expectations" / "data_docs" / "validations" / "old.html"
    old.parent.mkdir(parents=True)
    old.write_text("of another run")
    cells = report("balance", requests__received__natural_person=1, requests__received__total=1)
    run_checks(build(home / "w.duckdb", cells, fct_prose_claim=[CLAIM]), "run-1", home=home)
    return home / "expectations" / "data_docs"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """All of them by their place in the site."""
    return {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


def test_every_expectation_is_told_and_what_failed_is_shown(pages: dict[str, str]) -> None:
    suites = {declared.suite for declared in declared_expectations()}
    results = {path.split("/")[1]: html for path, html in pages.items() if path.startswith("validations/")}
    assert set(results) == suites == {path.split("/")[1][:-5] for path in pages if path.startswith("expectations/")}
    for declared in declared_expectations():
        for html in (results[declared.suite], pages[f"expectations/{declared.suite}.html"]):
            for told in (declared.name, declared.name_zh, declared.citation):
                assert told in html, (declared.name, told)
    balance = results["identities_2021"].split('id="balance_2021"')[1].split("</article>")[0]
    assert "机关agency-balance" in balance and "violated" in balance and "with reported as" in balance
    idle = results["identities_across_years"].split('id="carry_over"')[1].split("</article>")[0]
    assert "nothing to judge" in idle
    assert "run-1" in results["coverage"]


def test_the_pages_need_nothing_from_elsewhere_and_their_links_lead_somewhere(
    site: Path, pages: dict[str, str]
) -> None:
    assert {path.suffix for path in site.rglob("*") if path.is_file()} == {".html"}
    for path, html in pages.items():
        assert not re.search(r"https?:|src=|@import|url\(|<script|//[a-z]", html), path
        for link in re.findall(r'href="([^"]+)"', html):
            assert link == "data:," or (site / path).parent.joinpath(unquote(link)).is_file(), (path, link)


def test_what_a_report_says_is_text(pages: dict[str, str]) -> None:
    (html,) = (html for name, html in pages.items() if "validations/prose" in name)
    assert "&lt;b&gt;收到&lt;/b&gt;5件 $x {batch}" in html and "<b>收到" not in html
