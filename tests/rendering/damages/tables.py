"""Damage to whole tables."""

from __future__ import annotations

from copy import deepcopy
from random import Random

from tests.rendering.damages.registry import damage
from tests.rendering.plan import Plan, Table


@damage
def prose_table(plan: Plan, rng: Random, layout) -> None:
    """A table is replaced by sentences."""
    plan.tables[rng.choice(list(plan.tables))].shown = "prose"


@damage
def missing_table(plan: Plan, rng: Random, layout) -> None:
    """A table is not there."""
    plan.tables[rng.choice(list(plan.tables))].shown = "missing"


@damage(families=("html", "docx", "pdf"))
def image_tables(plan: Plan, rng: Random, layout) -> None:
    """The tables are images."""
    for table in plan.tables.values():
        table.shown = "image"


@damage
def repeated_table(plan: Plan, rng: Random, layout) -> None:
    """A table is printed twice, with the same values."""
    plan.tables[rng.choice(list(plan.tables))].copies = 2


@damage
def contradicting_tables(plan: Plan, rng: Random, layout) -> None:
    """A table is printed twice, with other values in some cells."""
    table = plan.tables[rng.choice(("requests", "disputes"))]
    other: Table = deepcopy(table)
    for row, twin in zip(table.rows, other.rows, strict=True):
        for value, second in zip(row.values, twin.values, strict=True):
            if value.state == "ok" and rng.random() < 0.2:
                second.text, value.state = str(value.number + rng.randint(1, 30)), "loose"
    table.copies, table.reprint = 2, other


@damage
def moved_columns(plan: Plan, rng: Random, layout) -> None:
    """A column of the request table is lost from all its rows, and empty cells stand at their ends."""
    lost = rng.randrange(len(plan.tables["requests"].rows[0].values) - 1)
    for row in plan.tables["requests"].rows:
        row.touched = True
        texts = [value.text for value in row.values]
        for value, text in zip(row.values, [*texts[:lost], *texts[lost + 1 :], ""], strict=True):
            value.text, value.state = text, "loose"
        row.values[-1].state = "blank"
