"""Regions compared by a declared rate, with numerator, base, and how many reports tell it."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from orchestration.dashboard import charts
from orchestration.dashboard.codes import LEVELS
from orchestration.dashboard.formulas import formula
from orchestration.dashboard.queries import agencies, regions
from orchestration.dashboard.showing import csv_of, lines, named, table
from orchestration.dashboard.view import View
from orchestration.presenting.reference import organ_types

MOST_BARS = 40


def show(view: View) -> None:
    """Draw the page."""
    say, published = view.say, view.published
    choices = regions.choices(published)
    metrics = {row["metric"]: row for row in agencies.metrics(published).iter_rows(named=True)}
    if choices.is_empty():
        st.caption(say("none"))
        return
    kinds = organ_types(say.lang)
    first, second, third = st.columns(3)
    metric = first.selectbox(say("metric"), list(metrics), format_func=lambda m: metrics[m][say.name])
    year = second.selectbox(say("year"), choices["year"].unique().sort(descending=True).to_list())
    left = choices.filter(pl.col("year") == year)
    region_level = third.selectbox(
        say("region_level"),
        [level for level in LEVELS if level in left["region_level"].to_list()],
        format_func=lambda level: say(level, LEVELS),
    )
    left = left.filter(pl.col("region_level") == region_level)
    first, second, _ = st.columns(3)
    levels = left["level"].unique(maintain_order=True).to_list()
    level = first.selectbox(say("organ_level"), levels, format_func=lambda code: say(code, LEVELS))
    left = left.filter(pl.col("level") == level)
    organ_type = second.selectbox(
        say("organ_type"), left["organ_type"].to_list(), format_func=lambda code: kinds.get(code, code)
    )
    found = regions.compared(published, metric, year, region_level, level, organ_type)
    _drawn(view, found, metrics[metric])


def _drawn(view: View, found: pl.DataFrame, metric: dict) -> None:
    say = view.say
    note = f" — {metric['note']}" if metric["note"] and say.lang == "zh" else ""
    lines([f"{say('formula')}: {formula(metric, say)}{note} ({metric['citation']})"])
    st.caption(f"{say('coverage')}。" if say.lang == "zh" else f"{say('coverage')}.")
    defined = found.filter(pl.col("rate").is_not_null())
    if len(defined):
        top = defined.head(MOST_BARS).with_columns(
            pl.format("{} ({}/{})", "region_name", "telling", "reports").alias("told")
        )
        chart = partial(
            charts.across, top, "told", "rate", ["full_name", "rate", "numerator", "base", "telling", "reports"]
        )
        charts.draw(chart, metric[say.name])
        if len(defined) > MOST_BARS:
            st.caption(say("shown", shown=MOST_BARS, all=len(defined)))
    if len(defined) < len(found):
        st.caption(say("regions_undefined", count=len(found) - len(defined)))
    columns = {"full_name": say("region"), "rate": metric[say.name], "numerator": say("numerator"), "base": say("base")}
    columns |= {"telling": say("telling"), "reports": say("reports"), "expected": say("expected")}
    columns |= {"received": say("received")}
    frame = named(found, columns)
    percent = {metric[say.name]: st.column_config.NumberColumn(format="percent")}
    table(frame, say, alt=metric[say.name], column_config=percent)
    st.download_button(
        say("download_csv"), lambda: csv_of(frame), f"regions_{metric['metric']}.csv", "text/csv", on_click="ignore"
    )
