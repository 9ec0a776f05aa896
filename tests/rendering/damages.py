"""What happens to reports on their way: cells lost, labels mistyped, rows torn. Each damage marks what it did."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from random import Random

from tests.rendering.plan import Plan, Row, Table, Value


@dataclass(frozen=True, slots=True)
class Damage:
    """``apply(plan, rng, layout)`` changes the plan; ``families`` names the containers in which it can happen."""

    name: str
    apply: Callable
    families: tuple[str, ...] = ("text", "html", "docx", "pdf")

    def fits(self, layout) -> bool:
        """Whether the damage can happen in a layout."""
        return layout.family in self.families


DAMAGES: dict[str, Damage] = {}


def damage(function: Callable = None, *, families: tuple[str, ...] = ("text", "html", "docx", "pdf")) -> Callable:
    """Register a damage under its function's name."""

    def register(function: Callable) -> Callable:
        name = function.__name__
        DAMAGES[name] = Damage(name, function, families)
        return function

    return register(function) if function else register


def _rows(plan: Plan, wide: int = 1, tables: tuple[str, ...] = ("requests", "disclosure", "disputes")) -> list[Row]:
    """Rows that no damage has touched yet, with at least ``wide`` values.

    The disputes stand in one row of fifteen: one damage must not make up for another's missing number.
    """
    found = []
    for code in tables:
        rows = plan.tables[code].rows
        if plan.tables[code].shown == "table" and not (code == "disputes" and any(row.touched for row in rows)):
            found += [row for row in rows if not row.touched and row.shown and len(row.values) >= wide]
    return found


def _bare(row: Row, layout) -> bool:
    """Whether nothing is printed in the row."""
    gone = ("gone",) if layout.keeps_blank else ("gone", "blank")
    return not row.shown or all(value.state in gone for value in row.values)


def _inner(plan: Plan, layout, ends: bool = True, full_neighbours: bool = False) -> list[Row]:
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
        if full_neighbours and any(_bare(one, layout) for one in near):
            continue
        found.append(row)
    return found


def _whole(rows: list[Row], plan: Plan, layout) -> list[Row]:
    """Rows in which no blank leaves a gap that a torn number could fill."""
    gaps = any(value.state in ("blank", "gone") for row in plan.tables["disputes"].rows for value in row.values)
    kept = [row for row in rows if not (gaps and row in plan.tables["disputes"].rows)]
    return [row for row in kept if layout.keeps_blank or not any(v.state in ("blank", "gone") for v in row.values)]


def _some(rng: Random, rows: list[Row], most: int) -> list[Row]:
    chosen = rng.sample(rows, min(len(rows), rng.randint(1, most)))
    for row in chosen:
        row.touched = True
    return chosen


def _empty(value: Value) -> None:
    value.text, value.state = "", "gone"


def _blank(value: Value) -> None:
    value.number, value.text, value.state = None, "", "blank"


@damage
def drop_number(plan: Plan, rng: Random, layout) -> None:
    """One number of a row is not there."""
    for row in _some(rng, _rows(plan, 2), 3):
        _empty(rng.choice(row.values))


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
            _empty(row.values[-1])


@damage
def only_total(plan: Plan, rng: Random, layout) -> None:
    """Some rows state their total and leave the rest blank."""
    rows = _rows(plan, 5, ("requests", "disputes"))
    for row in rows if rng.random() < 0.5 else _some(rng, rows, 9):
        row.touched = True
        for value in row.values[:-1]:
            _blank(value)


@damage
def drop_values(plan: Plan, rng: Random, layout) -> None:
    """A row keeps its label and loses all its values."""
    for row in _some(rng, _inner(plan, layout), 2):
        for value in row.values:
            _empty(value)


@damage
def drop_run(plan: Plan, rng: Random, layout) -> None:
    """A run of rows loses its values."""
    rows = _inner(plan, layout)
    if len(rows) < 4:
        return
    start = rng.randrange(len(rows) - 3)
    for row in rows[start : start + rng.randint(2, 8)]:
        row.touched = True
        for value in row.values:
            _empty(value)


@damage
def drop_row(plan: Plan, rng: Random, layout) -> None:
    """A row is not printed at all."""
    for row in _some(rng, _inner(plan, layout), 2):
        row.shown = False


@damage
def lose_label(plan: Plan, rng: Random, layout) -> None:
    """A row loses its label and keeps its values."""
    for row in _some(rng, _inner(plan, layout, layout.keeps_blank, True), 2):
        row.label, row.label_state = "", "lost"


@damage
def lose_label_behind_group(plan: Plan, rng: Random, layout) -> None:
    """The first row of a group loses its label; its values stand behind the label of the group."""
    rows = plan.tables["requests"].rows
    inside = _inner(plan, layout, False, True)
    first = [r for before, r in zip(rows, rows[1:], strict=False) if len(r.path) == 2 and r.path != before.path and r in inside]
    for row in _some(rng, first, 1) if first else ():
        row.label, row.label_state = "", "lost"
        if rng.random() < 0.5:  # 总计 may be lost with it
            _empty(row.values[-1])
        if rng.random() < 0.5:  # and the label of the group is torn
            group = row.path
            head, rest = (*group[:-1], group[-1][:-2]), (*group[:-1], group[-1][-2:])
            for other in rows:
                if other.path == group:
                    other.path = head if other is row else rest


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
    return text[:at] + text[at] + text[at:] if kind < 0.9 else text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


@damage
def label_typo(plan: Plan, rng: Random, layout) -> None:
    """Some labels are mistyped."""
    for row in _some(rng, _rows(plan), 4):
        row.label, row.label_state = mistype(row.label, rng), "typo"


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


@damage(families=("text", "html", "docx"))
def join_cells(plan: Plan, rng: Random, layout) -> None:
    """Neighbouring numbers, or a whole row, stand together without a separator."""
    for row in _some(rng, _rows(plan, 2), 2):
        if any(value.state != "ok" for value in row.values):
            continue
        start = rng.randrange(len(row.values) - 1) if rng.random() < 0.6 else 0
        end = start + 2 if start or rng.random() < 0.5 else len(row.values)
        text = "".join(value.text for value in row.values[start:end])
        for value in row.values[start:end]:
            _empty(value)
            value.state = "gone"
        row.values[start].text, row.values[start].state = text, "joined"


@damage(families=("text", "html", "docx"))
def join_rows(plan: Plan, rng: Random, layout) -> None:
    """The numbers of every row of the request table stand together without a separator."""
    for row in _rows(plan, 2, ("requests",)):
        row.touched = True
        text = "".join(value.text for value in row.values)
        if all(value.state == "ok" for value in row.values):
            for value in row.values:
                _empty(value)
            row.values[0].text, row.values[0].state = text, "joined"


@damage
def split_number(plan: Plan, rng: Random, layout) -> None:
    """A number of several digits has a space inside."""
    rows = [row for row in _whole(_rows(plan), plan, layout) if any(v.state == "ok" and v.text.isdigit() and len(v.text) > 1 for v in row.values)]
    for row in _some(rng, rows, 2) if rows else ():
        value = rng.choice([v for v in row.values if v.state == "ok" and v.text.isdigit() and len(v.text) > 1])
        at = rng.randrange(1, len(value.text))
        value.text, value.state = value.text[:at] + " " + value.text[at:], "split"


@damage
def duplicate_row(plan: Plan, rng: Random, layout) -> None:
    """A row is printed twice."""
    for row in _some(rng, _inner(plan, layout), 1):
        row.copies = 2


@damage(families=("text",))
def break_in_row(plan: Plan, rng: Random, layout) -> None:
    """A page ends within a row."""
    for row in _some(rng, _inner(plan, layout), 2):
        row.broken = True


@damage
def ocr_garbage(plan: Plan, rng: Random, layout) -> None:
    """Letters and signs stand for digits."""
    swaps = {"0": "O", "1": "l", "2": "Z", "5": "S", "6": "b", "8": "B", "9": "g"}
    for row in _some(rng, _rows(plan), 4):
        value = rng.choice(row.values)
        if value.state != "ok":
            continue
        text = "".join(swaps.get(c, c) if rng.random() < 0.7 else c for c in value.text)
        value.text = text if text != value.text else value.text + rng.choice(("?", "■", "l", "O"))
        value.state = "garbage"


@damage
def footnotes(plan: Plan, rng: Random, layout) -> None:
    """Numbers carry the mark of a footnote."""
    for row in _some(rng, _rows(plan), 4):
        value = rng.choice(row.values)
        if value.state == "ok":
            value.text, value.state = value.text + rng.choice("①②③¹²³*"), "note"


@damage
def blank_cells(plan: Plan, rng: Random, layout) -> None:
    """Some cells are blank."""
    for row in _some(rng, _rows(plan), 6):
        most = len(row.values) - layout.values_first  # there an empty row could not be told from another order
        for value in rng.sample(row.values, rng.randint(min(1, most), most)):
            _blank(value)


@damage
def marked_cells(plan: Plan, rng: Random, layout) -> None:
    """Some cells hold a mark for what does not apply."""
    for row in _some(rng, _rows(plan), 4):
        for value in rng.sample(row.values, rng.randint(1, len(row.values))):
            value.number, value.text, value.state = None, rng.choice(("/", "—", "-", "无", "不适用", "——")), "mark"


@damage
def misread_agency(plan: Plan, rng: Random, layout) -> None:
    """One character of the agency's name is misread throughout."""
    at = rng.randrange(max(1, len(plan.agency) - 4))
    plan.agency = plan.agency[:at] + rng.choice("演漬滨拱哗鼓棱") + plan.agency[at + 1 :]


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
def permuted_columns(plan: Plan, rng: Random, layout) -> None:
    """The applicants stand in another order, headings and values alike."""
    table = plan.tables["requests"]
    if any(row.touched for row in table.rows) or len(table.blocks[0].head) != 7 or not table.head_shown or plan.look.group_tables:
        return
    order = [*rng.sample(range(6), 6), 6]
    table.blocks[0].head = [table.blocks[0].head[n] for n in order]
    for row in table.rows:
        row.values = [row.values[n] for n in order]
    table.ordered = False


@damage
def extra_row(plan: Plan, rng: Random, layout) -> None:
    """The agency has added a row of its own."""
    block = plan.tables["requests"].blocks[0]
    near = lambda at: block.rows[at - 1 : at + 1]  # noqa: E731
    free = [at for at in range(2, len(block.rows)) if not any(row.touched or _bare(row, layout) for row in near(at))]
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
            _empty(value)
    plan.cut = True
