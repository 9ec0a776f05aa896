"""What is to be printed: the tables of a report as rows with labels and printed values, before any layout.

Damages change a plan; layouts draw it; the truth is worked out from what is left of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from random import Random

from orchestration.form.declaration import TABLES, declaration
from tests.rendering.looks import Look
from tests.rendering.model import Report


@dataclass(slots=True)
class Value:
    """``state`` is ok, note, blank, mark, gone (nothing printed), garbage, joined or loose (ambiguous)."""

    address: str
    number: Decimal | int | None
    text: str
    state: str = "ok"


@dataclass(slots=True)
class Row:
    """``path`` are the labels that span this and other rows; ``label_state`` is ok, typo or lost."""

    code: str
    path: tuple[str, ...]
    label: str
    values: list[Value]
    shown: bool = True
    label_state: str = "ok"
    touched: bool = False
    copies: int = 1
    broken: bool = False  # a page break inside the row


@dataclass(slots=True)
class Block:
    """Rows under one header: an article of the disclosure table, or a whole table. ``head`` are the column labels."""

    band: str
    head: list[str]
    rows: list[Row]


@dataclass(slots=True)
class Table:
    """``shown`` is table, missing, prose or image; ``copies`` how often it is printed."""

    code: str
    form: str
    blocks: list[Block]
    shown: str = "table"
    copies: int = 1
    head_shown: bool = True
    corner: str = ""
    ordered: bool = True  # the rows and columns stand in the order of the form
    reprint: list[Block] | None = None  # what a second copy prints, where it differs

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order in which they are printed."""
        return [row for block in self.blocks for row in block.rows]


@dataclass(slots=True)
class Plan:
    """A report ready to be drawn. ``agency`` is the name as it is printed."""

    report: Report
    look: Look
    tables: dict[str, Table]
    agency: str
    damages: list[str] = field(default_factory=list)
    cut: bool = False  # nothing is printed after the tables


CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
_CUT = {
    "本年制发件数": "本年新",
    "现行有效件数": "现行有效件",
    "本年处理决定数量": "本年处理决定数",
    "本年新制作数量": "本年新制作",
}
_ALIASES = {
    "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开",
    "社会公益组织": "社会组织",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
}


@lru_cache(maxsize=512)
def words(text: str, brackets: str, item_mark: str, spaced: bool) -> str:
    """A label in the wording of a look."""
    if item_mark != "." and text[:1].isdigit() and text[1:2] == ".":
        text = text[0] + item_mark + text[2:]
    if brackets != "full":
        text = text.replace("（", "(").replace("）", ")")
        if brackets == "half_space":
            text = text.replace("：", ": ").replace("，", ", ")
            if text[:1] == "(":
                text = text.replace(")", ") ", 1).strip()
    if spaced and len(text) == 2:
        text = " ".join(text)
    return text


def build(report: Report, look: Look, rng: Random) -> Plan:
    """The plan of an undamaged report."""
    tables = {code: _table(report, code, look, rng) for code in TABLES}
    return Plan(report, look, tables, report.agency)


@cache
def _cells(form: str, code: str) -> list[tuple[str, str, str]]:
    return [(cell.address, cell.row_code, cell.kind) for cell in declaration().cells_of(form, code)]


def _table(report: Report, code: str, look: Look, rng: Random) -> Table:
    known, form = declaration(), report.forms[code]

    def say(text: str) -> str:
        text = _ALIASES.get(text, text) if look.aliases else text
        return words(text, look.brackets, look.item_mark, look.spaced)

    cells: dict[str, list[Value]] = {}
    for address, row_code, kind in _cells(form, code):
        value = value_of(address, report.values.get(address), kind, look, rng)
        cells.setdefault(row_code, []).append(value)
    groups = {group.group_code: group.label_zh for group in known.groups}
    rows = []
    for row in known.rows_of(form, code):
        path = ()
        if code == "requests" and row.kind in ("outcome", "total"):
            inner = row.group_code and row.row_code.startswith(row.group_code + ".")
            path = (RESULTS, say(groups[row.group_code])) if inner else (RESULTS,)
        rows.append(Row(row.row_code, path, say(row.label_zh), cells[row.row_code]))
    if code != "disclosure":
        head = [say(column.label_zh) for column in known.columns_of(form, code)]
        return Table(code, form, [Block("", head, rows)], corner=say(CORNER) if code == "requests" else "")
    return Table(code, form, _articles(known, form, rows, look, report.year))


def _articles(known, form: str, rows: list[Row], look: Look, year: int) -> list[Block]:
    labels = {column.column_code: column.label_zh for column in known.columns_of(form, "disclosure")}
    citations = {row.row_code: row.citation for row in known.rows_of(form, "disclosure")}
    blocks: list[Block] = []
    for row in rows:
        band = _article(citations[row.code], look.article)
        if blocks and blocks[-1].band == band:
            blocks[-1].rows.append(row)
            continue
        head = [_column(labels[value.address.rsplit("/", 1)[1]], look, year) for value in row.values]
        blocks.append(Block(band, head, [row]))
    return blocks


def _article(text: str, style: str) -> str:
    if style == "half":
        return text.replace("（", "(").replace("）", ")")
    return text.replace("第（", " 第（") if style == "spaced" else text


def _column(label: str, look: Look, year: int) -> str:
    if label.startswith("本年收费金额"):
        label = {"short": "本年收费金额（单位：万元）", "none": "本年收费金额"}.get(look.unit_note, label)
    if look.header == "cut":
        label = _CUT.get(label, label)
    elif look.header == "year" and label.startswith("本年"):
        label = f"本年({year}){label[2:]}"
    return words(label, look.brackets, look.item_mark, look.spaced)


def value_of(address: str, value: object, kind: str, look: Look, rng: Random) -> Value:
    """A cell as the look prints it."""
    if value is None:
        return Value(address, None, "", "blank")
    if isinstance(value, str):
        return Value(address, None, value, "mark")
    if not (look.thousands or look.units or look.signs or look.notes):
        return Value(address, value, f"{value:f}" if isinstance(value, Decimal) else str(value))
    comma = "," if look.thousands else ""
    text = f"{value:{comma}f}" if isinstance(value, Decimal) else f"{value:{comma}}"
    if kind == "change" and look.signs and value > 0:
        text = "+" + text
    elif look.units and rng.random() < 0.5:
        unit = "件" if kind != "amount" else "元" if address.startswith("disclosure/procurement") else "万元"
        text += unit
    elif look.notes and value and kind == "count" and address.startswith("disclosure") and rng.random() < 0.5:
        return Value(address, value, f"{text}（其中修订 {rng.randint(1, 40)} 件）", "note")
    return Value(address, value, text)
