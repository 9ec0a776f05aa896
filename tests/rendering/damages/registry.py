"""The registry of damages and what they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.rendering.plan import Plan, Row, Value

EVERYWHERE = ("text", "html", "docx", "pdf")
GRIDS = ("text", "html", "docx")  # where a cell can be left out, so that the others move up


@dataclass(frozen=True, slots=True)
class Damage:
    """``apply(plan, rng, layout)`` changes the plan; ``families`` names the containers in which it can happen."""

    name: str
    apply: Callable
    families: tuple[str, ...] = EVERYWHERE

    def fits(self, layout) -> bool:
        """Whether the damage can happen in a layout."""
        return layout.family in self.families


DAMAGES: dict[str, Damage] = {}


def damage(function: Callable | None = None, *, families: tuple[str, ...] = EVERYWHERE) -> Callable:
    """Register a damage under its function's name."""

    def register(function: Callable) -> Callable:
        name = function.__name__
        DAMAGES[name] = Damage(name, function, families)
        return function

    return register(function) if function else register


def untouched(plan: Plan, wide: int = 1, tables: tuple[str, ...] = ("requests", "disclosure", "disputes")) -> list[Row]:
    """Rows that no damage has touched yet, with at least ``wide`` values.

    The disputes stand in one row of fifteen: one damage must not make up for another's missing number.
    """
    found = []
    for code in tables:
        rows = plan.tables[code].rows
        if plan.tables[code].shown == "table" and not (code == "disputes" and any(row.touched for row in rows)):
            found += [row for row in rows if not row.touched and row.shown and len(row.values) >= wide]
    return found


def bare(row: Row, layout) -> bool:
    """Whether nothing is printed in the row."""
    gone = ("gone",) if layout.keeps_blank else ("gone", "blank")
    return not row.shown or all(value.state in gone for value in row.values)


def inner(plan: Plan, layout, ends: bool = True, full_neighbours: bool = False) -> list[Row]:
    """Untouched rows of the request table that have no touched neighbour.

    Two losses side by side (the values of a row, the label of the next) can look like one whole row; no reader could
    tell. The same holds for the ends of a table, where values stand before labels, or look as if they did.
    """
    rows = plan.tables["requests"].rows
    found = []
    for number, row in enumerate(rows):
        near = rows[max(0, number - 1) : number + 2]
        if any(one.touched or not one.code for one in near) or not row.shown:
            continue
        if number in (0, len(rows) - 1) and (not ends or layout.values_first or len(plan.damages) > 1):
            continue
        if full_neighbours and any(bare(one, layout) for one in near):
            continue
        found.append(row)
    return found


def gapless(rows: list[Row], plan: Plan, layout) -> list[Row]:
    """Rows in which no blank leaves a gap that a torn number could fill."""
    gaps = any(value.state in ("blank", "gone") for row in plan.tables["disputes"].rows for value in row.values)
    disputes = {id(row) for row in plan.tables["disputes"].rows}
    kept = [row for row in rows if not (gaps and id(row) in disputes)]
    return [row for row in kept if layout.keeps_blank or not any(v.state in ("blank", "gone") for v in row.values)]


def some(rng: Random, rows: list[Row], most: int) -> list[Row]:
    chosen = rng.sample(rows, min(len(rows), rng.randint(1, most)))
    for row in chosen:
        row.touched = True
    return chosen


def lose(value: Value) -> None:
    value.text, value.state = "", "gone"


def blank(value: Value) -> None:
    value.number, value.text, value.state = None, "", "blank"
