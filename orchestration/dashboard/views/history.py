"""The checks of our own work, run by run, and what the publication changed."""

from __future__ import annotations

import polars as pl
import streamlit as st

from orchestration.dashboard import charts
from orchestration.dashboard.queries import history
from orchestration.dashboard.showing import named, table
from orchestration.dashboard.view import View
from orchestration.presenting.names import names_of

MOST_RUNS = 60


def show(view: View) -> None:
    """Draw the page."""
    say = view.say
    runs = history.runs(view.published)
    if runs.is_empty():
        st.caption(say("none"))
    else:
        _trend(view)
        _runs(view, runs)
    st.subheader(say("difference_publication"))
    difference = history.difference(view.published)
    if difference is None:
        st.caption(say("no_difference"))
    else:
        table(difference, say, alt=say("difference_publication"))


def _trend(view: View) -> None:
    say = view.say
    found = history.trend(view.published)
    if found.is_empty():
        return
    st.subheader(say("trend"))
    names = names_of("identities", say.lang)
    latest = found["checked_at"].unique().sort(descending=True).head(MOST_RUNS)
    frame = found.filter(pl.col("checked_at").is_in(latest.implode())).select(
        pl.col("checked_at").dt.strftime("%m-%d %H:%M:%S").alias("year"),
        pl.col("identity").replace(names).alias("measure"),
        pl.col("unexpected").cast(pl.Float64).alias("value"),
    )
    series = frame["measure"].unique(maintain_order=True).to_list()
    charts.draw(charts.lines(frame, series), say("trend"), height=280)


def _runs(view: View, runs: pl.DataFrame) -> None:
    say = view.say
    st.subheader(say("runs"))
    frame = runs.with_columns(
        pl.col("checked_at").dt.strftime("%Y-%m-%d %H:%M:%S"), pl.col("unexpected").cast(pl.Int64)
    )
    columns = {"checked_at": say("checked_at"), "passed": f"✓ {say('passed')}", "failed": f"✗ {say('failed')}"}
    columns |= {"unexpected": say("unexpected"), "errors": say("errors"), "run_id": "run"}
    table(named(frame, columns), say, alt=say("runs"))
    times = dict(zip(frame["run_id"], frame["checked_at"], strict=True))
    run = st.selectbox(say("choose"), list(times), format_func=lambda run_id: f"{times[run_id]} · {run_id[:8]}")
    checks = history.checks(view.published, run)
    names = names_of("identities", say.lang)
    told = checks.with_columns(
        pl.when("success").then(pl.lit(f"✓ {say('passed')}")).otherwise(pl.lit(f"✗ {say('failed')}")).alias("result"),
        pl.col("expectation").replace(names),
    )
    columns = {"result": say("result"), "expectation": say("check"), "suite": say("kind")}
    columns |= {"evaluated": say("evaluated"), "unexpected": say("unexpected"), "error": say("errors")}
    table(named(told, columns | {"citation": say("citation")}), say, alt=say("check"))
