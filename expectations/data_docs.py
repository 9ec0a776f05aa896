"""Data Docs as pages of our own: what was expected and why, what was found, in Chinese and English.

GX's own pages load their styles and scripts from other sites, and do not show which rows failed. These stand alone: one
template, one style sheet inside of each page, no script. GX's site builder calls the classes here by their names.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape

from expectations.outcome import crash, unexpected

TEMPLATES = Path(__file__).with_name("templates")
ROWS = 100
STATUS = {
    "holds": ("✓", "符合", "holds"),
    "fails": ("✗", "不符", "fails"),
    "crashed": ("!", "出错", "crashed"),
    "idle": ("–", "无可核", "nothing to judge"),
}
SEVERITY = {"hard": ("硬性", "hard"), "soft": ("软性", "soft")}
# the columns of failing rows, in the order in which they are read
COLUMNS = {
    "agency": ("机关", "agency"),
    "year": ("年度", "year"),
    "member": ("对象", "member"),
    "verdict": ("结论", "verdict"),
    "left": ("左边", "left"),
    "right": ("右边", "right"),
    "difference": ("差额", "difference"),
    "claimed": ("文字", "claimed"),
    "table": ("表格", "table"),
    "value": ("数值", "value"),
    "limit": ("限值", "limit"),
    "missing": ("缺", "missing"),
    "cells": ("单元格", "cells"),
    "cell": ("单元格", "cell"),
    "fault": ("问题", "fault"),
    "exception": ("已知例外", "exception"),
    "line": ("行", "line"),
    "sentence": ("原句", "sentence"),
}
SUITES = {
    "identities": ("勾稽关系", "Identities"),
    "identities_across_years": ("跨年度勾稽", "Identities across years"),
    "prose_against_tables": ("文字与表格", "Prose against tables"),
    "plausibility": ("合理性", "Plausibility"),
    "schema": ("数据结构", "Schema"),
    "coverage": ("完整性", "Coverage"),
}


class _Renderer:
    """What GX makes from a class name; it hands in the context, which is not needed."""

    def __init__(self, **_: Any) -> None:
        pass


class IndexRenderer(_Renderer):
    """The first page: one line for each suite."""

    def render(self, links: dict) -> dict:
        """Of GX's dictionary of links."""
        suites = [
            {
                "titles": suite_titles(link["expectation_suite_name"]),
                "href": link["filepath"],
                "expected": link["expectation_suite_filepath"],
                "status": "holds" if link["validation_success"] else "fails",
                "time": _time(link["run_time"]),
            }
            for link in links.get("validations_links", [])
        ]
        return {"kind": "index", "root": "", "suites": sorted(suites, key=lambda suite: suite["href"])}


class SuiteRenderer(_Renderer):
    """What is expected by a suite."""

    def render(self, suite: Any) -> dict:
        """Of an ExpectationSuite."""
        entries = [_expected(expectation.configuration) for expectation in suite.expectations]
        return {"kind": "suite", "root": "../", "titles": suite_titles(suite.name), "entries": entries}


class ResultsRenderer(_Renderer):
    """What was found by a suite."""

    def render(self, results: Any) -> dict:
        """Of an ExpectationSuiteValidationResult."""
        entries = []
        for found in results.results:
            error = crash(found)
            count, rows = unexpected(found, ROWS) if error is None else (None, [])
            idle = found.expectation_config.meta.get("evaluated") == 0
            status = "crashed" if error else "fails" if not found.success else "idle" if idle else "holds"
            told = {"status": status, "error": error, "count": count, "rows": rows}
            entries.append(_expected(found.expectation_config) | told)
        run = results.meta["run_id"]  # as GX stored it: plain
        return {
            "kind": "results",
            "root": "../../../../",
            "titles": suite_titles(results.suite_name),
            "run": run["run_name"],
            "time": _time(run["run_time"]),
            "entries": entries,
        }


class Page:
    """Any of the documents above as HTML."""

    def __init__(self, **_: Any) -> None:
        pass

    def render(self, document: dict, **_: Any) -> str:
        """A whole page that needs nothing else."""
        return _template().render(document, STATUS=STATUS, SEVERITY=SEVERITY, COLUMNS=COLUMNS, ordered=_ordered)


def suite_titles(suite: str) -> tuple[str, str]:
    """How a suite is called in Chinese and in English; one of a form has its name behind."""
    if suite in SUITES:
        return SUITES[suite]
    kind, _, form = suite.rpartition("_")
    zh, en = SUITES.get(kind, (suite, suite))
    return (f"{zh}（{form}年版式）", f"{en}, form of {form}") if kind in SUITES else (zh, en)


def _expected(configuration: Any) -> dict:
    meta = configuration.meta
    return {
        **{name: meta.get(name) for name in ("name", "name_zh", "severity", "citation", "blocking", "evaluated")},
        "description": configuration.description,
        "query": configuration.kwargs.get("unexpected_rows_query"),
        "arguments": None if "unexpected_rows_query" in configuration.kwargs else _plainly(configuration),
    }


def _ordered(row: dict) -> dict:
    """A failing row as it is shown: what people read first, identifiers last, whole numbers without decimals."""
    shown = {name: row[name] for name in COLUMNS if name in row} | row
    return {
        name: "" if value is None else int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in shown.items()
    }


def _plainly(configuration: Any) -> str:
    told = {key: value for key, value in configuration.kwargs.items() if key != "batch_id"}
    return f"{configuration.type}({', '.join(f'{key}={value!r}' for key, value in told.items())})"


def _time(moment: datetime | str) -> str:
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=select_autoescape(default=True), trim_blocks=True).get_template(
        "page.html"
    )
