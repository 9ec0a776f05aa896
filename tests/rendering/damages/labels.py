"""Damage to labels, headings and names."""

from __future__ import annotations

from random import Random

from tests.rendering.damages.registry import damage, some, untouched
from tests.rendering.plan import Plan

_OTHER_CHARACTERS = "的了和政府信息公开行为件数不予申请机关日目末未己已"


def mistype(text: str, rng: Random) -> str:
    """``text`` with one character, not of its number, deleted, replaced, doubled or swapped with the next."""
    start = 2 if text[:1].isdigit() or text[1:2] == "、" else 3 if text[:1] in "(（" else 0
    places = [n for n in range(start, len(text)) if "\u4e00" <= text[n] <= "\u9fff"]
    if len(places) < 2:
        return text
    at, kind = rng.choice(places), rng.random()
    if kind < 0.4:
        return text[:at] + text[at + 1 :]
    if kind < 0.8:
        return text[:at] + rng.choice(_OTHER_CHARACTERS) + text[at + 1 :]
    if kind < 0.9:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


@damage
def label_typo(plan: Plan, rng: Random, layout) -> None:
    """Some labels are mistyped."""
    for row in some(rng, untouched(plan), 4):
        row.label, row.label_state = mistype(row.label, rng), "typo"


@damage
def exchanged_labels(plan: Plan, rng: Random, layout) -> None:
    """Two rows of a table have each the label of the other, or stand in each other's place."""
    rows = [row for row in plan.tables[rng.choice(("requests", "disclosure"))].rows if row.shown and not row.touched]
    at = rng.randrange(len(rows) - 1)
    one, two = rows[at], rng.choice((rows[at + 1], rng.choice(rows)))
    if one is not two and len(one.values) == len(two.values):
        one.label, two.label = two.label, one.label
        for row in (one, two):
            row.touched = True
            for value in row.values:
                value.state = "loose"


@damage
def known_typos(plan: Plan, rng: Random, layout) -> None:
    """The mistyped labels that published reports show."""
    for row in plan.tables["requests"].rows:
        if row.code == "denied.prohibited_by_law":
            row.label, row.label_state = row.label[:2] + "其他法律行政止公开", "typo"
    block = plan.tables["requests"].blocks[0]
    block.head = ["社会组织" if text.startswith("社会公益") else text for text in block.head]


@damage
def header_typo(plan: Plan, rng: Random, layout) -> None:
    """Column headings are mistyped."""
    for table in plan.tables.values():
        for block in table.blocks if table.ordered else ():
            block.head = [mistype(text, rng) if len(text) > 2 and rng.random() < 0.2 else text for text in block.head]


@damage
def drop_header(plan: Plan, rng: Random, layout) -> None:
    """A table has lost its header."""
    table = plan.tables[rng.choice(("requests", "disputes", "disclosure"))]
    table.head_shown = not table.ordered


@damage
def permuted_columns(plan: Plan, rng: Random, layout) -> None:
    """The applicants stand in another order, headings and values alike."""
    table = plan.tables["requests"]
    plain = table.head_shown and len(table.blocks[0].head) == 7 and not plan.look.group_tables
    if not plain or any(row.touched for row in table.rows):
        return
    order = [*rng.sample(range(6), 6), 6]
    table.blocks[0].head = [table.blocks[0].head[n] for n in order]
    for row in table.rows:
        row.values = [row.values[n] for n in order]
    table.ordered = False


@damage
def misread_agency(plan: Plan, rng: Random, layout) -> None:
    """One character of the agency's name is misread throughout."""
    at = rng.randrange(max(1, len(plan.agency) - 4))
    plan.agency = plan.agency[:at] + rng.choice("演漬滨拱哗鼓棱") + plan.agency[at + 1 :]
