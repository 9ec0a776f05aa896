"""Damage to the numbers of a row."""

from __future__ import annotations

from random import Random

from tests.rendering.damages.registry import GRIDS, blank, damage, gapless, lose, some, untouched
from tests.rendering.plan import Plan


@damage
def drop_number(plan: Plan, rng: Random, layout) -> None:
    """One number of a row is not there."""
    for row in some(rng, untouched(plan, 2), 3):
        lose(rng.choice(row.values))


@damage
def drop_total(plan: Plan, rng: Random, layout) -> None:
    """The total column is lost from the first row on, with or without its heading."""
    block = plan.tables["requests"].blocks[0]
    if block.rows[0].touched or len(block.head) != 7:
        return
    if rng.random() < 0.5:
        block.head = block.head[:-1]
    for row in block.rows[: rng.randint(1, len(block.rows))]:
        if not row.touched:
            row.touched = True
            lose(row.values[-1])


@damage
def only_total(plan: Plan, rng: Random, layout) -> None:
    """Some rows state their total and leave the rest blank."""
    rows = untouched(plan, 5, ("requests", "disputes"))
    for row in rows if rng.random() < 0.5 else some(rng, rows, 9):
        row.touched = True
        for value in row.values[:-1]:
            blank(value)


@damage(families=GRIDS)
def join_cells(plan: Plan, rng: Random, layout) -> None:
    """Neighbouring numbers, or a whole row, stand together without a separator."""
    for row in some(rng, untouched(plan, 2), 2):
        if any(value.state != "ok" for value in row.values):
            continue
        start = rng.randrange(len(row.values) - 1) if rng.random() < 0.6 else 0
        end = start + 2 if start or rng.random() < 0.5 else len(row.values)
        text = "".join(value.text for value in row.values[start:end])
        for value in row.values[start:end]:
            lose(value)
            value.state = "gone"
        row.values[start].text, row.values[start].state = text, "joined"


@damage(families=GRIDS)
def join_rows(plan: Plan, rng: Random, layout) -> None:
    """The numbers of every row of the request table stand together without a separator."""
    for row in untouched(plan, 2, ("requests",)):
        row.touched = True
        text = "".join(value.text for value in row.values)
        if all(value.state == "ok" for value in row.values):
            for value in row.values:
                lose(value)
            row.values[0].text, row.values[0].state = text, "joined"


@damage
def split_number(plan: Plan, rng: Random, layout) -> None:
    """A number of several digits has a space inside."""
    long = {
        id(v) for row in untouched(plan) for v in row.values if v.state == "ok" and v.text.isdigit() and len(v.text) > 1
    }
    rows = [row for row in gapless(untouched(plan), plan, layout) if any(id(value) in long for value in row.values)]
    for row in some(rng, rows, 2) if rows else ():
        value = rng.choice([value for value in row.values if id(value) in long])
        at = rng.randrange(1, len(value.text))
        value.text, value.state = value.text[:at] + " " + value.text[at:], "split"


@damage
def ocr_garbage(plan: Plan, rng: Random, layout) -> None:
    """Letters and signs stand for digits."""
    swaps = {"0": "O", "1": "l", "2": "Z", "5": "S", "6": "b", "8": "B", "9": "g"}
    for row in some(rng, untouched(plan), 4):
        value = rng.choice(row.values)
        if value.state != "ok":
            continue
        text = "".join(swaps.get(c, c) if rng.random() < 0.7 else c for c in value.text)
        value.text = text if text != value.text else value.text + rng.choice(("?", "■", "l", "O"))
        value.state = "garbage"


@damage
def footnotes(plan: Plan, rng: Random, layout) -> None:
    """Numbers carry the mark of a footnote."""
    for row in some(rng, untouched(plan), 4):
        value = rng.choice(row.values)
        if value.state == "ok":
            value.text, value.state = value.text + rng.choice("①②③¹²³*"), "note"


@damage
def blank_cells(plan: Plan, rng: Random, layout) -> None:
    """Some cells are blank."""
    for row in some(rng, untouched(plan), 6):
        most = len(row.values) - layout.values_first  # there an empty row could not be told from another order
        for value in rng.sample(row.values, rng.randint(min(1, most), most)):
            blank(value)


@damage
def marked_cells(plan: Plan, rng: Random, layout) -> None:
    """Some cells hold a mark for what does not apply."""
    for row in some(rng, untouched(plan), 4):
        for value in rng.sample(row.values, rng.randint(1, len(row.values))):
            value.number, value.text, value.state = None, rng.choice(("/", "—", "-", "无", "不适用", "——")), "mark"
