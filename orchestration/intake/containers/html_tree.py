"""What a person does not see is taken out of the parsed page, and the pictures that could be tables are counted.

A script may show what a sheet hides, or fade it in. So only words and cells are taken out for that, never a part of the
page: of a table that is there twice the copies are compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestration.intake.containers.html_styles import declared, is_struck, is_unseen, moved, styled
from orchestration.intake.containers.html_walk import BREAK
from orchestration.intake.containers.joining import ARRANGING, LOWERED, OBJECT, RAISED

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DROPPED = [
    *("script", "style", "noscript", "template", "iframe", "noembed", "noframes", "svg", "math", "xmp", "plaintext"),
    *("del", "s", "strike", "datalist", "object", "audio", "video", "rt", "rp"),
]
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|table|flex|grid|list-item)", re.IGNORECASE)
INLINE = ("span", "a", "b", "strong", "font", "em", "i", "label")
STYLED_INLINE = ",".join(f"{name}[style*=display i]" for name in INLINE)
CELLS = frozenset(("td", "th"))
ROWS = frozenset(("tr",))
PICTURES = ("img", "svg", "canvas", "object", "embed", "script")
LONGEST_ROW = 300  # characters of a row of a table: longer ones arrange the page
OF_TABLES = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
# Words of style attributes that may hide, strike through, raise or lower a text.
LOOKS = (
    *("line-through", "text-raise", "super", "align:sub", "align: sub", "font-size:0", "font-size: 0"),
    *("opacity:0", "opacity: 0", "clip:", "-999"),
)
MOST_HIDDEN = 200  # characters of words that a sheet hides, and not of a part of the page
ASIDE = frozenset(("a", "nav", "header", "footer", "button"))
SIZE = re.compile(r"(?:^|[\s;])(?:width|height)\s*:\s*(\d+)(?:\.\d+)?\s*(?:px|pt|;|$)", re.IGNORECASE)
ICON = re.compile(r"logo|icon|\bico\b|qrcode|erweima|share|banner|\.svg|\.ico|wza", re.IGNORECASE)
SMALL = 100  # pixels: no table of figures is lower or narrower
ANCESTORS = 8


def prune(tree: LexborHTMLParser, folded: str) -> None:
    """Take out what is hidden, struck through or no text; mark inline elements that are shown as blocks.

    ``folded`` is the source of the page in lower case.
    """
    if "<select" in folded:
        _choose(tree)
    _mark_pictures(tree, folded)
    looks = styled(tree) if "<style" in folded else []
    tree.strip_tags(DROPPED, recursive=True)
    if any(word in folded for word in ("display", "hidden", "visibility", "mso-hide")):
        for node in tree.css("[hidden]"):
            if node.tag not in ("html", "body") and (node.attributes.get("hidden") or "") != "until-found":
                node.decompose()
        for node in tree.css("[style*=display i],[style*=visibility i],[style*=mso-hide i]"):
            if node.tag not in ("html", "body") and HIDDEN.search(node.attributes.get("style") or ""):
                node.decompose()
    for word in LOOKS:
        if word in folded:
            looks += [(node, declared(node.attributes.get("style") or "")) for node in tree.css(f"[style*='{word}' i]")]
    for node, properties in looks:
        _show(node, properties)
    if "display" in folded:
        for node in tree.css(STYLED_INLINE):
            if SHOWN_AS_BLOCK.search(node.attributes.get("style") or ""):
                node.insert_before(BREAK)
                node.insert_after(BREAK)


def _mark_pictures(tree: LexborHTMLParser, folded: str) -> None:
    """Say of the cells of rows of a table that they show a picture, or what a script writes, and no text."""
    if not any(f"<{name}" in folded for name in PICTURES):
        return
    for node in tree.css(",".join(f"td {name}" for name in PICTURES)):
        cell = _nearest(node, CELLS)
        row = cell and _nearest(cell, ROWS)
        if (
            row
            and not _shown(cell)
            and len(row.text()) <= LONGEST_ROW
            and (_shown(row) or len(row.css("td")) > ARRANGING)
        ):
            node.replace_with(OBJECT)


def _shown(cell: LexborNode) -> str:
    """The text of a cell or a row without that of its scripts."""
    text = cell.text()
    for node in cell.css("script,style,noscript,template"):
        text = text.replace(node.text(), "", 1)
    return text.strip()


def _nearest(node: LexborNode, names: frozenset[str]) -> LexborNode | None:
    """The element of some kind that an element stands in, not far above it."""
    for _ in range(ANCESTORS):
        node = node.parent
        if node is None or node.tag in names:
            return node
    return None


def _choose(tree: LexborHTMLParser) -> None:
    """Of a list to choose from in a table the entry that it shows; the others are no text of the page."""
    for node in tree.css("select"):
        options = node.css("option")
        chosen = [option for option in options if "selected" in option.attributes] or options
        if chosen and _within(node, CELLS):
            node.replace_with(chosen[-1 if len(chosen) < len(options) else 0].text())
        else:
            node.decompose()


def _show(node: LexborNode, properties: dict[str, str]) -> None:
    """Make an element look as these properties say."""
    if node.parent is None or node.tag in ("html", "body"):
        return  # taken out before, within another
    if is_unseen(properties):
        if is_struck(properties) or _is_part_of_a_line(node, properties):
            node.decompose()
        return
    by_hand = "vertical-align" not in properties and node.prev is None  # as a whole text may be
    if node.tag in INLINE and not by_hand and (way := moved(properties)):
        node.replace_with(node.text().translate(RAISED if way == "up" else LOWERED))


def _is_part_of_a_line(node: LexborNode, properties: dict[str, str]) -> bool:
    """Whether an element is no more than words, or is a part of a table."""
    if "font-size" in properties and len(node.css("*")) > 1 and not is_unseen({**properties, "font-size": ""}):
        return False  # what it holds may have a size of its own
    if node.tag not in INLINE and node.tag not in OF_TABLES and not _within(node, CELLS):
        return False
    return len(node.text()) <= MOST_HIDDEN and node.css_first("table") is None


def _within(node: LexborNode, names: frozenset[str]) -> bool:
    return _nearest(node, names) is not None


def count_pictures(tree: LexborHTMLParser, folded: str) -> int:
    """Pictures of a size that a table could have, outside of links and navigation; ``folded`` as in ``prune``."""
    if "<img" not in folded:
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
    return not _within(node, ASIDE)
