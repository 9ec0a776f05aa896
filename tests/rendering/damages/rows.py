"""Damage to whole rows: values, labels or both lost."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from tests.rendering.damages.registry import bare, damage, inner, lose, some
from tests.rendering.plan import Plan, Row, Value


@damage
def drop_values(plan: Plan, rng: Random, layout) -> None:
    """A row keeps its label and loses all its values."""
    for row in some(rng, inner(plan, layout), 2):
        for value in row.values:
            lose(value)


@damage
def drop_run(plan: Plan, rng: Random, layout) -> None:
    """A run of rows loses its values."""
    rows = inner(plan, layout)
    if len(rows) < 4:
        return
    start = rng.randrange(len(rows) - 3)
    for row in rows[start : start + rng.randint(2, 8)]:
        row.touched = True
        for value in row.values:
            lose(value)


@damage
def drop_row(plan: Plan, rng: Random, layout) -> None:
    """A row is not printed at all."""
    for row in some(rng, inner(plan, layout), 2):
        row.shown = False


@damage
def lose_label(plan: Plan, rng: Random, layout) -> None:
    """A row loses its label and keeps its values."""
    for row in some(rng, inner(plan, layout, layout.keeps_blank, True), 2):
        row.label, row.label_state = "", "lost"


@damage
def lose_label_behind_group(plan: Plan, rng: Random, layout) -> None:
    """The first row of a group loses its label; its values stand behind the label of the group."""
    rows = plan.tables["requests"].rows
    inside = inner(plan, layout, False, True)
    first = [
        row
        for before, row in pairwise(rows)
        if len(row.path) == 2 and row.path != before.path and any(row is one for one in inside)
    ]
    for row in some(rng, first, 1) if first else ():
        row.label, row.label_state = "", "lost"
        if rng.random() < 0.5:  # 总计 may be lost with it
            lose(row.values[-1])
        if rng.random() < 0.5:  # and the label of the group is torn
            group = row.path
            head, rest = (*group[:-1], group[-1][:-2]), (*group[:-1], group[-1][-2:])
            for other in rows:
                if other.path == group:
                    other.path = head if other is row else rest


@damage
def duplicate_row(plan: Plan, rng: Random, layout) -> None:
    """A row is printed twice."""
    for row in some(rng, inner(plan, layout), 1):
        row.copies = 2


@damage(families=("text",))
def break_in_row(plan: Plan, rng: Random, layout) -> None:
    """A page ends within a row."""
    for row in some(rng, inner(plan, layout), 2):
        row.broken = True


@damage
def extra_row(plan: Plan, rng: Random, layout) -> None:
    """The agency has added a row of its own."""
    block = plan.tables["requests"].blocks[0]
    free = [
        at
        for at in range(2, len(block.rows))
        if not any(row.touched or bare(row, layout) for row in block.rows[at - 1 : at + 1])
    ]
    if not free:
        return
    at = rng.choice(free)
    values = [Value("", 0, str(rng.randint(0, 40))) for _ in block.rows[0].values]
    label = rng.choice(("其中：网上申请", "9.属于其他情形", "（八）其他", "其中：当面申请"))
    block.rows.insert(at, Row("", block.rows[at].path, label, values, touched=True))


@damage
def truncated(plan: Plan, rng: Random, layout) -> None:
    """The text ends within the request table."""
    rows = plan.tables["requests"].rows
    at = rng.randrange(2, len(rows) - 1)
    for row in rows[at:]:
        row.shown, row.touched = False, True
    if rng.random() < 0.5 and not rows[at - 1].touched:
        for value in rows[at - 1].values[rng.randint(0, 6) :]:
            lose(value)
    plan.cut = True
