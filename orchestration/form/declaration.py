"""Typed records of the CSV files of the declaration, and one object that holds them all."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "form"
REFERENCE = SEEDS.parent / "reference"
TABLES = ("disclosure", "requests", "disputes")


@dataclass(frozen=True, slots=True)
class Form:
    """One version of one table: ``form`` is "2019" or "2021", ``citation`` the document that prescribes it."""

    form: str
    table_code: str
    section: str
    name_zh: str
    name_en: str
    citation: str
    first_year: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form; ``kind`` is item, inflow, outcome, total, outflow or channel."""

    form: str
    table_code: str
    row_code: str
    ordinal: int
    kind: str
    group_code: str
    label_zh: str
    label_en: str
    citation: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form, in the order in which the form prints it."""

    form: str
    table_code: str
    column_code: str
    ordinal: int
    group_code: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form; ``kind`` is count, amount or change; ``unit`` the unit that the form states, or ""."""

    form: str
    table_code: str
    row_code: str
    column_code: str
    ordinal: int
    kind: str
    unit: str

    @property
    def address(self) -> str:
        """``table/row/column``."""
        return f"{self.table_code}/{self.row_code}/{self.column_code}"


@dataclass(frozen=True, slots=True)
class Group:
    """A label that spans several rows or columns; ``disclosed`` is "true", "false" or "" where it does not apply."""

    table_code: str
    group_code: str
    ordinal: int
    label_zh: str
    label_en: str
    disclosed: str


@dataclass(frozen=True, slots=True)
class Label:
    """A further wording of a row, column or group label, of one form or (``form`` empty) of all."""

    table_code: str
    kind: str
    code: str
    form: str
    label_zh: str
    note: str


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity (勾稽关系); ``scope`` is report or years, ``kind`` linear or domain, ``severity`` hard or soft."""

    identity: str
    scope: str
    kind: str
    table_code: str
    member_axis: str
    severity: str
    name_zh: str
    name_en: str
    citation: str
    form: str
    description: str


@dataclass(frozen=True, slots=True)
class Term:
    """A weighted term of a linear identity; ``*`` stands for the member, ``year_offset`` -1 for the year before."""

    identity: str
    form: str
    side: str
    weight: int
    year_offset: int
    table_code: str
    row_code: str
    column_code: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A reading problem; ``kind`` is doubt (of a cell), problem (of a report) or set_aside (then with a remedy)."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    definition: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Declaration:
    """All files of the declaration, read once."""

    forms: tuple[Form, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[FormCell, ...]
    groups: tuple[Group, ...]
    labels: tuple[Label, ...]
    identities: tuple[Identity, ...]
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    statuses: tuple[str, ...]
    verdicts: tuple[str, ...]
    evidence: tuple[str, ...]

    @cached_property
    def form_names(self) -> tuple[str, ...]:
        """The forms, oldest first."""
        return tuple(sorted({form.form for form in self.forms}))

    @cached_property
    def _by_table(self) -> dict[tuple[str, str, str], tuple]:
        found: dict[tuple[str, str, str], list] = {}
        for kind in ("rows", "columns", "cells"):
            for record in getattr(self, kind):
                found.setdefault((kind, record.form, record.table_code), []).append(record)
        return {key: tuple(sorted(records, key=lambda r: r.ordinal)) for key, records in found.items()}

    def rows_of(self, form: str, table: str) -> tuple[Row, ...]:
        """The rows of a table, in the order of the form."""
        return self._by_table["rows", form, table]

    def columns_of(self, form: str, table: str) -> tuple[Column, ...]:
        """The columns of a table, in the order of the form."""
        return self._by_table["columns", form, table]

    def cells_of(self, form: str, table: str) -> tuple[FormCell, ...]:
        """The cells of a table, in the order of the form."""
        return self._by_table["cells", form, table]

    def columns_by_row(self, form: str, table: str) -> dict[str, tuple[str, ...]]:
        """The codes of the columns of each row of a table, by row code in the order of the form."""
        return self._by_row[form, table]

    @cached_property
    def _by_row(self) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
        found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        for kind, form, table in self._by_table:
            if kind == "rows":
                codes = [(cell.row_code, cell.column_code) for cell in self.cells_of(form, table)]
                rows = [row.row_code for row in self.rows_of(form, table)]
                found[form, table] = {row: tuple(column for other, column in codes if other == row) for row in rows}
        return found

    def labels_of(self, form: str, table: str, kind: str) -> tuple[tuple[str, str], ...]:
        """Pairs of code and wording for ``kind`` row, column or group: the official ones first, then aliases."""
        if kind == "group":
            official = [(group.group_code, group.label_zh) for group in self.groups if group.table_code == table]
        elif kind == "row":
            official = [(row.row_code, row.label_zh) for row in self.rows_of(form, table)]
        else:
            official = [(column.column_code, column.label_zh) for column in self.columns_of(form, table)]
        known = {code for code, _ in official}
        aliases = [
            (label.code, label.label_zh)
            for label in self.labels
            if label.table_code == table and label.kind == kind and label.form in ("", form) and label.code in known
        ]
        return tuple(official + aliases)


def _read(folder: Path, name: str, record: type) -> tuple:
    """Records of one CSV file; raises ValueError, naming the file and line, where a column or value does not fit."""
    path = folder / f"{name}.csv"
    types = {field.name: field.type for field in fields(record)}
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(csv.DictReader(lines), 2):
            if set(line) != set(types) or None in line.values():
                raise ValueError(f"{path}:{number}: the columns must be {', '.join(types)}")
            try:
                found.append(record(**{key: _value(types[key], value) for key, value in line.items()}))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error
    return tuple(found)


def _value(kind: str, text: str) -> object:
    if kind == "int":
        return int(text)
    if kind == "int | None":
        return int(text) if text else None
    return text


def _codes(folder: Path, name: str) -> tuple[str, ...]:
    """The first column of a CSV file that defines codes."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(line[0] for line in csv.reader(lines))[1:]


@lru_cache(maxsize=4)
def declaration(folder: Path = SEEDS) -> Declaration:
    """Read the declaration; raises OSError for a missing file, ValueError for one that does not fit."""
    return Declaration(
        forms=_read(folder, "forms", Form),
        rows=_read(folder, "rows", Row),
        columns=_read(folder, "columns", Column),
        cells=_read(folder, "cells", FormCell),
        groups=_read(folder, "groups", Group),
        labels=_read(folder, "labels", Label),
        identities=_read(folder, "identities", Identity),
        terms=_read(folder, "identity_terms", Term),
        problems=_read(folder, "problems", Problem),
        statuses=_codes(folder, "statuses"),
        verdicts=_codes(folder, "verdicts"),
        evidence=_codes(folder, "evidence"),
    )
