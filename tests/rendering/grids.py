"""Tables as grids with spans, as the form prints them: what HTML, DOCX, PDF, pipes and tabs are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from tests.rendering.plan import RESULTS, Block, Row, Table, Value, words

INVENTED = (
    "信息内容",
    "本年新制作数量",
    "本年新公开数量",
    "对外公开总数量",
    "处理决定数量",
    "上一年项目数量",
    "采购项目数量",
)


@dataclass(slots=True)
class Cell:
    """``kind`` is label, head, band or value; ``value`` the printed cell of the plan, if it is one."""

    text: str
    row_span: int = 1
    column_span: int = 1
    kind: str = "label"
    value: Value | None = None


@dataclass(slots=True)
class Grid:
    """``rows`` hold the cells that start in them; the first ``head`` are the header; ``sources`` their plans."""

    width: int
    rows: list[list[Cell]] = field(default_factory=list)
    head: int = 0
    sources: list[Row | None] = field(default_factory=list)
    title: str = ""

    def add(self, cells: list[Cell], source: Row | None = None) -> None:
        """Append a row."""
        self.rows.append(cells)
        self.sources.append(source)

    def occupied(self) -> list[list[Cell | None]]:
        """The rows by position; a position covered by a span of another holds None."""
        taken: set[tuple[int, int]] = set()
        found = []
        for number, row in enumerate(self.rows):
            line: list[Cell | None] = []
            for cell in row:
                while (number, len(line)) in taken:
                    line.append(None)
                for down in range(1, cell.row_span):
                    taken.update((number + down, len(line) + right) for right in range(cell.column_span))
                line.append(cell)
                line.extend([None] * (cell.column_span - 1))
            while (number, len(line)) in taken:
                line.append(None)
            found.append(line)
        return found


def grids(table: Table, look, rng: Random) -> list[Grid]:
    """The grids of a table, one or several as the look has it."""
    if table.code == "disclosure":
        return _disclosure(table, look)
    if table.code == "disputes":
        return _disputes(table, look)
    if look.group_tables:
        return _by_group(table, look, rng)
    return [_requests(table, table.blocks[0], look)]


def _value_cells(row: Row, width: int = 0) -> list[Cell]:
    cells = [Cell(value.text, kind="value", value=value) for value in row.values if value.state != "gone"]
    if width and cells:
        cells[-1].column_span += max(0, width - len(cells)) if len(cells) == len(row.values) else 0
    return cells


def _disclosure(table: Table, look) -> list[Grid]:
    found: list[Grid] = []
    for block in table.blocks:
        wide = 4 if not look.section_split else 1 + len(block.head)
        if look.section_split or not found:
            found.append(Grid(wide))
        grid = found[-1]
        if block.band:
            grid.add([Cell(block.band, column_span=wide, kind="band")])
        if table.head_shown:
            head = [Cell("信息内容", kind="head")] + [Cell(text, kind="head") for text in block.head]
            head[-1].column_span += wide - len(head)
            grid.add(head)
        if look.section_split:
            grid.head = len(grid.rows)
        for row in block.rows:
            for _ in range(row.copies if row.shown else 0):
                grid.add([Cell(row.label), *_value_cells(row, wide - 1)], row)
    return found


def _disputes(table: Table, look) -> list[Grid]:
    block = table.blocks[0]
    head = block.head
    if look.dispute_split:
        found = []
        for row in block.rows:
            grid = Grid(len(head), title=row.label)
            grid.add([Cell(row.label, column_span=len(head), kind="head")])
            grid.add([Cell(text, kind="head") for text in head])
            grid.head = 2
            if row.shown:
                grid.add(_value_cells(row), row)
            found.append(grid)
        return found
    grid = Grid(15)
    if table.head_shown:
        reconsideration, direct, after = (row.label for row in block.rows)
        grid.add([Cell(reconsideration, 1, 5, "head"), Cell("行政诉讼", 1, 10, "head")])
        below = [Cell(text, 2, 1, "head") for text in head]
        grid.add([*below, Cell(direct, 1, 5, "head"), Cell(after, 1, 5, "head")])
        grid.add([Cell(text, kind="head") for text in head * 2])
        grid.head = 3
    cells = [cell for row in block.rows if row.shown for cell in _value_cells(row)]
    if cells:
        grid.add(cells, block.rows[0])
    return [grid]


def _requests(table: Table, block: Block, look) -> Grid:
    grid = Grid(3 + len(block.head))
    if table.head_shown:
        first, *middle, last = [Cell(text, kind="head") for text in block.head]
        wide = len(block.head)
        first.row_span = last.row_span = 2
        grid.add([Cell(table.corner, 3, 3, "head"), Cell("申请人情况", 1, wide, "head")])
        top = [first, Cell("法人或其他组织", 1, len(middle), "head")]
        if wide == 7:
            grid.add([*top, last])
            grid.add(middle)
        else:  # the last heading is lost with its column
            last.row_span = 1
            top[1].column_span += 1
            grid.add(top)
            grid.add([*middle, last])
        grid.head = 3
    shown = [row for row in block.rows for _ in range(row.copies if row.shown else 0)]
    _body(grid, shown, look)
    return grid


def _body(grid: Grid, rows: list[Row], look) -> None:
    """Rows behind their spanning labels: one cell for each run of equal labels."""
    results_rows = sum(1 for row in rows if row.path)
    seen = 0
    for number, row in enumerate(rows):
        cells = []
        above = rows[number - 1].path if number else ()
        for depth, text in enumerate(row.path):
            again = depth == 0 and look.results_twice and seen == results_rows // 2 and results_rows > 4
            if row.path[: depth + 1] == above[: depth + 1] and not again:
                continue
            span = 0
            while number + span < len(rows) and rows[number + span].path[: depth + 1] == row.path[: depth + 1]:
                span += 1
            if depth == 0 and look.results_twice and results_rows > 4:
                span = results_rows - results_rows // 2 if again else results_rows // 2
            cells.append(Cell(text, span))
        seen += bool(row.path)
        cells.append(Cell(row.label, 1, 3 - len(row.path)))
        grid.add(cells + _value_cells(row), row)


def _by_group(table: Table, look, rng: Random) -> list[Grid]:
    """The inflow, each group of outcomes, the total and the outflow as tables of their own, with made-up headers."""
    block = table.blocks[0]
    runs = [
        list(run)
        for _, run in groupby(
            block.rows, lambda row: row.path[-1] if row.path else row.code in ("received", "carried_in")
        )
    ]
    found = []
    for number, run in enumerate(runs):
        grid = Grid(1 + len(block.head))
        if number == 0 and table.head_shown:
            texts = ["申请人情况", *block.head]
        elif look.group_tables == "numbered":
            texts = [rng.choice(("项目", "")), *(f"数据{n}" for n in range(1, len(block.head) + 1))]
        elif look.group_tables == "wrong":
            texts = (INVENTED * 2)[: grid.width] if rng.random() < 0.6 else ["类型", *["数量"] * len(block.head)]
        else:
            texts = [""] * grid.width
        grid.add([Cell(text, kind="head") for text in texts])
        grid.head = 1
        path = run[0].path
        if len(path) > 1 or (path and run[0].code == "granted"):
            grid.title = path[-1] if len(path) > 1 else words(RESULTS, look.brackets, look.item_mark, False)
        for row in run:
            for _ in range(row.copies if row.shown else 0):
                grid.add([Cell(row.label), *_value_cells(row)], row)
        found.append(grid)
    return found
