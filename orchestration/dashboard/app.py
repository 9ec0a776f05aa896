"""What Streamlit runs for every visitor and every click: language, publication, navigation, and the page chosen."""

from __future__ import annotations

import importlib
from functools import partial

import duckdb
import streamlit as st

from orchestration.dashboard.launching import FIRST_PAGE
from orchestration.dashboard.published import Followed, NotPublished, State, followed, state_of
from orchestration.dashboard.view import NEEDS_NOTHING, PAGES, View
from orchestration.dashboard.words import LANGUAGES, Say
from orchestration.settings import Settings

FOLLOW_SECONDS = 3
# less air on a phone; what stands beside a form stays in sight on a wide screen
STYLE = """
.stMainBlockContainer { padding: 3.5rem 3rem 4rem; }
@media (max-width: 40rem) { .stMainBlockContainer { padding-left: .8rem; padding-right: .8rem; } }
@media (min-width: 41rem) { .stColumn:has(.beside) { position: sticky; top: 4rem; align-self: flex-start;
  max-height: calc(100vh - 5rem); overflow-y: auto; } }
"""


def main() -> None:
    """Draw the page."""
    say = Say(_language())
    st.set_page_config(page_title=f"Gongkai 公开 · {say('title')}", page_icon="📋", layout="wide")
    st.html(f"<style>{STYLE}</style>")
    pages: dict[str, st.Page] = {}
    for place, name in enumerate(PAGES):
        drawing = partial(_draw, name, say, pages)
        pages[name] = st.Page(drawing, title=say(name), url_path=name if place else "", default=place == 0)
    chosen = st.navigation(list(pages.values()))
    with st.sidebar:
        codes = list(LANGUAGES)
        st.segmented_control(say("language"), codes, format_func=LANGUAGES.get, key="lang", required=True)
    chosen.run()
    FIRST_PAGE.set()


def _language() -> str:
    """The language chosen, that of the address (``?lang=zh``), or the browser's."""
    if "lang" not in st.session_state:
        asked = st.query_params.get("lang")
        st.session_state["lang"] = (
            asked if asked in LANGUAGES else "zh" if (st.context.locale or "zh").startswith("zh") else "en"
        )
    return st.session_state["lang"]


def _draw(name: str, say: Say, pages: dict[str, st.Page]) -> None:
    follower = followed(Settings.load().published)
    module = importlib.import_module(f"orchestration.dashboard.views.{name}")
    st.header(say(name))
    if name in NEEDS_NOTHING:
        module.show(View(say, None, pages))
        return
    try:
        published = follower.now()
    except NotPublished:
        st.info(f"{say('not_published')} {say('not_published_how')}")
        _follow(follower, None)
        return
    try:
        module.show(View(say, published, pages))
    except (duckdb.CatalogException, duckdb.BinderException):
        st.error(say("other_version"))
    _follow(follower, published.state)


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow(follower: Followed, drawn: State | None) -> None:
    """Draw the page again when another publication stands where the one drawn stood."""
    if state_of(follower.path) != drawn:
        st.rerun()


main()
