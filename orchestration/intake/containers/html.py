"""HTML into lines and grids: a page of a web site, a fragment, or HTML tables within Markdown.

The page is parsed as browsers do (lexbor) and walked as the flat, well-formed text that the parser writes, so that
depth costs nothing. Inline elements join without a space, blocks break, hidden elements and scripts do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from orchestration.intake.containers import html_guard
from orchestration.intake.containers.html_walk import Walk
from orchestration.intake.containers.rendition import Rendition
from orchestration.intake.containers.tables import Item, render
from orchestration.intake.document import Document, Problem

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TABLE = re.compile(r"<t(?:able|r|d|h)[\s>]", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|li|section|article)\b[^>]*>", re.IGNORECASE)
BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_FIRST = 20  # paragraphs
INLINE = re.compile(r"</?(?:span|font|strong|b|a|u|o:p|style|meta)\b[^>]*>", re.IGNORECASE)
TABLES = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)


def looks_like_html(text: str) -> bool:
    """Whether a decoded text is a page, a fragment or a text with HTML tables in it."""
    if "<" not in text:
        return False
    if PAGE.search(text, 0, 5_000) or TABLE.search(text):
        return True
    head = text[:200_000]
    blocks = len(BLOCK.findall(head))
    if blocks >= 3 and "|" in head:  # in a row of Markdown a break wraps the words of a cell
        blocks -= sum(len(BREAK.findall(line)) for line in head.splitlines() if line.count("|") > 2)
    return blocks >= 3 and (blocks + len(INLINE.findall(head))) * 200 >= len(head.strip()) - 1_000


def keeps_lines(text: str) -> bool:
    """Whether line ends outside the tables are the author's: Markdown or plain text with HTML tables in it."""
    page = PAGE.search(text, 0, 5_000)
    if page and (not text[: page.start()].strip() or text.lstrip("\ufeff \t\r\n").startswith("<")):
        return False  # text before the first page tells that pages are only wrapped around the tables
    rest = TABLES.sub("", text)
    lines = sum(1 for line in rest.splitlines() if line.strip() and "<" not in line)
    return len(BLOCK.findall(rest)) * 3 <= lines


def open_html(text: str, encoding: str, problems: list[Problem]) -> Document:
    """The document of a decoded page. Raises SetAsideError ``reading_limit`` or ``empty_file``."""
    from selectolax.lexbor import LexborHTMLParser  # here, so that text files do not wait for it

    from orchestration.intake.containers.html_tree import count_pictures, prune

    html_guard.check(text)
    walk = Walk(keeps_lines(text))
    if not re.search("<table", text, re.IGNORECASE):
        text = f"<table>{text}</table>" if TABLE.search(text) else text
    tree = LexborHTMLParser(text)
    title = tree.css_first("head title")
    heading = " ".join(title.text().split()) if title else ""
    folded = text.lower()
    prune(tree, folded)
    body = tree.body
    written = (body.html or "") if body else ""
    html_guard.check_growth(text, written)
    walk.run(written)
    out = Rendition()
    if heading and not any(_printed(heading, text) for text in _texts(walk.items, body)):
        out.add_line(heading)
    render(walk.items, out)
    return out.document("html", encoding, count_pictures(tree, folded), tuple(problems))


def _texts(items: list[Item], body: LexborNode | None) -> Iterator[str]:
    """The paragraphs of a page, and all of its text: its title stands mostly on one of the first."""
    yield from (item for item in items[:_FIRST] if isinstance(item, str))
    yield body.text() if body else ""


def _printed(heading: str, text: str) -> bool:
    """Whether the page prints its title; sites add their own name to it after a separator."""
    name = re.split(r"\s*[-_|–—]\s*", heading)[0]
    return "".join(name.split()) in "".join(text.split())
