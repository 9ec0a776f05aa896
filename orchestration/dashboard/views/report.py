"""One report: its tables as printed, each cell marked; suggestions beside them; the source lines."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import polars as pl
import streamlit as st

from orchestration.dashboard import drawing
from orchestration.dashboard.choosing import chose, kept_choice
from orchestration.dashboard.listing import member
from orchestration.dashboard.queries import reports
from orchestration.dashboard.showing import heading, lines, plain_table, source
from orchestration.dashboard.view import View
from orchestration.dashboard.words import Say, signed
from orchestration.presenting.marking import drawn, engine, number
from orchestration.presenting.messages import readable_message
from orchestration.presenting.names import names_of
from orchestration.presenting.proving import readable
from orchestration.presenting.words import WORDS

AROUND = 4  # source lines shown before and after a cell's
LONGEST_NAME = 60


def show(view: View) -> None:
    """Draw the page."""
    chosen = _choose(view)
    if chosen is None:
        return
    head = reports.head(view.published, chosen)
    if not head:
        st.caption(view.say("none"))
        return
    _head(view, head)
    if head["set_aside"]:
        reason = names_of("problems", view.say.lang).get(head["set_aside"], head["set_aside"])
        lines([f"{view.say('is_aside')}{reason}. {head['set_aside_reason'] or ''}"])
        return
    forms = drawing.forms_of(head)
    text = reports.source_lines(view.published, chosen)
    linked = set() if text is None else set(text["line"])
    left, right = st.columns([3, 1], gap="medium")
    with left:
        style = f"<style>{official_style()}</style>"
        shown = drawing.marked_cells(view.published, chosen, forms, view.say)
        st.caption(f"{view.say('point')} {view.say('point_keeps')}")
        st.html(style + drawn(forms, shown, view.say.lang, interactive=True, linked=linked))
    with right:
        _beside(view, chosen, forms, linked)
    _source(view, chosen, forms, text)
    _checks(view, chosen, forms)


def official_style() -> str:
    """The style of the printed tables."""
    return engine().get_template("official.css").render()


def _choose(view: View) -> str | None:
    """The report of the address, or one that is looked for."""
    say = view.say
    wide, narrow = st.columns([3, 1])
    text = wide.text_input(say("search"), key="report_text").strip()
    year = narrow.selectbox(
        say("year"),
        [None, *reports.years(view.published)],
        format_func=lambda y: str(y or say("all")),
        key="report_year",
    )
    found = reports.search(view.published, text, year)
    options = {row["report_id"]: row for row in found.iter_rows(named=True)}
    kept = kept_choice("report", (text, year))
    if kept and kept not in options and (row := reports.head(view.published, kept)):
        options = {kept: row | {"violations": None}} | options
    if not options:
        st.caption(say("none"))
        return None
    if st.session_state.get("report_chosen") not in options:
        st.session_state["report_chosen"] = next(iter(options))
    most = len(found) >= reports.MOST_FOUND
    chosen = st.selectbox(
        say("found_most" if most else "found", count=len(found)),
        list(options),
        format_func=lambda report_id: _option(options[report_id], say),
        key="report_chosen",
    )
    chose("report", chosen)
    return chosen


def _option(row: dict, say: Say) -> str:
    name = row.get("agency_name") or row.get("name_in_title") or row.get("path") or row["report_id"]
    marks = f" · ✗ {row['violations']}" if row.get("violations") else ""
    if row.get("set_aside"):
        marks = f" · {say('set_aside')}"
    elif not row["is_current"]:
        marks += f" · {say('version_replaced')}"
    return f"{name[:LONGEST_NAME]} · {row['year'] or '?'}{marks}"


def _head(view: View, head: dict) -> None:
    say = view.say
    name = head["agency_name"] or head["name_in_title"] or WORDS[say.lang]["unknown"]
    told = [say("version_current") if head["is_current"] else say("version_replaced"), head["path"]]
    if head.get("copies"):
        told.append(say("copies_of_it", paths=head["copies"]))
    if head["region_name"]:
        told.append(head["region_name"])
    if head["published_on"]:
        told.append(f"{head['published_on']}")
    heading(f"{name} {head['year'] or ''}", 3, " · ".join(told))
    url = head["url"] or ""
    if url.startswith(("http://", "https://")):
        safe = escape(url, quote=True)
        st.html(f'{say("source")}: <a href="{safe}" rel="noopener noreferrer" target="_blank">{safe}</a>')


def _beside(view: View, report_id: str, forms: dict[str, str | None], linked: set[int]) -> None:
    """Suggestions, derived values and what the prose says, beside the tables."""
    say, published = view.say, view.published
    st.html('<span class="beside"></span>')  # known to the style of the page
    heading(say("suggestions"), 4)
    told = drawing.suggestions(published, report_id, forms, say)
    lines(told) if told else st.caption(say("none"))
    derived = reports.derived(published, report_id)
    if len(derived):
        with st.expander(f"{say('derived')} ({len(derived)})"):
            lines(
                [
                    f"{drawing.label(row['cell'], forms, say.lang)} = {number(row['value'])}"
                    + (f" ({say('conditional')})" if row["conditional"] else "")
                    + f": {readable(row['proof'], forms, say.lang)}"
                    for row in derived.iter_rows(named=True)
                ]
            )
    claims = reports.claims(published, report_id).filter(pl.col("verdict") == "conflicts")
    if len(claims):
        heading(say("prose"), 4)
        says = WORDS[say.lang]["says"]
        lines(
            [
                f"✗ {says.format(value=_n(row['value']), expected=_n(row['expected']))} — {row['sentence']}"
                for row in claims.iter_rows(named=True)
            ],
            [(f"{say('line')} {line}", line if line in linked else None) for line in claims["line"]],
        )
    years = reports.across_years(published, report_id).filter(pl.col("verdict").is_in(drawing.VIOLATED))
    if len(years):
        heading(say("across_years"), 4)
        lines(
            [
                f"✗ {row[say.name]} ({member(row['identity'], row['member'], forms, say.lang)}): "
                f"{_n(row['left_side'])} ≠ {_n(row['right_side'])}"
                for row in years.iter_rows(named=True)
            ]
        )
    problems = reports.problems(published, report_id)
    if len(problems):
        heading(say("problems"), 4)
        lines(
            [
                f"{row[say.name]} — {readable_message(row['message'], say.lang)}"
                for row in problems.iter_rows(named=True)
            ],
            [(f"{say('line')} {line or '?'}", line if line in linked else None) for line in problems["line"]],
        )


def _source(view: View, report_id: str, forms: dict[str, str | None], text: pl.DataFrame | None) -> None:
    say = view.say
    st.subheader(say("source_lines"))
    if text is None or text.is_empty():
        st.caption(say("no_source_lines"))
        return
    places = {
        row["cell"]: row["line"]
        for row in reports.cells(view.published, report_id).sort("line", nulls_last=True).iter_rows(named=True)
        if row["line"]
    }
    cell = st.selectbox(
        say("around"),
        [None, *places],
        format_func=lambda address: drawing.label(address, forms, say.lang) if address else say("all"),
        key=f"around_{report_id}",
    )
    rows = [(row["line"], row["text"]) for row in text.iter_rows(named=True)]
    if cell:
        rows = [(line, said) for line, said in rows if abs(line - places[cell]) <= AROUND]
    source(rows, places.get(cell))


def _checks(view: View, report_id: str, forms: dict[str, str | None]) -> None:
    say = view.say
    verdicts = names_of("verdicts", say.lang)
    found = reports.checks(view.published, report_id)
    rows = [
        {
            "identity": row[say.name],
            "member": member(row["identity"], row["member"], forms, say.lang),
            "left": row["left_side"],
            "right": row["right_side"],
            "difference": row["difference"],
            "verdict": signed(row["verdict"], verdicts[row["verdict"]]),
        }
        for row in found.iter_rows(named=True)
    ]
    with st.expander(f"{say('checks')} ({len(rows)})"):
        frame = pl.DataFrame(rows, infer_schema_length=None)
        columns = {name: say(name) for name in ("identity", "member", "left", "right", "difference", "verdict")}
        if rows:
            plain_table(frame.select([pl.col(name).alias(said) for name, said in columns.items()]), say("checks"))


def _n(value: Decimal | None) -> str:
    return "…" if value is None else number(value)
