"""Everything that does not hold, to be filtered, sorted, opened, and downloaded."""

from __future__ import annotations

import polars as pl
import streamlit as st

from orchestration.dashboard.listing import violation_rows
from orchestration.dashboard.queries import reports, violations
from orchestration.dashboard.showing import csv_of, figures, picked, xlsx_of
from orchestration.dashboard.view import View

COLUMNS = ("agency_name", "year", "rule", "member", "left", "right", "difference", "suggestion", "certainty", "kind")
COLUMNS += ("severity", "region", "settled", "sentence", "file")

# narrow enough for the difference and the suggestion to be seen beside the rule
WIDTHS = {"agency_name": 150, "year": 55, "rule": 270, "member": 150, "left": 80, "right": 80, "difference": 80}


def show(view: View) -> None:
    """Draw the page."""
    say, published = view.say, view.published
    wanted, order = _filters(view)
    counted = violations.count(published, wanted)
    figures([(say("findings"), counted["findings"]), (say("in_reports"), counted["reports"])])
    if not counted["findings"]:
        st.caption(say("none"))
        return
    last = -(-counted["findings"] // violations.PAGE)
    page = st.number_input(f"{say('page')} (1–{last})", 1, last, 1, width=160) if last > 1 else 1
    found = violations.findings(published, wanted, order, violations.PAGE, (page - 1) * violations.PAGE)
    st.caption(f"{say('shown', shown=len(found), all=counted['findings'])} · {say('select_row')}")
    widths = {say(name): width for name, width in WIDTHS.items()}
    chosen = picked(_named(view, found), say, "violations", say("violations"), widths)
    if chosen is not None and st.button(say("open_report"), type="primary"):
        st.switch_page(view.pages["report"], query_params={"report": found["report_id"][chosen]})
    _downloads(view, wanted, order)


def _filters(view: View) -> tuple[violations.Filter, str]:
    say, published = view.say, view.published
    rules = violations.rules(published)
    names = {row["rule"]: row[say.name] or say("kind_prose") for row in rules.iter_rows(named=True)}
    first, second, third = st.columns(3)
    kinds = [None, *rules["kind"].unique(maintain_order=True)]
    kind = first.selectbox(say("kind"), kinds, format_func=lambda k: say(f"kind_{k}") if k else say("all"))
    rule = second.selectbox(say("rule"), [None, *names], format_func=lambda r: names.get(r) or say("all"))
    year = third.selectbox(say("year"), [None, *reports.years(published)], format_func=lambda y: str(y or say("all")))
    first, second, third = st.columns(3)
    provinces = [None, *violations.provinces(published)]
    province = first.selectbox(say("province"), provinces, format_func=lambda p: p or say("all"))
    text = second.text_input(say("agency_name"))
    order = third.selectbox(say("sort"), list(violations.ORDERS), format_func=lambda o: say(_ORDERS[o]))
    open_only = st.toggle(say("open_only"))
    return violations.Filter(kind, rule, year, province, text.strip(), open_only), order


_ORDERS = {"difference": "difference", "agency": "agency_name", "year": "year", "region": "region"}


def _named(view: View, found: pl.DataFrame) -> pl.DataFrame:
    rows = violation_rows(found, view.say)
    return rows.select([pl.col(name).alias(view.say(name)) for name in COLUMNS])


def _downloads(view: View, wanted: violations.Filter, order: str) -> None:
    """All findings of the filter, made only when asked for."""
    say = view.say

    def everything() -> pl.DataFrame:
        return _named(view, violations.findings(view.published, wanted, order))

    left, right, _ = st.columns([1, 1, 3])
    left.download_button(
        say("download_csv"), lambda: csv_of(everything()), "violations.csv", "text/csv", on_click="ignore"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    right.download_button(
        say("download_xlsx"),
        lambda: xlsx_of(everything(), say("violations")),
        "violations.xlsx",
        kind,
        on_click="ignore",
    )
