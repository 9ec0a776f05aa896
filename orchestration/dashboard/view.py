"""What every page is given, and which pages there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import streamlit as st

    from orchestration.dashboard.published import Published
    from orchestration.dashboard.words import Say

PAGES = ("overview", "report", "violations", "agency", "regions", "problems", "history", "draft")
NEEDS_NOTHING = ("draft",)  # these work without a published file


@dataclass(frozen=True)
class View:
    """The words, the publication to be drawn (None for a page that needs none), and the pages to go to by name."""

    say: Say
    published: Published | Any
    pages: dict[str, st.Page] = field(default_factory=dict)
