"""What reading could not do, and the files that were set aside, with what to do about them."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from orchestration.dashboard import charts
from orchestration.dashboard.queries import problems
from orchestration.dashboard.showing import csv_of, named, picked, table
from orchestration.dashboard.view import View
from orchestration.presenting.messages import readable_message

MOST = 1000


def show(view: View) -> None:
    """Draw the page."""
    say = view.say
    codes = problems.codes(view.published)
    st.subheader(say("by_kind"))
    if codes.is_empty():
        st.caption(say("none"))
    else:
        told = [say.name, "problems", "reports"]
        chart = partial(charts.across, codes, say.name, "problems", told, say("unit_problems"))
        charts.draw(chart, say("by_kind"))
        _listed(view, codes)
    _set_aside(view)


def _listed(view: View, codes: pl.DataFrame) -> None:
    say = view.say
    st.subheader(say("each"))
    names = {row["code"]: row for row in codes.iter_rows(named=True)}
    left, right = st.columns(2)
    code = left.selectbox(
        say("kind"),
        [None, *names],
        format_func=lambda c: f"{names[c][say.name]} ({names[c]['problems']})" if c else say("all"),
    )
    text = right.text_input(say("search"))
    found = problems.listed(view.published, code, text.strip(), MOST)
    if len(found) >= MOST:
        st.caption(say("found_most", count=MOST))
    columns = {"agency_name": say("agency_name"), "year": say("year"), say.name: say("kind"), "line": say("line")}
    columns |= {"message": say("message"), "path": say("file")}
    frame = named(_told(found, "message", say.lang), columns)
    chosen = picked(frame, say, "problems", say("each"))
    if chosen is not None and st.button(say("open_report"), type="primary"):
        st.switch_page(view.pages["report"], query_params={"report": found["report_id"][chosen]})
    st.download_button(say("download_csv"), lambda: csv_of(frame), "problems.csv", "text/csv", on_click="ignore")


def _set_aside(view: View) -> None:
    say = view.say
    st.subheader(say("set_aside_files"))
    found = problems.set_aside(view.published)
    columns = {
        "path": say("file"),
        **({"copies": say("copies")} if "copies" in found.columns else {}),  # not in a file of an earlier version
        say.name: say("reason"),
        "reason": say("message"),
        f"remedy_{say.lang}": say("remedy"),
    }
    columns |= {"agency_name": say("agency_name"), "year": say("year"), "received_at": say("received_at")}
    frame = named(_told(found, "reason", say.lang), columns)
    table(frame, say, alt=say("set_aside_files"))
    if len(found):
        st.download_button(
            say("download_csv"), lambda: csv_of(frame), "set_aside.csv", "text/csv", key="aside", on_click="ignore"
        )


def _told(found: pl.DataFrame, column: str, lang: str) -> pl.DataFrame:
    """The years as text, and a column of messages in words that people read."""
    said = [None if message is None else readable_message(message, lang) for message in found[column]]
    return found.with_columns(pl.col("year").cast(pl.String), pl.Series(column, said, dtype=pl.String))
