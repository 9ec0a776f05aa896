"""Ruling lines into tables: which lines belong together, where rows and columns run, and which slots are one cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from orchestration.intake.containers.pdf_paths import Rulings

NEAR = 2.2  # points: lines nearer than this are one line, drawn twice or in pieces
GAP = 4.5  # points that a line may be broken by, at corners, between dashes or by the space between cells
NARROW = 5.0  # points: no cell is so narrow; lines nearer than this are the two borders of neighbouring cells
BORDER = NARROW / 2 + 0.1  # points from the middle between two borders to each of them
OPEN_EDGE = 8.0  # points that lines run past the last crossing line where a border is not drawn
MAX_LINES = 3_000  # on one page; beyond it is a drawing
COVERED = 0.6  # share of a slot's side that a line must cover to part it from its neighbour

Line = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """A drawn cell: slots it covers (row 0 is the top one) and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]


@dataclass(slots=True)
class Ruled:
    """A drawn table: edges of its columns from the left and of its rows from the top, and its cells."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    slots: dict[tuple[int, int], int]  # row and column -> number of its region

    def region_at(self, x: float, y: float) -> int | None:
        """The number of the cell around a point."""
        if not (self.xs[0] - NEAR <= x <= self.xs[-1] + NEAR and self.ys[-1] - NEAR <= y <= self.ys[0] + NEAR):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, -y, key=lambda edge: -edge) - 1, 0), len(self.ys) - 2)
        return self.slots[row, column]


def find_tables(rulings: Rulings) -> list[Ruled]:
    """The tables of a page, from the top. Areas that are only filled count where no lines are drawn."""
    tables = _tables(rulings.across, rulings.upright)
    boxes = [box for box in rulings.filled if not any(_inside(box, table) for table in tables)]
    if len(boxes) >= 9:
        across = [(y, x0, x1) for x0, y0, x1, y1 in boxes for y in (y0, y1)]
        upright = [(x, y0, y1) for x0, y0, x1, y1 in boxes for x in (x0, x1)]
        tables += [table for table in _tables(across, upright) if _regular(table)]
    return sorted(tables, key=lambda table: -table.ys[0])


def _inside(box: tuple[float, float, float, float], table: Ruled) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return table.region_at(x, y) is not None


def _regular(table: Ruled) -> bool:
    """Shaded runs of prose also touch each other; a table has rows and columns that go through."""
    plain = sum(1 for region in table.regions if region.row_span == region.column_span == 1)
    return len(table.xs) > 3 and len(table.ys) > 3 and plain * 10 >= 6 * len(table.slots)


def _tables(across: list[Line], upright: list[Line]) -> list[Ruled]:
    across, upright = _merge(across), _merge(upright)
    if not across or not upright or len(across) + len(upright) > MAX_LINES:
        return []
    groups = _components(across, upright)
    found = (_table(group_across, group_upright) for group_across, group_upright in groups)
    return [table for table in found if table is not None]


def _merge(lines: list[Line]) -> list[Line]:
    """Lines that lie on each other or end to end become one; each keeps the first one's position."""
    merged: list[Line] = []
    cluster: list[Line] = []
    for line in sorted(lines):
        if cluster and line[0] - cluster[0][0] > NEAR:
            merged += _join(cluster)
            cluster = []
        cluster.append(line)
    return merged + _join(cluster)


def _join(cluster: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for position, start, end in sorted(cluster, key=lambda line: line[1]):
        if joined and start <= joined[-1][2] + GAP:
            joined[-1] = (joined[-1][0], joined[-1][1], max(joined[-1][2], end))
        else:
            joined.append((position, start, end))
    return joined


def _components(across: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that cross or touch each other, directly or through others."""
    parent = list(range(len(across) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(upright, len(across)):
            if x0 - GAP <= x <= x1 + GAP and y0 - GAP <= y <= y1 + GAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, line in enumerate(across + upright):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(line)
    return [group for group in groups.values() if len(group[0]) + len(group[1]) > 2]


def _table(across: list[Line], upright: list[Line]) -> Ruled | None:
    xs = _edges([line[0] for line in upright], [line[1] for line in across], [line[2] for line in across])
    ys = _edges([line[0] for line in across], [line[1] for line in upright], [line[2] for line in upright])
    if len(xs) < 3 or len(ys) < 2:
        return None  # one column is a frame around text
    ys.reverse()
    rows, columns = len(ys) - 1, len(xs) - 1
    slots = _number_slots(xs, ys, across, upright)
    covered: dict[int, list[tuple[int, int]]] = {}
    for slot, number in slots.items():
        covered.setdefault(number, []).append(slot)
    if len(covered) < 2:
        return None
    order = sorted(covered, key=lambda number: min(covered[number]))
    regions = []
    for number in order:
        first_row, last_row = min(r for r, _ in covered[number]), max(r for r, _ in covered[number])
        first, last = min(c for _, c in covered[number]), max(c for _, c in covered[number])
        box = (xs[first], ys[last_row + 1], xs[last + 1], ys[first_row])
        regions.append(Region(first_row, first, last_row - first_row + 1, last - first + 1, box))
    places = {number: place for place, number in enumerate(order)}
    numbered = {(row, column): places[slots[row, column]] for row in range(rows) for column in range(columns)}
    return Ruled(xs, ys, regions, numbered)


def _edges(positions: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Where rows or columns part: at the lines, and where the lines across them end without a border."""
    clusters: list[tuple[float, float]] = []
    for position in sorted(positions):
        if clusters and position - clusters[-1][0] <= NARROW:
            clusters[-1] = (clusters[-1][0], position)
        else:
            clusters.append((position, position))
    edges = [(first + last) / 2 for first, last in clusters]
    for bound, values in ((0, starts), (-1, ends)):
        reach = min(values) if bound == 0 else max(values)
        distance = edges[0] - reach if bound == 0 else reach - edges[-1]
        agreeing = sum(1 for value in values if abs(value - reach) <= NEAR)
        if distance > OPEN_EDGE and agreeing >= max(2, len(values) // 3):
            edges.insert(0 if bound == 0 else len(edges), reach)
    return edges


def _number_slots(
    xs: list[float], ys: list[float], across: list[Line], upright: list[Line]
) -> dict[tuple[int, int], int]:
    """A number for each slot; slots with no line between them share it."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for edge in range(1, columns):
        near = [line for line in upright if abs(line[0] - xs[edge]) <= BORDER]
        for row in range(rows):
            if not _covers(near, ys[row + 1], ys[row]):
                parent[root(row * columns + edge - 1)] = root(row * columns + edge)
    for edge in range(1, rows):
        near = [line for line in across if abs(line[0] - ys[edge]) <= BORDER]
        for column in range(columns):
            if not _covers(near, xs[column], xs[column + 1]):
                parent[root((edge - 1) * columns + column)] = root(edge * columns + column)
    return {(row, column): root(row * columns + column) for row in range(rows) for column in range(columns)}


def _covers(lines: list[Line], start: float, end: float) -> bool:
    """Whether lines, together, run along most of a side."""
    length, reached = 0.0, start
    for _, first, last in sorted(lines, key=lambda line: line[1]):
        first, last = max(first, reached), min(last, end)
        if last > first:
            length, reached = length + last - first, last
    return length >= COVERED * (end - start)
