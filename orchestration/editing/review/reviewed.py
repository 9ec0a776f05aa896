"""Files that people keep and review: CSV lines with their numbers, and errors that say what to do."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from orchestration.form import declaration
from orchestration.form.plausibility import plausibility_rules

REPORT_ID = re.compile(r"[0-9a-f]{64}")
Record = TypeVar("Record")


class ReviewError(ValueError):
    """A reviewed file cannot be used; the message tells file, line and remedy of each mistake."""


class LineError(ValueError):
    """One mistake in one line, with its remedy."""


def read_reviewed(path: Path, columns: tuple[str, ...], build: Callable[[dict[str, str]], Record]) -> list[Record]:
    """Build a record from each line, values stripped; raises ReviewError with all mistakes, OSError without file."""
    found: list[Record] = []
    wrong: list[str] = []
    for number, line in _lines(path, columns):
        try:
            if line is None:
                raise LineError(f"a line has {len(columns)} values: put values with commas in quotation marks")
            found.append(build(line))
        except LineError as error:
            wrong.append(f"{path}:{number}: {error}")
    if wrong:
        raise ReviewError("\n".join(wrong))
    return found


def _lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """The number in the file and the values of each line that is not empty, None where their count is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        lines = csv.reader(text)
        head = tuple(name.strip() for name in next(lines, []))
        if head != columns:
            raise ReviewError(f"{path}:1: the columns are {', '.join(head) or 'missing'}; write {','.join(columns)}")
        for line in lines:
            if any(value.strip() for value in line):
                values = dict(zip(columns, (value.strip() for value in line), strict=False))
                yield lines.line_num, values if len(line) == len(columns) else None


def required(line: dict[str, str], *names: str) -> None:
    """Raise LineError for the first of ``names`` that is empty."""
    for name in names:
        if not line[name]:
            raise LineError(f"{name} is empty; every line states its {', '.join(names)}")


def a_date(line: dict[str, str], name: str) -> date:
    """The date of a column."""
    try:
        return date.fromisoformat(line[name])
    except ValueError:
        raise LineError(f"{name} is {line[name]!r}; write a date such as 2026-03-31") from None


def a_year(line: dict[str, str], name: str) -> int | None:
    """The year of a column, None where it is empty."""
    text = line[name]
    if text and not re.fullmatch(r"20\d\d", text):
        raise LineError(f"{name} is {text!r}; write the year of report, such as 2022")
    return int(text) if text else None


def a_value(line: dict[str, str], name: str) -> Decimal | None:
    """The number of a column, None where it is empty."""
    try:
        value = Decimal(line[name]) if line[name] else None
    except InvalidOperation:
        value = Decimal("NaN")
    if value is not None and not value.is_finite():
        raise LineError(f"{name} is {line[name]!r}; write a plain number such as 12")
    return value


def a_cell(line: dict[str, str], name: str) -> str | None:
    """The address of a column, None where it is empty; it must be a cell of some form."""
    cell = line[name]
    if cell and cell not in known_cells():
        raise LineError(
            f"{name} is {cell!r}, which no form has; write table/row/column, such as requests/received/total"
        )
    return cell or None


def an_identity(line: dict[str, str]) -> tuple[str | None, str | None]:
    """The identity or plausibility rule of a line and its member (None: every member)."""
    identity, member = line["identity"], line["member"]
    if identity and identity not in known_members():
        raise LineError(f"identity is {identity!r}; it must be one of {', '.join(known_members())}")
    if member and not identity:
        raise LineError("member is given without an identity; name the identity")
    if member and not any(pattern(member) for pattern in known_members()[identity]):
        raise LineError(f"{identity} has no member {member!r}; leave it empty for every member")
    return identity or None, member or None


@lru_cache(maxsize=1)
def known_cells() -> frozenset[str]:
    """The addresses of all cells of all forms."""
    return frozenset(cell.address for cell in declaration().cells)


@lru_cache(maxsize=1)
def known_members() -> dict[str, tuple[Callable[[str], bool], ...]]:
    """For each identity and plausibility rule what recognises a member."""
    whole = declaration()
    codes = {
        "column": frozenset(column.column_code for column in whole.columns),
        "row": frozenset(row.row_code for row in whole.rows),
        "cell": known_cells(),
    }
    members = {one.identity: (codes[one.member_axis].__contains__,) for one in whole.identities}
    members |= {rule.rule: (known_cells().__contains__, str.isdigit) for rule in plausibility_rules()}
    return members
