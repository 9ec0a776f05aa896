"""Drafts dropped into the browser: judged in memory, shown marked up, and handed back as Excel or HTML."""

from __future__ import annotations

import io

import streamlit as st

from orchestration.dashboard.showing import figures, heading, lines, table
from orchestration.dashboard.view import View
from orchestration.dashboard.views.report import official_style
from orchestration.intake.containers import MAX_FILE_BYTES
from orchestration.presenting import check_html, check_xlsx
from orchestration.presenting.checked import Checked, check
from orchestration.presenting.marking import drawn
from orchestration.presenting.messages import readable_message
from orchestration.presenting.names import names_of
from orchestration.presenting.sources import Source, read_source
from orchestration.presenting.words import WORDS, derivation, member_label, sides, suggestion, year_member

MOST_FILES = 100
MEGABYTE = 1 << 20
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(view: View) -> None:
    """Draw the page; what was checked lives in the visitor's session, and goes with the files or the session."""
    say = view.say
    st.write(say("draft_intro"))
    limit = MAX_FILE_BYTES // MEGABYTE
    files = st.file_uploader(say("draft_files"), accept_multiple_files=True, max_upload_size=limit, key="draft_files")
    with st.expander(say("draft_previous")):
        last = st.file_uploader(say("draft_previous"), max_upload_size=limit, key="draft_previous")
    if len(files) > MOST_FILES:
        st.warning(say("draft_too_many", most=MOST_FILES))
    checked = _checked(view, files[:MOST_FILES], last)
    if not checked:
        return
    ordered = sorted(checked, key=lambda one: one.badness)
    _overview(view, ordered)
    _downloads(view, ordered)
    chosen = ordered[0]
    if len(ordered) > 1:
        place = st.selectbox(
            say("draft_which"), range(len(ordered)), format_func=lambda n: f"{n + 1}. {ordered[n].source.name[:80]}"
        )
        chosen = ordered[place]
    _one(view, chosen)


def _checked(view: View, files: list, last: object | None) -> list[Checked]:
    """Each file checked once for each language and previous report; nothing is kept of files that were taken away."""
    kept: dict[tuple, Checked] = st.session_state.get("drafts", {})
    keys = {(file.file_id, view.say.lang, last.file_id if last else None): file for file in files}
    found = {key: kept[key] for key in keys if key in kept}
    if len(found) < len(keys):
        bar = st.progress(0.0)
        previous = read_source(last.getvalue(), last.name) if last else None
        for number, (key, file) in enumerate(keys.items(), 1):
            if key not in found:
                source = read_source(file.getvalue(), file.name)
                found[key] = check(source, view.say.lang, _year_before(view, source, previous))
            bar.progress(number / len(keys))
        bar.empty()
    st.session_state["drafts"] = found
    return [found[key] for key in keys]


def _year_before(view: View, source: Source, previous: Source | None) -> Source | None:
    if previous is None or source.year is None or previous.year == source.year - 1:
        return previous
    st.warning(view.say("draft_previous_wrong"))
    return None


def _overview(view: View, ordered: list[Checked]) -> None:
    if len(ordered) < 2:
        return
    import polars as pl

    say = view.say
    unknown = WORDS[say.lang]["unknown"]
    rows = [
        {
            say("file"): one.source.name,
            say("agency_name"): (one.source.agency and one.source.agency.name) or unknown,
            say("year"): str(one.source.year or ""),
            f"✗ {say('violated')}": None if one.source.failed else len(one.violations) + len(one.year_violations),
            say("conflicts"): None if one.source.failed else len(one.conflicts),
            f"? {say('unverifiable')}": None if one.source.failed else _count(one, "unverifiable"),
            say("problems"): len(one.source.problems),
            say("set_aside"): _reason(one, say.lang) if one.source.failed else "",
        }
        for one in ordered
    ]
    table(pl.DataFrame(rows, infer_schema_length=None), say, alt=say("draft"))


def _downloads(view: View, ordered: list[Checked]) -> None:
    say = view.say

    def workbook() -> bytes:
        stream = io.BytesIO()
        check_xlsx.write(ordered, say.lang, stream)
        return stream.getvalue()

    st.caption(say("hand_on"))
    left, right, _ = st.columns([1, 1, 3])
    left.download_button(say("download_xlsx"), workbook, "check.xlsx", EXCEL, on_click="ignore")
    right.download_button(
        say("download_html"),
        lambda: check_html.page(ordered, say.lang).encode(),
        "check.html",
        "text/html",
        on_click="ignore",
    )


def _one(view: View, checked: Checked) -> None:
    say, lang = view.say, view.say.lang
    source = checked.source
    name = source.agency.name if source.agency and source.agency.name else WORDS[lang]["unknown"]
    heading(f"{name} {source.year or ''}", 3, source.name)
    if source.failed:
        said = [readable_message(p.message, lang) for p in source.problems]
        lines([f"{say('is_aside')}{_reason(checked, lang)}", *said])
        return
    figures(
        [
            (f"✓ {say('holds')}", _count(checked, "holds")),
            (f"✗ {say('violated')}", len(checked.violations) + len(checked.year_violations)),
            (f"? {say('unverifiable')}", _count(checked, "unverifiable")),
            (say("conflicts"), len(checked.conflicts)),
        ]
    )
    if not checked.violations:
        st.write(say("fine") if checked.judged else say("nothing_judged"))
    identities = names_of("identities", lang)
    lines(
        [
            f"✗ {identities[j.identity]} ({member_label(checked, j, lang)}): {sides(checked, j)}"
            for j in checked.violations
        ]
        + [
            f"✗ {identities[j.identity]} ({year_member(checked, j, lang)}): {j.left} ≠ {j.right}"
            for j in checked.year_violations
        ]
    )
    if checked.edits:
        st.subheader(say("suggestions"))
        lines([suggestion(checked, part, lang) for part in checked.edits])
    if checked.conflicts:
        st.subheader(say("prose"))
        says = WORDS[lang]["says"]
        lines(
            [
                f"{say('line')} {c.claim.line}: {says.format(value=c.claim.value, expected=c.expected)}"
                f" — {c.claim.sentence.strip()}"
                for c in checked.conflicts
            ]
        )
    st.caption(say("point"))
    shown = check_html.shown_cells(checked, lang)
    st.html(f"<style>{official_style()}</style>" + drawn(source.forms, shown, lang, interactive=True))
    if checked.derived:
        with st.expander(f"{say('derived')} ({len(checked.derived)})"):
            lines([derivation(checked, entry, lang) for entry in checked.derived])
    if source.problems:
        with st.expander(f"{say('problems')} ({len(source.problems)})"):
            lines(
                [f"{_problem(p.code, lang)} — {readable_message(p.message, lang)}" for p in source.problems],
                [(f"{say('line')} {p.line or '?'}", None) for p in source.problems],
            )


def _count(checked: Checked, verdict: str) -> int:
    return sum(judgement.verdict == verdict for judgement in checked.judgements)


def _reason(checked: Checked, lang: str) -> str:
    return _problem(checked.source.problems[0].code, lang) if checked.source.problems else "?"


def _problem(code: str, lang: str) -> str:
    return names_of("problems", lang).get(code, code)
