"""The charts: Altair, in colours that colour-blind people can tell apart, and always with another sign than colour."""

from __future__ import annotations

import altair as alt
import polars as pl
import streamlit as st

# Okabe and Ito's palette, which stays distinct under the common kinds of colour blindness
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 1], [1, 3], [10, 2], [3, 3]]
VERDICTS = {
    "holds": "#0072B2",
    "holds_by_construction": "#56B4E9",
    "unverifiable": "#B9C0C7",
    "violated_by_bounds": "#E69F00",
    "violated": "#D55E00",
}
LONGEST_LABEL = 260  # pixels


def draw(chart: alt.Chart, alternative: str, height: int | None = None) -> None:
    """Show a chart; ``alternative`` says what it shows to who cannot see it."""
    if height:
        chart = chart.properties(height=height)
    # no menu: it would offer to open the data in an editor on the internet
    chart = chart.properties(usermeta={"embedOptions": {"actions": False}})
    st.altair_chart(chart, width="stretch", alt=alternative)


def stacked(frame: pl.DataFrame, y: str, x: str, colour: str, order: list[str], colours: list[str]) -> alt.Chart:
    """Horizontal bars in parts, each part with its number in it where there is room."""
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{y}:N", title=None, sort=None, axis=alt.Axis(labelLimit=LONGEST_LABEL)),
        x=alt.X(f"{x}:Q", title=None, stack="zero", axis=alt.Axis(format="~s", tickMinStep=1)),
        order=alt.Order("place:Q"),
        tooltip=[alt.Tooltip(f"{y}:N"), alt.Tooltip(f"{colour}:N"), alt.Tooltip(f"{x}:Q", format=",")],
    )
    scale = alt.Scale(domain=order, range=colours)
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=LONGEST_LABEL, symbolType="square")
    return base.mark_bar(stroke="#ffffff").encode(color=alt.Color(f"{colour}:N", scale=scale, legend=legend))


def bars(frame: pl.DataFrame, x: str, y: str, text: str | None = None, colour: str = COLOURS[0]) -> alt.Chart:
    """Vertical bars with their number on top."""
    base = alt.Chart(frame).encode(
        x=alt.X(f"{x}:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(f"{y}:Q", title=None, axis=alt.Axis(tickMinStep=1, format="~s")),
        tooltip=[alt.Tooltip(f"{x}:O"), alt.Tooltip(f"{y}:Q", format=",")],
    )
    return base.mark_bar(color=colour) + base.mark_text(dy=-7).encode(text=alt.Text(f"{text or y}:Q", format=","))


def across(frame: pl.DataFrame, y: str, x: str, told: list[str], percent: bool = True) -> alt.Chart:
    """Horizontal bars in the order given, each with its number at the end."""
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{y}:N", title=None, sort=None, axis=alt.Axis(labelLimit=LONGEST_LABEL)),
        x=alt.X(f"{x}:Q", title=None, axis=alt.Axis(format="%" if percent else "~s")),
        tooltip=[alt.Tooltip(f"{name}:N") for name in told],
    )
    label = alt.Text(f"{x}:Q", format=".1%" if percent else ",")
    return base.mark_bar(color=COLOURS[0]) + base.mark_text(align="left", dx=3).encode(text=label)


def lines(frame: pl.DataFrame, series: list[str]) -> alt.Chart:
    """``value`` over ``year`` by ``measure``: each series with a colour, a dash and a shape of its own."""
    count = len(series)
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=LONGEST_LABEL)
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format="~s", tickMinStep=1)),
        color=alt.Color("measure:N", scale=alt.Scale(domain=series, range=COLOURS[:count]), legend=legend),
        tooltip=[alt.Tooltip("measure:N"), alt.Tooltip("year:O"), alt.Tooltip("value:Q", format=",")],
    )
    dash = alt.StrokeDash("measure:N", scale=alt.Scale(domain=series, range=DASHES[:count]), legend=legend)
    shape = alt.Shape("measure:N", scale=alt.Scale(domain=series, range=SHAPES[:count]), legend=legend)
    return base.mark_line().encode(strokeDash=dash) + base.mark_point(size=70, filled=True).encode(shape=shape)
