"""What a page shows of many: named by the address, which anyone can keep, or the one chosen while a search stays."""

from __future__ import annotations

import streamlit as st


def kept_choice(name: str, search: object) -> str | None:
    """The one to show whatever the search finds: newly named by the address, or chosen before the search changed.

    ``name`` is that of the parameter in the address; the choice lives in the session as ``<name>_chosen``.
    """
    asked, state = st.query_params.get(name), st.session_state
    if asked and asked != state.get(f"{name}_asked"):
        state[f"{name}_chosen"], state[f"{name}_searched"] = asked, search
        return asked
    same = state.get(f"{name}_searched") == search
    state[f"{name}_searched"] = search
    return asked if same else None


def chose(name: str, chosen: str) -> None:
    """Put the choice into the address."""
    st.query_params[name] = st.session_state[f"{name}_asked"] = chosen
