"""One agency over the years: requests, outcomes, disputes, rates with their base, names."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from orchestration.dashboard import charts
from orchestration.dashboard.choosing import chose, kept_choice
from orchestration.dashboard.codes import LEVELS, TIMELINESS
from orchestration.dashboard.formulas import formula, names
from orchestration.dashboard.queries import agencies
from orchestration.dashboard.showing import heading, legend, lines, named, picked, plain_table, table
from orchestration.dashboard.view import View

LONGEST_NAME = 60


def show(view: View) -> None:
    """Draw the page."""
    chosen = _choose(view)
    if chosen is None:
        return
    say = view.say
    head, years = agencies.head(view.published, chosen), agencies.years(view.published, chosen)
    place = " · ".join(part for part in (head["province_name"], head["prefecture_name"], head["region_name"]) if part)
    heading(head["agency_name"], 3, f"{place or say('region_open')} · {say(head['level'], LEVELS)}")
    if years.is_empty():
        st.caption(say("none"))
        return
    st.caption(say("not_zero"))
    _chart(view, "flows", years, agencies.FLOWS, say("unit_requests"))
    _chart(view, "outcomes", years, agencies.OUTCOMES, say("unit_requests"))
    _chart(view, "disputes", years, agencies.DISPUTES, say("unit_disputes"))
    _rates(view, years)
    _overall(view, years)
    _names(view, chosen)


def _choose(view: View) -> str | None:
    say = view.say
    text = st.text_input(say("search_agency"), key="agency_text").strip()
    found = agencies.search(view.published, text)
    options = {row["agency_id"]: row for row in found.iter_rows(named=True)}
    kept = kept_choice("agency", text)
    if kept and kept not in options and (row := agencies.head(view.published, kept)):
        options = {kept: row} | options
    if not options:
        st.caption(say("none"))
        return None
    if st.session_state.get("agency_chosen") not in options:
        st.session_state["agency_chosen"] = next(iter(options))
    most = len(found) >= agencies.MOST_FOUND
    chosen = st.selectbox(
        say("found_most" if most else "found", count=len(found)),
        list(options),
        format_func=lambda agency_id: _option(options[agency_id]),
        key="agency_chosen",
    )
    chose("agency", chosen)
    return chosen


def _option(row: dict) -> str:
    place = row["prefecture_name"] or row["province_name"] or ""
    return f"{row['agency_name'][:LONGEST_NAME]} · {place} · {row['first_year']}–{row['last_year']}"


def _chart(view: View, title: str, years: pl.DataFrame, measures: tuple[str, ...], unit: str) -> None:
    """Lines over the years, and the same numbers as a table."""
    say = view.say
    st.subheader(say(title))
    known = names(say.lang)
    named_measures = {code: known[code] for code in measures}
    found = agencies.long(years, measures)
    if found.is_empty():
        st.caption(say("none"))
        return
    told = found.filter(pl.col("value").sum().over("measure") > 0)  # lines along the bottom hide each other
    if len(told):
        shown = [name for code, name in named_measures.items() if code in told["measure"].to_list()]
        frame = told.with_columns(pl.col("measure").replace_strict(named_measures))
        legend(charts.signs(shown))
        charts.draw(partial(charts.lines, frame, shown, unit), say(title))
    columns = {"year": say("year")} | named_measures
    plain_table(named(years.with_columns(pl.col("year").cast(pl.String)), columns), say(title))


def _rates(view: View, years: pl.DataFrame) -> None:
    """One row a rate: for each year the rate and its base, undefined where it is."""
    say = view.say
    st.subheader(say("rates"))
    rows, formulas = [], []
    for metric in agencies.metrics(view.published, "report").iter_rows(named=True):
        row = {say("rate"): metric[say.name]}
        for year in years.iter_rows(named=True):
            rate, base = year[metric["metric"]], year[f"{metric['metric']}_base"]
            told = say("undefined") if rate is None else f"{rate:.1%}"
            row[str(year["year"])] = f"{told} ({say('base')} {'—' if base is None else f'{base:,}'})"
        rows.append(row)
        formulas.append(f"{metric[say.name]} = {formula(metric, say)}")
    plain_table(pl.DataFrame(rows, infer_schema_length=None), say("rates"))
    with st.expander(say("formula")):
        lines(formulas)


def _overall(view: View, years: pl.DataFrame) -> None:
    say = view.say
    st.subheader(say("reports"))
    frame = years.with_columns(
        pl.col("year").cast(pl.String),
        pl.Series("timeliness", [say(code, TIMELINESS) for code in years["timeliness"]], dtype=pl.String),
    )
    columns = {"year": say("year"), "name_in_report": say("agency_name"), "requests_form": say("requests_form")}
    columns |= {"timeliness": say("timeliness"), "cells_reported": say("cells_reported")}
    columns |= {"cells_doubtful": say("cells_doubtful"), "violations": say("violated")}
    columns |= {"claims_conflicts": say("conflicts"), "year_breaks": say("across_years"), "problems": say("problems")}
    chosen = picked(named(frame, columns), say, "agency_reports", say("reports"))
    st.caption(say("select_row"))
    if chosen is not None and st.button(say("open_report"), type="primary"):
        st.switch_page(view.pages["report"], query_params={"report": years["report_id"][chosen]})


def _names(view: View, agency_id: str) -> None:
    say = view.say
    history = agencies.history(view.published, agency_id)
    with st.expander(f"{say('names')} ({len(history)})"):
        frame = history.with_columns(
            pl.format("{}–{}", pl.col("valid_from"), pl.col("valid_to").cast(pl.String).fill_null("")).alias("valid")
        )
        columns = {"agency_name": say("agency_name"), "region_name": say("region"), "valid": say("valid")}
        columns |= {"reports": say("reports"), "reason": say("reason"), "citation": say("citation")}
        table(named(frame, columns), say, alt=say("names"))
