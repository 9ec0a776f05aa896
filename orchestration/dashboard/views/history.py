"""The checks of our own work, run by run, and what the publication changed."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from orchestration.dashboard import charts
from orchestration.dashboard.codes import CHANGES, KINDS, SUITES
from orchestration.dashboard.queries import history
from orchestration.dashboard.showing import legend, lines, named, table
from orchestration.dashboard.view import View
from orchestration.dashboard.words import Say
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
    _difference(view)


def _difference(view: View) -> None:
    say = view.say
    st.subheader(say("difference_publication"))
    counts = history.difference_counts(view.published)
    if counts is None or counts.is_empty():
        st.caption(say("no_difference") if counts is None else say("none"))
        return
    told = [f"{say(k, KINDS)} {say(c, CHANGES)}: {n:,}" for k, c, n in counts.iter_rows()]
    lines(told)
    kinds = counts["kind"].unique(maintain_order=True).to_list()
    kind = st.selectbox(say("kind"), [None, *kinds], format_func=lambda k: say(k, KINDS) if k else say("all"))
    found = history.difference(view.published, kind)
    if len(found) >= history.MOST_DIFFERENCES:
        st.caption(say("found_most", count=history.MOST_DIFFERENCES))
    frame = found.with_columns(
        pl.Series("kind", [say(code, KINDS) for code in found["kind"]], dtype=pl.String),
        pl.Series("change", [say(code, CHANGES) for code in found["change"]], dtype=pl.String),
        pl.col("year").cast(pl.String),
    )
    columns = {"change": say("change"), "kind": say("kind"), "agency_name": say("agency_name"), "year": say("year")}
    columns |= {"item": say("item"), "before": say("before"), "after": say("after"), "items": say("count")}
    table(named(frame, columns), say, alt=say("difference_publication"))


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
    legend(charts.signs(series))
    charts.draw(partial(charts.lines, frame, series, say("unit_members")), say("trend"))


def _runs(view: View, runs: pl.DataFrame) -> None:
    say = view.say
    st.subheader(say("runs"))
    frame = runs.with_columns(
        pl.col("checked_at").dt.strftime("%Y-%m-%d %H:%M:%S"), pl.col("unexpected").cast(pl.Int64)
    )
    columns = {"checked_at": say("checked_at"), "passed": f"✓ {say('passed')}", "failed": f"✗ {say('failed')}"}
    columns |= {"unexpected": say("unexpected"), "errors": say("errors"), "run_id": say("run")}
    table(named(frame, columns), say, alt=say("runs"))
    times = dict(zip(frame["run_id"], frame["checked_at"], strict=True))
    run = st.selectbox(say("choose"), list(times), format_func=lambda run_id: f"{times[run_id]} · {run_id[:8]}")
    checks = history.checks(view.published, run)
    names = names_of("identities", say.lang) | names_of("plausibility_rules", say.lang)
    told = checks.with_columns(
        pl.when("success").then(pl.lit(f"✓ {say('passed')}")).otherwise(pl.lit(f"✗ {say('failed')}")).alias("result"),
        pl.coalesce("identity", "expectation").replace(names).alias("expectation"),
        pl.Series("suite", [_suite(code, say) for code in checks["suite"]], dtype=pl.String),
    )
    columns = {"result": say("result"), "expectation": say("check"), "suite": say("kind")}
    columns |= {"evaluated": say("evaluated"), "unexpected": say("unexpected"), "error": say("errors")}
    table(named(told, columns | {"citation": say("citation")}), say, alt=say("check"))


def _suite(code: str, say: Say) -> str:
    """A suite by its name; that of one form with the form."""
    name, _, form = code.rpartition("_")
    return f"{say(name, SUITES)} ({form})" if form.isdecimal() else say(code, SUITES)
