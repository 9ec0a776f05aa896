"""Whole reports as plain text: parts in lines, tables by a drawer of chunks, pages with footers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.rendering.document import Part, compose, metadata
from tests.rendering.grids import grids
from tests.rendering.plan import Plan
from tests.rendering.text_cells import Chunks


def text_drawer(drawer: Callable) -> Callable[[Plan, Random], str]:
    """A layout's ``draw`` from a function that turns a table into chunks of lines."""

    def draw(plan: Plan, rng: Random) -> str:
        return "\n".join(_lines(plan, rng, drawer))

    return draw


def _lines(plan: Plan, rng: Random, drawer: Callable) -> list[str]:
    look = plan.look
    lines: list[str] = [""] * rng.choice((0, 0, 2))
    gap = [""] if look.blank_lines else []
    row_gap = gap if rng.random() < 0.5 else []
    page = [rng.randint(1, 4)]
    for part in compose(plan, rng):
        if part.kind == "table":
            lines += [*gap, *_table(part, plan, rng, drawer, row_gap, page), *gap]
        elif part.kind == "metadata":
            lines += [f"{key}：{value}" for key, value in metadata(plan, rng)] + gap
        elif part.kind in ("title", "heading"):
            end = "**" if look.heading_mark == "**" else ""
            lines += [look.heading_mark + part.text + end, *gap]
        else:
            lines += [*_paragraph(part.text, look), *gap]
    if look.footers:
        lines += ["", look.footers.format(n=page[0])]
    return lines


def _paragraph(text: str, look) -> list[str]:
    text = look.indent + text
    if not look.hard_wrap:
        return [text]
    return [text[at : at + look.hard_wrap] for at in range(0, len(text), look.hard_wrap)]


def _table(part: Part, plan: Plan, rng: Random, drawer: Callable, row_gap: list[str], page: list[int]) -> list[str]:
    look, lines = plan.look, []
    named = part.text == "requests" and look.group_tables
    titles = [grid.title for grid in grids(part.table, look, rng)] if named else []
    for number, chunks in enumerate(drawer(part.table, look, rng)):
        if number and (chunks.whole or rng.random() < 0.3):
            lines.append("")
        if number < len(titles) and titles[number]:
            lines += [titles[number], ""]
        lines += _chunks(chunks, look, rng, row_gap, page)
    return lines


def _chunks(chunks: Chunks, look, rng: Random, row_gap: list[str], page: list[int]) -> list[str]:
    lines = [*chunks.head]
    gap = [] if chunks.whole else row_gap
    count = len(chunks.rows)
    breaks = set(rng.sample(range(1, count), min(count - 1, rng.randint(1, 2)))) if look.footers and count > 1 else ()
    for number, row in enumerate(chunks.rows):
        source = chunks.sources[number] if number < len(chunks.sources) else None
        if number in breaks:
            lines += ["", _footer(look, page), ""]
            if look.header_repeated or chunks.whole:
                lines += chunks.head
        lines += gap
        lines += _broken(row, look, page) if source is not None and source.broken and not chunks.whole else row
    return lines


def _footer(look, page: list[int]) -> str:
    page[0] += 1
    return (look.footers or "- {n} -").format(n=page[0] - 1)


def _broken(row: list[str], look, page: list[int]) -> list[str]:
    """The lines of a row with a page break between its label and its numbers, or amid lines."""
    footer = ["", _footer(look, page), ""]
    if len(row) > 1:
        middle = len(row) // 2
        return [*row[:middle], *footer, *row[middle:]]
    label, mark, numbers = row[0].partition(" ")
    return [label, *footer, numbers] if mark and "\t" not in row[0] else row
