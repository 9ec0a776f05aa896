"""What a person does not see is taken out of the parsed page, and the pictures that could be tables are counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestration.intake.containers.html_walk import BREAK

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DROPPED = [
    *("script", "style", "noscript", "template", "iframe", "noembed", "noframes", "svg", "math", "xmp", "plaintext"),
    *("del", "s", "strike", "select", "datalist", "object", "audio", "video", "rt", "rp"),
]
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|table(?!-cell)|flex|grid|list-item)", re.IGNORECASE)
INLINE = ("span", "a", "b", "strong", "font", "em", "i", "label")
STYLED_INLINE = ",".join(f"{name}[style*=display i]" for name in INLINE)
ASIDE = frozenset(("a", "nav", "header", "footer", "button"))
SIZE = re.compile(r"(?:^|[\s;])(?:width|height)\s*:\s*(\d+)(?:\.\d+)?\s*(?:px|pt|;|$)", re.IGNORECASE)
ICON = re.compile(r"logo|icon|\bico\b|qrcode|erweima|share|banner|\.svg|\.ico|wza", re.IGNORECASE)
SMALL = 100  # pixels: no table of figures is lower or narrower
ANCESTORS = 8


def prune(tree: LexborHTMLParser, source: str) -> None:
    """Take out what is hidden, struck through or no text; mark inline elements that are shown as blocks."""
    tree.strip_tags(DROPPED, recursive=True)
    styled = _mentions(source, "display")
    if styled or _mentions(source, "hidden") or _mentions(source, "visibility") or _mentions(source, "mso-hide"):
        for node in tree.css("[hidden]"):
            if node.tag not in ("html", "body") and (node.attributes.get("hidden") or "") != "until-found":
                node.decompose()
        for node in tree.css("[style*=display i],[style*=visibility i],[style*=mso-hide i]"):
            if node.tag not in ("html", "body") and HIDDEN.search(node.attributes.get("style") or ""):
                node.decompose()
    if styled:
        for node in tree.css(STYLED_INLINE):
            if SHOWN_AS_BLOCK.search(node.attributes.get("style") or ""):
                node.insert_before(BREAK)
                node.insert_after(BREAK)


def _mentions(source: str, word: str) -> bool:
    """Whether the page could style something so: searching three spellings is quicker than folding the page."""
    return word in source or word.upper() in source or word.capitalize() in source


def count_pictures(tree: LexborHTMLParser, source: str) -> int:
    """Pictures of a size that a table could have, outside of links and navigation."""
    if not _mentions(source, "<img"):
        return 0
    return sum(1 for node in tree.css("img") if _could_be_a_table(node))


def _could_be_a_table(node: LexborNode) -> bool:
    attributes = node.attributes
    sizes = [int(size) for size in SIZE.findall(attributes.get("style") or "")]
    for name in ("width", "height"):
        value = (attributes.get(name) or "").removesuffix("px").strip()
        if value.isdigit() and len(value) < 9:
            sizes.append(int(value))
    if any(size < SMALL for size in sizes):
        return False
    if not sizes and any(ICON.search(attributes.get(name) or "") for name in ("src", "class", "id", "alt")):
        return False
    for _ in range(ANCESTORS):
        node = node.parent
        if node is None:
            break
        if node.tag in ASIDE:
            return False
    return True
