"""Tables that a text draws with lines, as browsers of text and converters write them: rules between all rows.

Each line of such a text holds a part of several cells, which only the lines around them put together. Tables with
bars alone, or with rules only around their header, are none of these: there each line is a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from orchestration.intake.containers.joining import join_paragraphs
from orchestration.intake.containers.limits import MAX_ROW_CELLS
from orchestration.intake.grids import Grid, GridRow

_LEVEL = frozenset("-=─━═:")
_UPRIGHT = frozenset("|│┃║")
_CORNERS = frozenset("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜╭╮╰╯")
_BEGINS = frozenset("┌┏╔╒╓╭")
_EDGES = _UPRIGHT | _CORNERS | {"+"}
_TOP = re.compile(r"(\s*)[+┌┏╔╒╓╭][-=─━═+┬┳╦╤╥:]{3,}[+┐┓╗╕╖╮]\s*")
_END = re.compile(r"\s*[+|└┗╚╘╙╰][-=─━═+┴┻╩╧╨:]{3,}[+|┘┛╝╛╜╯]\s*")
_FULL = re.compile(r"\+[-=+:]+\+")
_VALUE = re.compile(r"[+-]?[\d０-９][\d０-９.,]*\D{0,2}|[-—–/／]+|无")
_MOST_LINES = 5_000
_MOST_PLACES = 1_000_000  # of one table on the screen
_LEAST_RULE = 5  # characters of a rule between bars that no corner tells from a mark
_SHORTEST = 3  # characters of a rule that begins or ends at a bar
_MOST_ODD = 0.2  # lines that are too long or too short, for each of the others
_LEAST_ROWS = 3  # with two, the rules may be those around a header
_STACK = 3  # numbers over one another between two rules: these are rows without rules

Span = tuple[int, int]


def ruled_tables(lines: list[str]) -> tuple[Grid, ...]:
    """The tables of a text of which all rows are parted by rules, with merged cells; none for all other tables."""
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        if not (len(lines[at]) > 4 and _TOP.fullmatch(lines[at])):
            at += 1
            continue
        end = _end(lines, at)
        grid = _grid(lines[at:end], at + 1, len(found) + 1) if end - at > 2 else None
        if grid:
            found.append(grid)
        at = max(end, at + 1)
    return tuple(found)


def _end(lines: list[str], start: int) -> int:
    """Behind the last rule of a table whose first stands at ``start``."""
    end = at = start + 1
    while at < min(len(lines), start + _MOST_LINES):
        bare = lines[at].strip()
        if not bare or bare[0] not in _EDGES - _BEGINS or bare[-1] not in _EDGES:
            break
        at += 1
        if _END.fullmatch(bare):
            end = at
    return end


def _grid(lines: list[str], first: int, number: int) -> Grid | None:
    canvas = _canvas(lines)
    if canvas is None:
        return None
    width = len(canvas[0])
    bars = sorted({x for row in canvas for x in range(width) if _corner(row, x) or _branch(row, x)} | {0, width - 1})
    columns = [(a, b) for a, b in pairwise(bars) if b - a > 1]
    if not 1 < len(columns) <= MAX_ROW_CELLS:
        return None
    ruled = [[_ruled(row, *column) for column in columns] for row in canvas]
    levels = [y for y, marks in enumerate(ruled) if any(marks)]
    bands = [(a, b) for a, b in pairwise(levels) if b - a > 1]
    rows = [_row(*found, canvas, first, number) for found in _cells(canvas, columns, bands, ruled)]
    if len(rows) < _LEAST_ROWS or _stacked(rows):
        return None
    return Grid(tuple(rows), first, first + len(lines) - 1)


def _canvas(lines: list[str]) -> list[list[str]] | None:
    """The characters by the places that they take on the screen; None unless the lines are of one length."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    bare = [line.rstrip()[indent:] for line in lines]
    if any(line[:indent].strip() for line in lines) or max(map(len, bare)) * len(bare) > _MOST_PLACES:
        return None
    for measure in _MEASURES:
        canvas = [[part for character in line for part in measure(character)] for line in bare]
        if len({len(row) for row in canvas}) == 1:
            return canvas
    return _realigned(bare) or _mended(bare)


def _mended(lines: list[str]) -> list[list[str]] | None:
    """The same with question marks for a few lines that are too long or too short, as they have lost a bar."""
    drawn = ([[part for character in line for part in measure(character)] for line in lines] for measure in _MEASURES)
    canvas = max(drawn, key=lambda rows: Counter(map(len, rows)).most_common(1)[0][1])
    usual, many = Counter(map(len, canvas)).most_common(1)[0]
    odd = [y for y, row in enumerate(canvas) if len(row) != usual]
    if len(odd) > _MOST_ODD * many or any(_LEVEL.issuperset(set(lines[y]) - _EDGES) for y in odd):
        return None
    whole = [y for y, row in enumerate(canvas) if len(row) == usual and row[0] in _UPRIGHT and not _branches(row)]
    for y in odd if whole else ():
        like = min(whole, key=lambda other: abs(other - y))
        canvas[y] = [character if character in _UPRIGHT else "?" for character in canvas[like]]
    return canvas if whole else None


def _branches(row: list[str]) -> bool:
    return any(_branch(row, x) or _corner(row, x) for x in range(len(row)))


def _realigned(lines: list[str]) -> list[list[str]] | None:
    """The same where a cell was too narrow for a wide character: bars part all lines into as many cells."""
    fields = [re.split("[|│┃║]", line)[1:-1] for line in lines]
    counts = {len(parts) for line, parts in zip(lines, fields, strict=True) if not _FULL.fullmatch(line)}
    if len(counts) != 1 or len(set(map(len, fields)) - counts - {0}) > 0:
        return None
    widths = [max(len(parts[at]) for parts in fields if parts) for at in range(*counts)]
    rule = list("+" + "+".join("-" * width for width in widths) + "+")
    padded = ([part.ljust(width) for part, width in zip(parts, widths, strict=True)] for parts in fields if parts)
    return [list("|" + "|".join(next(padded)) + "|") if parts else rule for parts in fields]


def _wide(character: str) -> tuple[str, ...]:
    return (character, "") if unicodedata.east_asian_width(character) in "WF" else (character,)


def _wider(character: str) -> tuple[str, ...]:
    """As fonts of Chinese show them: quotation marks are wide too, but the lines of the table are not."""
    mark = unicodedata.east_asian_width(character) == "A" and character not in _EDGES | _LEVEL
    return (character, "") if mark else _wide(character)


def _even(character: str) -> tuple[str, ...]:
    return (character,)


_MEASURES = (_wide, _wider, _even)  # how many places a character takes, as different programs count them


def _corner(row: list[str], x: int) -> bool:
    if row[x] == "+":  # a sign of a number has no line on either side
        return any(0 <= near < len(row) and row[near] in _LEVEL for near in (x - 1, x + 1))
    return row[x] in _CORNERS


def _branch(row: list[str], x: int) -> bool:
    """Whether a rule begins or ends at a bar, where a text has no corners for that."""
    sides = (row[x + 1 : x + 1 + _SHORTEST], row[max(x - _SHORTEST, 0) : x])
    return row[x] in _UPRIGHT and any(len(side) == _SHORTEST and _LEVEL.issuperset(side) for side in sides)


def _ruled(row: list[str], low: int, high: int) -> bool:
    """Whether a rule fills the line between two bars: one with corners, or one that is longer than a mark."""
    if any(row[x] not in _LEVEL for x in range(low + 1, high)):
        return False
    while low >= 0 and row[low] in _LEVEL:
        low -= 1
    while high < len(row) and row[high] in _LEVEL:
        high += 1
    ends = [x for x in (low, high) if 0 <= x < len(row)]
    return any(_corner(row, x) for x in ends) or high - low > _LEAST_RULE


def _cells(
    canvas: list[list[str]], columns: list[Span], bands: list[Span], ruled: list[list[bool]]
) -> Iterator[tuple[int, Span, list[tuple[int, int, int, list[str]]]]]:
    """Of each row its number, its lines and its cells: first column, rows and columns covered, lines of text."""
    taken: set[Span] = set()
    for b, (top, bottom) in enumerate(bands):
        found = []
        for k in range(len(columns)):
            if (b, k) in taken:
                continue
            right = k
            while right + 1 < len(columns) and not _barred(canvas, columns[right][1], top, bottom):
                right += 1
            down = b
            while down + 1 < len(bands) and not any(ruled[bands[down][1]][k : right + 1]):
                down += 1
            taken |= {(row, column) for row in range(b, down + 1) for column in range(k, right + 1)}
            low, high = columns[k][0] + 1, columns[right][1]
            texts = ("".join(canvas[y][low:high]).strip() for y in range(top + 1, bands[down][1]))
            found.append((k, down - b + 1, right - k + 1, [text for text in texts if text]))
        if found:
            yield b, (top, bottom), found


def _barred(canvas: list[list[str]], x: int, top: int, bottom: int) -> bool:
    return all(canvas[y][x] in _UPRIGHT or _corner(canvas[y], x) for y in range(top + 1, bottom))


def _row(
    row: int, band: Span, cells: list[tuple[int, int, int, list[str]]], canvas: list[list[str]], first: int, number: int
) -> GridRow:
    """The row, on that of its lines which holds the most digits."""
    line = max(range(band[0] + 1, band[1]), key=lambda y: sum(map(str.isdigit, canvas[y])))
    columns, downs, acrosses, texts = zip(*cells, strict=True)
    joined = [join_paragraphs(text) if text else "" for text in texts]
    return GridRow(
        row,
        first + line,
        list(columns),
        joined,
        f"table {number}, row {row + 1}, cell ",
        list(zip(downs, acrosses, strict=True)),
    )


def _stacked(rows: list[GridRow]) -> bool:
    """Whether most values stand over one another as rows do; a wrapped number or two among others is none of these."""
    counts = [[sum(map(bool, map(_VALUE.fullmatch, text.split("\n")))) for text in row.texts] for row in rows]
    filled = [stacks for row in counts if (stacks := [count for count in row if count])]
    stacked = [stacks for stacks in filled if max(stacks) >= _STACK or (len(stacks) > 1 and min(stacks) > 1)]
    return 2 * len(stacked) > len(filled)
