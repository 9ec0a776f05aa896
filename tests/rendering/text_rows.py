"""Text made row by row, as PDF tools write it: labels and numbers parted by spaces, wrapped, or torn apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from random import Random

from tests.rendering.plan import RESULTS, Row, Table
from tests.rendering.text_cells import Chunks


def printed(row: Row) -> list[str]:
    """The numbers of a row as text; a blank cell leaves nothing."""
    return [value.text for value in row.values if value.state != "gone" and value.text]


def prefixes(rows: list[Row], look, rng: Random) -> list[list[str]]:
    """For each row, the lines of spanning labels that come before it."""
    found: list[list[str]] = [[] for _ in rows]
    number = 0
    for depth in (0, 1):
        number = 0
        while number < len(rows):
            path = rows[number].path[: depth + 1]
            end = number
            while end < len(rows) and rows[end].path[: depth + 1] == path and len(path) == depth + 1:
                end += 1
            if end > number:
                _place(path[-1], number, end, found, look, rng)
            number = max(end, number + 1)
    return found


def _place(text: str, start: int, end: int, found: list[list[str]], look, rng: Random) -> None:
    if text == RESULTS and look.vertical == "block":
        found[start].extend(text)
        return
    if text == RESULTS and look.vertical == "mixed":
        step = max(1, (end - start) // len(text))
        for number, character in enumerate(text):
            found[min(start + number * step, end - 1)].append(character)
        return
    if text == RESULTS and look.results_twice:
        found[(start + end) // 2].append(text)
    middle = (start + end) // 2
    if look.group_place == "middle" and end - start > 2:
        found[middle].append(text)
    elif look.group_place == "split" and end - start > 2:
        cut = len(text) - rng.randint(1, 3)
        found[start].append(text[:cut])
        found[middle if rng.random() < 0.5 else start].append(text[cut:])
    else:
        found[start].append(text)


def pieces(label: str, width: int) -> list[str]:
    """A label wrapped at ``width`` characters."""
    return [label[at : at + width] for at in range(0, len(label), width)] or [""]


def request_head(table: Table, look, rng: Random) -> list[str]:
    """The header of the request table, as it comes out of a PDF."""
    head = table.blocks[0].head
    first, middle, last = (head[0], head[1:-1], head[-1]) if len(head) > 6 else (head[0], head[1:], "")
    kind = rng.randrange(4)
    if kind == 0:
        return [f"{table.corner} 申请人情况", f"{first} 法人或其他组织 {last}".strip(), " ".join(middle)]
    if kind == 1:
        cut = [" ".join(middle)]
        if cut == ["商业企业 科研机构 社会公益组织 法律服务机构 其他"]:
            cut = ["商业企业 科研机构 社会公益 法律服务 其他", " 组织 机构"]
        return [f"{table.corner} 申请人情况", f"{first} 法人或其他组织 {last}".strip(), *cut]
    if kind == 2:
        half = [text for name in middle[2:] for text in ((name[:4], name[4:]) if len(name) > 4 else (name,))]
        top = (
            [table.corner, "申请人情况", first, "法人或其他组织", last] if last else [table.corner, "申请人情况", first]
        )
        return [*top, " ".join(middle[:2]), *half]
    at = len(table.corner) // 2
    names = [first, "法人或其他组织", *middle, *([last] if last else [])]
    return [table.corner[:at], table.corner[at:], "申请人情况", *names]


def dispute_head(table: Table, look, rng: Random) -> list[str]:
    """The header of the joint dispute table."""
    head = table.blocks[0].head
    reconsideration, direct, after = (row.label for row in table.blocks[0].rows)
    one = " ".join(head)
    if rng.random() < 0.25 and all(len(text) == 4 for text in head[:4]):
        tops, ends = " ".join(text[:2] for text in head[:4]), " ".join(text[2:] for text in head[:4])
        lines = [" ".join([f"{tops} {head[4]}"] * 3), " ".join([ends] * 3)]
        return [f"{reconsideration} 行政诉讼", f"{direct} {after}", *lines]
    return [f"{reconsideration} 行政诉讼", one, f"{direct} {after}", f"{one} {one}"]


def _blocks(table: Table, look, rng: Random) -> Iterator[tuple[list[str], list[Row]]]:
    """Header lines and rows of each part of a table."""
    if table.code == "disclosure":
        for block in table.blocks:
            head = [block.band] if block.band else []
            yield head + ([" ".join(["信息内容", *block.head])] if table.head_shown else []), block.rows
    elif table.code == "requests":
        yield (request_head(table, look, rng) if table.head_shown else []), table.rows


def _disputes(table: Table, look, rng: Random, first: bool = False) -> Iterator[Chunks]:
    rows = table.rows
    if look.dispute_split:
        for row in rows:
            head = [row.label, " ".join(table.blocks[0].head)]
            yield Chunks(head, [[" ".join(printed(row))]] if row.shown else [], [row])
        return
    line = " ".join(text for row in rows if row.shown for text in printed(row))
    head = dispute_head(table, look, rng) if table.head_shown else []
    yield Chunks([], [[line], head], [rows[0], None]) if first else Chunks(head, [[line]] if line else [], [rows[0]])


def _by_row(table: Table, look, rng: Random, write, inline: bool = True) -> Iterator[Chunks]:
    if table.code == "disputes":
        yield from _disputes(table, look, rng)
        return
    for head, rows in _blocks(table, look, rng):
        shown = [row for row in rows for _ in range(row.copies if row.shown else 0)]
        chunks = Chunks(head)
        for before, row in zip(prefixes(shown, look, rng), shown, strict=True):
            lines = write(row, printed(row))
            if before and inline and look.group_place == "inline":
                lines = [" ".join([*before, lines[0]]), *lines[1:]]
                before = []
            chunks.rows.append(before + lines)
            chunks.sources.append(row)
        yield chunks


def spaces(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """``label 0 0 0 0 0 0 0``; the long labels wrapped as in a page's width."""
    width = rng.choice((26, 28, 60))
    glue = rng.choice((" ", " ", "  ", "   ", "　"))

    def write(row: Row, numbers: list[str]) -> list[str]:
        parts = pieces(row.label, width)
        if len(parts) == 1:
            return [glue.join([row.label, *numbers]).strip()]
        return [*parts, glue.join(numbers)]

    return _by_row(table, look, rng, write)


def aligned(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """Columns kept by runs of spaces, the numbers at the middle line of a wrapped label."""
    indent, wide = rng.choice((0, 4, 16)), rng.choice((30, 44))

    def write(row: Row, numbers: list[str]) -> list[str]:
        parts = pieces(row.label, wide // 2)
        middle = len(parts) // 2
        lines = [" " * indent + part for part in parts]
        size = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in lines[middle])
        texts = [value.text for value in row.values]  # a lost number leaves its place empty
        lines[middle] += " " * max(2, indent + wide + 6 - size) + "".join(text.rjust(6) + "  " for text in texts)
        return [line.rstrip() for line in lines]

    return _by_row(table, look, rng, write)


def _wrapped(place: str):
    def draw(table: Table, look, rng: Random) -> Iterator[Chunks]:
        width = rng.choice((8, 10, 13, 18))
        gap = [""] if rng.random() < 0.3 else []

        def write(row: Row, numbers: list[str]) -> list[str]:
            parts, line = pieces(row.label, width), " ".join(numbers)
            if len(parts) == 1:
                apart = place == "after" and rng.random() < 0.3
                return [*parts, *gap, line] if apart else [f"{row.label} {line}".strip()]
            if place == "after":
                return [*parts, *gap, line]
            if place == "last":
                return [*parts[:-1], f"{parts[-1]} {line}".strip()]
            middle = len(parts) // 2
            if len(parts) % 2:
                return [*parts[:middle], f"{parts[middle]} {line}".strip(), *parts[middle + 1 :]]
            return [*parts[:middle], line, *parts[middle:]]

        return _by_row(table, look, rng, write)

    return draw


wrapped_after = _wrapped("after")
wrapped_between = _wrapped("between")
wrapped_last = _wrapped("last")


def values_first(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """The numbers of each row on the line before its label."""
    if table.code == "disputes":
        return _disputes(table, look, rng, True)
    return _by_row(table, look, rng, lambda row, numbers: [" ".join(numbers), row.label], False)


def _flat(table: Table, look, rng: Random, stream: str = "") -> Iterator[Chunks]:
    if table.code == "disputes":
        yield from _disputes(table, look, rng)
        return
    for head, rows in _blocks(table, look, rng):
        shown = [row for row in rows for _ in range(row.copies if row.shown else 0)]
        before = prefixes(shown, look, rng)
        labels = [line for lines, row in zip(before, shown, strict=True) for line in [*lines, row.label]]
        numbers = [printed(row) for row in shown]
        if stream == "columns":
            lines = [[text] for column in zip(*numbers, strict=False) for text in column]
        elif stream:
            lines = [[text] for row in numbers for text in row]
        else:
            lines = [[" ".join(row)] for row in numbers if row]
        yield Chunks(head + labels, lines, shown if not stream else [None] * len(lines))


def flattened(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """All labels, then all rows of numbers in the order of the form."""
    return _flat(table, look, rng)


def streamed(table: Table, look, rng: Random) -> Iterator[Chunks]:
    """All labels, then all numbers one a line, row by row or column by column: nothing tells which."""
    return _flat(table, look, rng, rng.choice(("rows", "columns")))
