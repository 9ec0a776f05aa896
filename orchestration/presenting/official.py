"""The statutory tables as they are printed: merged headers and labels, and where each cell stands among them.

Worked out of the declaration. What stands in the cells, and how they are coloured, is of ``marking``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import lcm

from orchestration.form import Column, Row, declaration

# Words of the printed headers that stand over columns, and are no label of one.
_PRINTED = {
    "zh": {"content": "信息内容", "applicants": "申请人情况"},
    "en": {"content": "Content", "applicants": "Applicants"},
}


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a printed table: a heading with its ``text``, or the cell at ``address``; spans in rows and columns."""

    text: str | None = None
    address: str | None = None
    rows: int = 1
    columns: int = 1


Grid = tuple[tuple[Box, ...], ...]


@lru_cache(maxsize=32)
def printed(form: str, table: str, lang: str) -> Grid:
    """The rows of boxes of a table, as in an HTML table: a box that spans rows stands in the first of them."""
    return {"disclosure": _disclosure, "requests": _requests, "disputes": _disputes}[table](form, lang)


@lru_cache(maxsize=32)
def title(form: str, table: str, lang: str) -> str:
    """The heading of the section with its number."""
    found = next(f for f in declaration().forms if f.form == form and f.table_code == table)
    return f"{found.section}、{found.name_zh}" if lang == "zh" else found.name_en


def _label(record: Row | Column | object, lang: str) -> str:
    return record.label_zh if lang == "zh" else record.label_en


def _groups(table: str, lang: str) -> dict[str, str]:
    return {g.group_code: _label(g, lang) for g in declaration().groups if g.table_code == table}


def _disclosure(form: str, lang: str) -> Grid:
    """Blocks of rows of one article, each with its own header; cells share the width of the widest block."""
    whole, table = declaration(), "disclosure"
    columns = {c.column_code: c for c in whole.columns_of(form, table)}
    cells = whole.cells_of(form, table)
    own = {r.row_code: [c for c in cells if c.row_code == r.row_code] for r in whole.rows_of(form, table)}
    width = lcm(*(len(found) for found in own.values()))
    grid: list[tuple[Box, ...]] = []
    for citation, rows in groupby(whole.rows_of(form, table), key=lambda row: row.citation):
        block = list(rows)
        grid.append((Box(citation, columns=width + 1),))
        for codes, alike in groupby(block, key=lambda row: [c.column_code for c in own[row.row_code]]):
            span = width // len(codes)
            heads = [Box(_label(columns[code], lang), columns=span) for code in codes]
            grid.append((Box(_PRINTED[lang]["content"]), *heads))
            for row in alike:
                inside = [Box(address=c.address, columns=span) for c in own[row.row_code]]
                grid.append((Box(_label(row, lang)), *inside))
    return tuple(grid)


def _requests(form: str, lang: str) -> Grid:
    """Three rows of header; the results under one label, their groups under another."""
    whole, table = declaration(), "requests"
    columns, rows = whole.columns_of(form, table), whole.rows_of(form, table)
    groups = _groups(table, lang)
    rule = next(i for i in whole.identities if i.table_code == table and i.member_axis == "column")
    corner = rule.name_zh if lang == "zh" else rule.name_en
    grid = [
        (Box(corner, rows=3, columns=3), Box(_PRINTED[lang]["applicants"], columns=len(columns))),
        tuple(_column_heads(columns, groups, lang)),
        tuple(Box(_label(column, lang)) for column in columns if column.group_code),
    ]
    inside = [row for row in rows if row.kind in ("outcome", "total")]
    for row in rows:
        heads: list[Box] = []
        if row not in inside:
            heads.append(Box(_label(row, lang), columns=3))
        else:
            if row is inside[0]:
                heads.append(Box(groups["results"], rows=len(inside)))
            alike = [r for r in inside if r.group_code and r.group_code == row.group_code]
            if len(alike) > 1 and row is alike[0]:
                heads.append(Box(groups[row.group_code], rows=len(alike)))
            heads.append(Box(_label(row, lang), columns=1 if len(alike) > 1 else 2))
        grid.append((*heads, *_cells(table, row, columns)))
    return tuple(grid)


def _column_heads(columns: Sequence[Column], groups: dict[str, str], lang: str) -> list[Box]:
    heads: list[Box] = []
    for group, members in groupby(columns, key=lambda column: column.group_code):
        if group:
            heads.append(Box(groups[group], columns=len(list(members))))
        else:
            heads += [Box(_label(column, lang), rows=2) for column in members]
    return heads


def _disputes(form: str, lang: str) -> Grid:
    """The channels side by side, each with its results; those of a group under one label."""
    whole, table = declaration(), "disputes"
    columns, rows = whole.columns_of(form, table), whole.rows_of(form, table)
    groups = _groups(table, lang)
    top: list[Box] = []
    second: list[Box] = []
    third: list[Box] = []
    for group, members in groupby(rows, key=lambda row: row.group_code):
        channels = list(members)
        if group:
            top.append(Box(groups[group], columns=len(columns) * len(channels)))
            second += [Box(_label(row, lang), columns=len(columns)) for row in channels]
            third += [Box(_label(column, lang)) for _ in channels for column in columns]
        else:
            top += [Box(_label(row, lang), columns=len(columns)) for row in channels]
            second += [Box(_label(column, lang), rows=2) for _ in channels for column in columns]
    return (tuple(top), tuple(second), tuple(third), tuple(box for row in rows for box in _cells(table, row, columns)))


def _cells(table: str, row: Row, columns: Sequence[Column]) -> list[Box]:
    return [Box(address=f"{table}/{row.row_code}/{column.column_code}") for column in columns]
