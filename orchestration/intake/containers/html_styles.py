"""What the style sheets within a page do to its text: hide it, strike it through, raise or lower it.

Belongs here: which rule of a sheet counts for an element. Does not belong here: style attributes (``html_tree``), and
sheets in files of their own, which nobody saved with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# What is asked of the declarations of a rule or of an attribute. The last one of each property counts.
PROPERTY = re.compile(
    r"(?:^|[;{\s])(display|visibility|text-decoration(?:-line)?|vertical-align|mso-text-raise|font-size|opacity|clip|left"
    r"|text-indent)\s*:\s*([^;{}]*)",
    re.IGNORECASE,
)
STRUCK = re.compile(r".*line-through")
FAR = re.compile(r"-(?:999|\d{4})")  # outside of the window
UNSEEN = {
    "display": re.compile(r"none\b"),
    "visibility": re.compile(r"hidden|collapse"),
    "text-decoration": STRUCK,
    "text-decoration-line": STRUCK,
    "font-size": re.compile(r"0+(?:\.0*)?(?:[a-z%]|\s|!|$)"),
    "opacity": re.compile(r"0+(?:\.0*)?%?\s*(?:!|$)"),
    "clip": re.compile(r"rect\((?:\s*[01](?:px)?[,\s]*){4}\)"),
    "left": FAR,
    "text-indent": FAR,
}
MOVED = {
    "vertical-align": re.compile(r"(?P<up>super)|(?P<down>sub)\b"),
    "mso-text-raise": re.compile(r"(?P<up>[3-9]|\d{2})|(?P<down>-(?:[3-9]|\d{2}))"),  # less only sets text straight
}
COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
BRACKET = re.compile("[{}]")
ANY_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*$", re.IGNORECASE)
SELECTOR = re.compile(r"[^:\\\x00-\x1f]{1,200}")  # no state of an element and no part that the sheet adds
SPECIFIC = (re.compile(r"#[\w-]"), re.compile(r"[.\[]"), re.compile(r"(?:^|[\s>+~])[a-zA-Z]"))
MOST_RULES = 400  # that hide something or show it


class Rule(NamedTuple):
    """A selector, what its rule declares, and how it ranks among others."""

    selector: str
    declared: dict[str, str]
    rank: tuple[int, ...]


def declared(text: str) -> dict[str, str]:
    """The properties asked about of a style attribute or of the body of a rule, in lower case."""
    return {name.lower(): value.strip().lower() for name, value in PROPERTY.findall(text)}


def is_unseen(properties: dict[str, str]) -> bool:
    """Whether text with these properties is not seen, or struck through."""
    return any(name in UNSEEN and UNSEEN[name].match(value) for name, value in properties.items())


def is_struck(properties: dict[str, str]) -> bool:
    """Whether text with these properties is struck through."""
    return any(name.startswith("text-decoration") and STRUCK.match(value) for name, value in properties.items())


def moved(properties: dict[str, str]) -> str | None:
    """``up`` or ``down`` where text with these properties is raised or lowered, else None."""
    found = [MOVED[name].match(value) for name, value in properties.items() if name in MOVED]
    return next((match.lastgroup for match in found if match), None)


def styled(tree: LexborHTMLParser) -> list[tuple[LexborNode, dict[str, str]]]:
    """The elements that a sheet within the page hides, strikes through, raises or lowers, and what counts for them."""
    rules = list(_rules(tree))
    asked = [rule for rule in rules if is_unseen(rule.declared) or moved(rule.declared)]
    names = {name for rule in asked for name in rule.declared}
    rules = sorted((rule for rule in rules if names & set(rule.declared)), key=lambda rule: rule.rank)[:MOST_RULES]
    found: dict[int, tuple[LexborNode, dict[str, str]]] = {}
    for rule in asked[:MOST_RULES]:
        for node in _named(tree, rule.selector):
            found.setdefault(node.mem_id, (node, {}))
    for rule in rules if found else ():
        for node in _named(tree, rule.selector):
            if node.mem_id in found:
                _count(found[node.mem_id][1], rule.declared)
    for node, properties in found.values():
        _count(properties, declared(node.attributes.get("style") or ""))
    return list(found.values())


def _count(properties: dict[str, str], later: dict[str, str]) -> None:
    """Let a later declaration count, if the one before is not marked as important."""
    for name, value in later.items():
        if "!" in value or "!" not in properties.get(name, ""):
            properties[name] = value


def _named(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    from selectolax.lexbor import SelectolaxError

    try:
        return tree.css(selector)
    except SelectolaxError:  # as a browser, which leaves out a rule that it does not understand
        return []


def _rules(tree: LexborHTMLParser) -> Iterator[Rule]:
    """The rules of all sheets that hold for a screen of any size, where they say something of what is asked."""
    for number, sheet in enumerate(tree.css("style")):
        if (sheet.attributes.get("media") or "all").strip().lower() not in ("all", "screen"):
            continue
        for at, (selectors, body) in enumerate(_blocks(COMMENT.sub(" ", sheet.text()))):
            properties = declared(body)
            for selector in map(str.strip, selectors.split(",")) if properties else ():
                if SELECTOR.fullmatch(selector):
                    specific = (len(pattern.findall(selector)) for pattern in SPECIFIC)
                    yield Rule(selector, properties, (*specific, number, at))


def _blocks(text: str, inner: bool = False) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule, also of those in blocks that hold for any screen."""
    at = 0
    while (begin := text.find("{", at)) >= 0:
        head = text[at:begin].rpartition(";")[2].strip()
        end = _end(text, begin)
        if not head.startswith("@"):
            yield head, text[begin + 1 : end]
        elif not inner and ANY_SCREEN.match(head):
            yield from _blocks(text[begin + 1 : end], inner=True)
        at = end + 1


def _end(text: str, begin: int) -> int:
    """Where the block ends that begins at a bracket."""
    depth = 0
    for mark in BRACKET.finditer(text, begin):
        depth += 1 if mark[0] == "{" else -1
        if not depth:
            return mark.start()
    return len(text)
