"""The charts: Altair, in colours that colour-blind people can tell apart, and always with another sign than colour."""

from __future__ import annotations

import re
from collections.abc import Callable

import altair as alt
import polars as pl
import streamlit as st
from altair.utils.schemapi import debug_mode

from orchestration.dashboard.pandas_guard import PANDAS

# Okabe and Ito's palette, distinct under the common kinds of colour blindness; grey for its yellow, faint on white
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#6B6B6B"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 1], [1, 3], [10, 2], [3, 3]]
SIGNS = "●■▲◆✚▼▶◀"  # the shapes in the same order
VERDICTS = {
    "holds": "#0072B2",
    "holds_by_construction": "#56B4E9",
    "unverifiable": "#B9C0C7",
    "violated_by_bounds": "#E69F00",
    "violated": "#D55E00",
}
LINE = 17  # Chinese characters in a line of a label; Latin letters are half as wide


def _counts() -> alt.Axis:
    """Whole numbers, written out."""
    return alt.Axis(format=",.0f", tickMinStep=1, tickCount=6)


def _lines_of_label() -> alt.Axis:
    """Labels that may have several lines."""
    return alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=320, labelOverlap=False)


def wrapped(text: str) -> str:
    """A label in lines short enough for the width of a phone."""
    lines, width = [""], 0.0
    for word in re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+", text):
        size = sum(1.0 if character > "\u2e80" else 0.55 for character in word)
        if width + size > LINE and lines[-1]:
            lines, width = [*lines, ""], 0.0
            word = word.lstrip()
        lines[-1] += word
        width += size
    return "\n".join(lines)


def draw(make: Callable[[], alt.Chart], alternative: str) -> None:
    """Show the chart that ``make`` makes; ``alternative`` says what it shows to who cannot see it."""
    # checking a chart against the schema takes as long as everything else; the tests do it
    with PANDAS, debug_mode(False):
        # no menu: it would offer to open the data in an editor on the internet
        chart = make().properties(usermeta={"embedOptions": {"actions": False}})
        st.altair_chart(chart, width="stretch", alt=alternative)


def prepare() -> None:
    """Make a chart for nobody: the first of a process takes ten times as long as those after it."""
    with PANDAS, debug_mode(False):
        bars(pl.DataFrame({"x": [0], "y": [0]}), "x", "y", "").to_dict()


def _labelled(frame: pl.DataFrame, y: str) -> tuple[pl.DataFrame, alt.Step]:
    """The labels in lines, and bars high enough for them."""
    frame = frame.with_columns(pl.col(y).map_elements(wrapped, return_dtype=pl.String))
    most = max(label.count("\n") + 1 for label in frame[y])
    return frame, alt.Step(12 + 14 * most)


def stacked(
    frame: pl.DataFrame, y: str, x: str, colour: str, order: list[str], colours: list[str], unit: str
) -> alt.Chart:
    """Horizontal bars in parts, in the order of ``place``; numbers and legend stand beside, ``unit`` at the axis."""
    frame, height = _labelled(frame, y)
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{y}:N", title=None, sort=None, axis=_lines_of_label()),
        x=alt.X(f"{x}:Q", title=unit, stack="zero", axis=_counts()),
        order=alt.Order("place:Q"),
        tooltip=[alt.Tooltip(f"{y}:N"), alt.Tooltip(f"{colour}:N"), alt.Tooltip(f"{x}:Q", format=",")],
    )
    scale = alt.Scale(domain=order, range=colours)
    bar = base.mark_bar(stroke="#ffffff").encode(color=alt.Color(f"{colour}:N", scale=scale, legend=None))
    return bar.properties(height=height)


def bars(frame: pl.DataFrame, x: str, y: str, unit: str) -> alt.Chart:
    """Vertical bars with their number on top; ``unit`` at the axis."""
    base = alt.Chart(frame).encode(
        x=alt.X(f"{x}:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(f"{y}:Q", title=unit, axis=_counts()),
        tooltip=[alt.Tooltip(f"{x}:O"), alt.Tooltip(f"{y}:Q", format=",")],
    )
    label = base.mark_text(dy=-7).encode(text=alt.Text(f"{y}:Q", format=","))
    return (base.mark_bar(color=COLOURS[0]) + label).properties(height=220)


def across(frame: pl.DataFrame, y: str, x: str, told: list[str], unit: str | None = None) -> alt.Chart:
    """Horizontal bars in the order given, each with its number at the end; shares where there is no ``unit``."""
    frame, height = _labelled(frame, y)
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{y}:N", title=None, sort=None, axis=_lines_of_label()),
        x=alt.X(f"{x}:Q", title=unit, axis=_counts() if unit else alt.Axis(format="~%"), scale=_from_zero(frame[x])),
        tooltip=[alt.Tooltip(f"{name}:N") for name in told],
    )
    label = alt.Text(f"{x}:Q", format="," if unit else ".1%")
    chart = base.mark_bar(color=COLOURS[0]) + base.mark_text(align="left", dx=3).encode(text=label)
    return chart.properties(height=height)


def _from_zero(values: pl.Series) -> alt.Scale:
    """A scale that shows nothing but zeros at its foot, too."""
    return alt.Scale(domain=[0, 1]) if not (values != 0).any() else alt.Scale(zero=True)


def signs(series: list[str]) -> list[tuple[str, str, str]]:
    """Colour, name and sign of each series of ``lines``, for a legend."""
    return [(COLOURS[place], name, SIGNS[place]) for place, name in enumerate(series)]


def lines(frame: pl.DataFrame, series: list[str], unit: str) -> alt.Chart:
    """``value`` in ``unit`` over ``year`` by ``measure``: each series with a colour, a dash and a shape of its own.

    Without a legend, which would be cut on a phone: ``signs`` says what it holds.
    """
    count = len(series)
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit, axis=_counts()),
        color=alt.Color("measure:N", scale=alt.Scale(domain=series, range=COLOURS[:count]), legend=None),
        tooltip=[alt.Tooltip("measure:N"), alt.Tooltip("year:O"), alt.Tooltip("value:Q", format=",")],
    )
    dash = alt.StrokeDash("measure:N", scale=alt.Scale(domain=series, range=DASHES[:count]), legend=None)
    shape = alt.Shape("measure:N", scale=alt.Scale(domain=series, range=SHAPES[:count]), legend=None)
    chart = base.mark_line().encode(strokeDash=dash) + base.mark_point(size=70, filled=True).encode(shape=shape)
    return chart.properties(height=260)
