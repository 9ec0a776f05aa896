"""The registries of layouts and containers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.rendering import text_cells, text_rows
from tests.rendering.html import DRESSES, encoder, html_drawer, lines_drawer
from tests.rendering.pdf import PRESSES, pdf_drawer
from tests.rendering.text import text_drawer
from tests.rendering.word import docx_drawer


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file: its family decides which layouts it can hold."""

    name: str
    family: str
    suffix: str
    encode: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Layout:
    """How tables are drawn. All layouts take all forms.

    ``keeps_blank``: an empty cell keeps its place. ``anchored``: values stand with their labels. ``stream``: numbers
    without any trace of their rows. ``values_first``: values stand before their labels. ``wraps_numbers``: a long
    number may be broken over lines in its cell.
    """

    name: str
    family: str
    draw: Callable
    keeps_blank: bool = False
    anchored: bool = True
    stream: bool = False
    values_first: bool = False
    wraps_numbers: bool = False
    holders: tuple[str, ...] = ("txt",)

    def containers(self, rng: Random, plain: bool = False) -> Container:
        """A container that fits."""
        return CONTAINERS[self.holders[0] if plain else rng.choice(self.holders)]


def _gb18030(text: str) -> bytes:
    return text.encode("gb18030")


CONTAINERS: dict[str, Container] = {
    container.name: container
    for container in (
        Container("txt", "text", ".txt", str.encode),
        Container("txt_bom", "text", ".txt", lambda text: text.encode("utf-8-sig")),
        Container("txt_utf16", "text", ".txt", lambda text: text.encode("utf-16")),
        Container("txt_utf16be", "text", ".txt", lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
        Container("txt_gb18030", "text", ".txt", _gb18030),
        Container("md", "text", ".md", str.encode),
        Container("html", "html", ".html", encoder("utf-8", "utf-8")),
        Container("html_gb2312", "html", ".htm", encoder("gb2312", "gb18030", equiv=True)),
        Container("html_gbk", "html", ".html", encoder("GBK", "gb18030")),
        Container("html_bom", "html", ".html", encoder("utf-8", "utf-8", b"\xef\xbb\xbf")),
        Container("html_undeclared", "html", ".html", encoder("", "utf-8")),
        Container("docx", "docx", ".docx", str.encode),
        Container("pdf", "pdf", ".pdf", str.encode),
    )
}
LAYOUTS: dict[str, Layout] = {}


def add(name: str, family: str, draw: Callable, **traits) -> None:
    """Register a layout."""
    LAYOUTS[name] = Layout(name, family, draw, **traits)


_TEXT = ("txt", "txt", "txt", "txt_bom", "txt_utf16", "txt_utf16be", "txt_gb18030", "md")
_MARKDOWN = ("md", "md", "txt", "txt_gb18030")
for _name, _traits in {
    "spaces": {},
    "aligned": {},
    "wrapped_after": {},
    "wrapped_between": {},
    "wrapped_last": {},
    "values_first": {"values_first": True},
    "flattened": {"anchored": False},
    "streamed": {"anchored": False, "stream": True},
}.items():
    add(_name, "text", text_drawer(getattr(text_rows, _name)), holders=_TEXT, **_traits)
for _name, _traits in {
    "one_per_line": {},
    "one_per_line_spaced": {},
    "pipe_alone": {},
    "pipe_trailing": {},
    "pipe_led": {},
    "pipe_rows": {},
    "tabs": {"keeps_blank": True},
    "tabs_lost": {},
}.items():
    add(_name, "text", text_drawer(getattr(text_cells, _name)), holders=_TEXT, **_traits)
for _name in ("markdown", "markdown_repeated"):
    add(_name, "text", text_drawer(getattr(text_cells, _name)), holders=_MARKDOWN, keeps_blank=True)

_HTML = ("html", "html", "html_gb2312", "html_gbk", "html_bom", "html_undeclared")
for _name, _dress in DRESSES.items():
    add(_name, "html", html_drawer(_dress), holders=_HTML, keeps_blank=True)
add("html_lines", "html", lines_drawer(text_drawer(text_rows.spaces)), holders=_HTML)
add("docx", "docx", docx_drawer(), holders=("docx",), keeps_blank=True)
add("docx_sections", "docx", docx_drawer(split=True, runs=True), holders=("docx",), keeps_blank=True)
add("docx_characters", "docx", docx_drawer(characters=True), holders=("docx",), keeps_blank=True)
for _name, _press in PRESSES.items():
    add(_name, "pdf", pdf_drawer(_press), holders=("pdf",), keeps_blank=_press.ruled, wraps_numbers=_press.narrow)
