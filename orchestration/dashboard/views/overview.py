"""The whole publication: how much there is, what it covers, how the identities fare."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from orchestration.dashboard import charts
from orchestration.dashboard.queries import overview
from orchestration.dashboard.showing import figures, legend, named, plain_table
from orchestration.dashboard.view import View
from orchestration.dashboard.words import signed
from orchestration.presenting.names import names_of


def show(view: View) -> None:
    """Draw the page."""
    say, published = view.say, view.published
    stamp = overview.publication(published)
    told = say("published", at=f"{stamp['published_at']:%Y-%m-%d %H:%M}")
    st.caption(f"{told} · {say('version', code=stamp['code_version'], form=stamp['form_version'])}")
    totals, cells = overview.totals(published), overview.cells(published)
    years = f"{totals['first_year']}–{totals['last_year']}" if totals["first_year"] else None
    figures(
        [
            (say("files"), totals["files"]),
            (say("current_reports"), totals["reports"]),
            (say("set_aside"), totals["set_aside"]),
            (say("agencies"), totals["agencies"]),
            (say("years"), years),
            (say("cells"), cells["cells"]),
            (say("cells_reported"), cells["reported"]),
            (say("cells_doubtful"), cells["doubtful"]),
        ]
    )
    _verdicts(view)
    _years(view)
    _provinces(view)


def _verdicts(view: View) -> None:
    say = view.say
    st.subheader(say("verdicts"))
    found = overview.verdicts(view.published)
    if found.is_empty():
        st.caption(say("none"))
        return
    names = names_of("verdicts", say.lang)
    order = [verdict for verdict in charts.VERDICTS if verdict in found["verdict"].to_list()]
    shown = {verdict: signed(verdict, names[verdict]) for verdict in order}
    frame = found.with_columns(
        pl.col("verdict").replace_strict(shown).alias("said"),
        pl.col("verdict").replace_strict({v: n for n, v in enumerate(order)}, return_dtype=pl.Int8).alias("place"),
    )
    chart = partial(
        charts.stacked,
        frame,
        say.name,
        "judged",
        "said",
        list(shown.values()),
        [charts.VERDICTS[verdict] for verdict in order],
        say("unit_verdicts"),
    )
    legend([(charts.VERDICTS[verdict], shown[verdict], "■") for verdict in order])
    charts.draw(chart, say("verdicts"))
    wide = frame.pivot("said", index=["identity", say.name], values="judged", sort_columns=False).drop("identity")
    columns = {say.name: say("identity")} | {name: name for name in shown.values() if name in wide.columns}
    plain_table(named(wide, columns), say("verdicts"))


def _years(view: View) -> None:
    say = view.say
    st.subheader(say("coverage_year"))
    found = overview.by_year(view.published)
    if found.is_empty():
        st.caption(say("none"))
        return
    charts.draw(partial(charts.bars, found, "year", "reports", say("unit_reports")), say("coverage_year"))
    columns = {"year": say("year"), "reports": say("current_reports"), "expected": say("expected")}
    columns |= {"received": say("received"), "missing": say("missing"), "late": say("late")}
    columns |= {"violated": say("violated_reports")}
    plain_table(named(found.with_columns(pl.col("year").cast(pl.String)), columns), say("coverage_year"))
    st.caption(say("no_expected"))


def _provinces(view: View) -> None:
    say = view.say
    st.subheader(say("coverage_region"))
    found = overview.by_province(view.published).with_columns(pl.col("province_name").fill_null(say("region_open")))
    if found.is_empty():
        st.caption(say("none"))
        return
    known = [
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in ("expected", "received")
    ]
    whole = found.group_by("province_name").agg(pl.col("reports").sum(), pl.col("violated").sum(), *known)
    whole = whole.sort("reports", "province_name", descending=[True, False])
    chart = partial(charts.across, whole, "province_name", "reports", ["province_name", "reports"], say("unit_reports"))
    charts.draw(chart, say("coverage_region"))
    with st.expander(say("as_table")):
        wide = found.pivot("year", index="province_name", values="reports", sort_columns=True)
        wide = whole.join(wide, on="province_name", how="left", maintain_order="left")
        columns = {"province_name": say("province"), "reports": say("reports"), "expected": say("expected")}
        columns |= {"received": say("received"), "violated": say("violated_reports")}
        plain_table(named(wide, columns | {c: c for c in wide.columns if c.isdecimal()}), say("coverage_region"))
