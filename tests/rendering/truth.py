"""What a reader should find in a rendering, and how a reading is judged against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from tests.rendering.plan import Plan, Row, Table

BLANK = frozenset(("blank", "absent"))
EMPTY = frozenset(("blank", "absent", "unreadable", "not_applicable"))
REPORTED = frozenset(("reported",))


@dataclass(frozen=True, slots=True)
class Expected:
    """``value`` is what the text still says of the cell, None where it says nothing that is certain.

    ``original`` is what the report meant: where ``value`` is None, a number asserted is silently wrong unless it is
    ``original``; where the cell is ``lost`` (or was blank), any number asserted is. ``must_flag``: a number may only be
    given with a doubt. ``missing_ok``: not giving the value is no fault.
    """

    value: Decimal | None
    statuses: frozenset[str]
    must_flag: bool = False
    missing_ok: bool = False
    original: Decimal | None = None
    lost: bool = False


@dataclass
class Score:
    """Counts of cells: ``sure`` have a value that the text tells; ``asserted`` of these were read right and undoubted.

    ``silent`` is what must be zero. ``unflagged`` are right numbers from damaged text given without a doubt.
    ``findings`` lists (cell, verdict, expected, found) for everything that was not right.
    """

    right: int = 0
    wrong_flagged: int = 0
    silent: int = 0
    missing: int = 0
    asserted: int = 0
    sure: int = 0
    unflagged: int = 0
    total: int = 0
    findings: list[tuple] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


class _Truth:
    """The expectations of one plan in one layout."""

    def __init__(self, plan: Plan, layout) -> None:
        self.plan, self.layout = plan, layout
        self.found: dict[str, Expected] = {}

    def build(self) -> dict[str, Expected]:
        for table in self.plan.tables.values():
            if self.plan.cut and table.code == "disputes":
                self._all(table.rows, "lost")
            elif table.shown != "table":
                self._all(table.rows, "loose" if table.shown == "prose" else "lost")
            else:
                self._table(table)
        return {address: self.found[address] for address in self.plan.report.addresses()}

    def _table(self, table: Table) -> None:
        plain_order = self.layout.anchored and table.ordered
        for rows in _units(table, self.plan.look, self.layout):
            if table.code == "disputes":
                fates = ["sure" if all(self._full(row) for row in rows) else "loose"] * len(rows)
                if all(self._bare(row) for row in rows):
                    fates = ["lost"] * len(rows)
            else:
                fates = self._fates(rows)
            if self.layout.stream and sum(len(row.values) for row in rows) > len(rows[0].values):
                fates = ["loose"] * len(rows)
            elif not plain_order:
                disturbed = not table.ordered or any(
                    row.copies > 1 or not row.code or not row.shown or row.label_state == "lost" or self._bare(row)
                    for row in rows
                )
                fates = ["loose"] * len(rows) if disturbed else fates
            for row, fate in zip(rows, fates, strict=True):
                self._row(row, fate, table)

    def _vanished(self, row: Row) -> int:
        gone = ("gone",) if self.layout.keeps_blank else ("gone", "blank")
        return len(row.values) if not row.shown else sum(value.state in gone for value in row.values)

    def _full(self, row: Row) -> bool:
        odd = ("joined",) if self.layout.keeps_blank else ("joined", "split")
        return not self._vanished(row) and not any(value.state in odd for value in row.values)

    def _bare(self, row: Row) -> bool:
        return self._vanished(row) == len(row.values)

    def _fates(self, rows: list[Row]) -> list[str]:
        """For each row: sure, likely (certain but odd), loose or lost."""
        fates = [""] * len(rows)
        held = [row.shown and row.label_state != "lost" and not self._bare(row) for row in rows]
        number = 0
        while number < len(rows):
            if held[number]:
                row = rows[number]
                odd = row.label_state == "typo" or row.copies > 1 or row.broken or not row.code
                fates[number] = "loose" if not self._full(row) else "likely" if odd else "sure"
                number += 1
                continue
            end = number
            while end < len(rows) and not held[end]:
                end += 1
            run = range(number, end)
            unnamed = [rows[n].shown and rows[n].label_state == "lost" and self._full(rows[n]) for n in run]
            for place, n in enumerate(run):
                if self._bare(rows[n]):
                    fates[n] = "lost"
                else:
                    fates[n] = "likely" if all(unnamed) and unnamed[place] else "loose"
            number = end
        return fates

    def _all(self, rows: Iterable[Row], fate: str) -> None:
        for row in rows:
            for value in row.values:
                self._cell(value, fate, True)

    def _row(self, row: Row, fate: str, table: Table) -> None:
        short = row.label_state == "typo" and len(row.label) < 8
        ok = fate == "likely" or short or self.layout.wraps_numbers or not table.head_shown or table.copies > 1
        for value in row.values:
            self._cell(value, fate, ok)

    def _cell(self, value, fate: str, missing_ok: bool) -> None:
        original = None if value.number is None else Decimal(value.number)
        if fate == "lost":
            found = Expected(None, EMPTY, False, True, original, True)
        elif fate == "loose" or value.state in ("gone", "garbage", "joined", "split", "loose"):
            must = value.state in ("garbage", "joined", "split", "loose")
            found = Expected(None, EMPTY | REPORTED, must, True, original, original is None)
        elif value.state == "blank":
            found = Expected(None, BLANK, lost=True)
        elif value.state == "mark":
            found = Expected(None, EMPTY if missing_ok else frozenset(("not_applicable",)), lost=True)
        else:
            found = Expected(original, REPORTED, False, missing_ok or value.state == "note", original)
        self.found[value.address] = found


def _units(table: Table, look, layout) -> Iterator[list[Row]]:
    """Rows whose placement hangs together."""
    if table.code == "disputes":
        yield from [[row] for row in table.rows] if look.dispute_split else [table.rows]
    elif layout.anchored:
        yield table.rows
    else:
        yield from (block.rows for block in table.blocks)


def truth_of(plan: Plan, layout) -> dict[str, Expected]:
    """By address, what to expect of every cell of the report's forms."""
    return _Truth(plan, layout).build()


def judge(rendered, reading_cells: Iterable[dict]) -> Score:
    """Judge cells with ``cell``, ``status``, ``value``, ``doubt``; one asserted outside the forms is silently wrong."""
    score = Score(total=len(rendered.truth))
    reading = {cell["cell"]: cell for cell in reading_cells}
    for address, expected in rendered.truth.items():
        cell = reading.pop(address, None) or {"status": "absent", "value": None, "doubt": None}
        verdict = _verdict(expected, cell, score)
        if verdict != "right":
            score.findings.append((address, verdict, expected, (cell["status"], cell["value"], cell["doubt"])))
    for address, cell in reading.items():
        if cell["status"] == "reported" and cell["value"] is not None and not cell["doubt"]:
            score.silent += 1
            score.findings.append((address, "silent", None, (cell["status"], cell["value"], None)))
    return score


def _verdict(expected: Expected, cell: dict, score: Score) -> str:
    score.sure += expected.value is not None
    if cell["status"] != "reported" or cell["value"] is None:
        fine = expected.missing_ok if expected.value is not None else cell["status"] in expected.statuses
        verdict = "right" if fine else "missing"
    else:
        same = not expected.lost and expected.original is not None and Decimal(str(cell["value"])) == expected.original
        if cell["doubt"]:
            verdict = "right" if same else "wrong_flagged"
        elif not same:
            verdict = "silent"
        else:
            score.asserted += expected.value is not None
            score.right += expected.must_flag
            verdict = "unflagged" if expected.must_flag else "right"
    setattr(score, verdict, getattr(score, verdict) + 1)
    return verdict
