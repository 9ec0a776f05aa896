"""What the styles of a Word document do to the text of a run: hide it, strike it through, raise or lower it.

Belongs here: what a run says itself, and what its style and that of its paragraph say. Does not belong here: what
becomes of the text.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from orchestration.intake.containers.docx_package import attribute, child, is_on, local

UNSEEN = ("strike", "dstrike", "vanish", "webHidden")
_RAISED = 6  # half points: what stands lower is set straight and no note
_MOST_BASES = 20  # styles that a style is made from


class Look(NamedTuple):
    """Which of ``UNSEEN`` are switched on; ``superscript``, ``subscript``, or ``raised`` or ``lowered`` by hand."""

    unseen: frozenset[str] = frozenset()
    level: str | None = None


PLAIN = Look()


class Styles:
    """The styles of one document that change whether its text is seen, by their names in the file."""

    def __init__(self, root: etree._Element | None) -> None:
        nodes = {attribute(node, "styleId") or "": node for node in (() if root is None else root) if _named(node)}
        looks = {name: _of_style(name, nodes) for name in nodes}
        self._looks = {name: look for name, look in looks.items() if look != PLAIN}

    def look(self, properties: etree._Element | None, paragraph: str | None) -> Look:
        """How a run looks, by its properties and the style of its paragraph."""
        if properties is None and not self._looks:
            return PLAIN
        own, around = PLAIN, PLAIN
        if self._looks:
            own = self._looks.get(attribute(child(properties, "rStyle"), "val") or "", PLAIN)
            around = self._looks.get(paragraph or "", PLAIN)
        # Both styles together switch off again what each of them switches on.
        unseen = own.unseen ^ around.unseen
        if properties is None:
            return Look(unseen, own.level or around.level)
        return Look(_switched(properties, unseen), _level(properties) or own.level or around.level)


def _named(node: etree._Element) -> bool:
    return local(node) == "style" and attribute(node, "type") in ("character", "paragraph")


def _of_style(name: str, nodes: dict[str, etree._Element]) -> Look:
    """What a style says, and where it says nothing what the one says that it is made from."""
    found = PLAIN
    bases = []
    while name in nodes and len(bases) < _MOST_BASES:
        bases.append(nodes[name])
        name = attribute(child(nodes[name], "basedOn"), "val") or ""
    for node in reversed(bases):
        properties = child(node, "rPr")
        if properties is not None:
            found = Look(_switched(properties, found.unseen), _level(properties) or found.level)
    return found


def _switched(properties: etree._Element, before: frozenset[str]) -> frozenset[str]:
    said = {name for name in UNSEEN if child(properties, name) is not None}
    return (before - said) | {name for name in said if is_on(properties, name)} if said else before


def _level(properties: etree._Element) -> str | None:
    level = attribute(child(properties, "vertAlign"), "val")
    if level is None:
        moved = attribute(child(properties, "position"), "val") or ""
        if moved.lstrip("-").isdecimal() and moved.isascii() and len(moved) < 9 and abs(int(moved)) >= _RAISED:
            return "lowered" if moved.startswith("-") else "raised"
    return level
