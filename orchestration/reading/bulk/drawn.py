"""Plain reports whose container draws their tables: read in bulk by their lines, then held against the drawn cells.

The lines of such a document hold the cells of a drawn row, parted by tabs. Where they are cut into just the drawn
cells, and no value has an empty cell on its line, the careful path finds the same in both: columns matter only to
rows with empty cells. What is left to tell is the place of each value. Nothing is read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import polars as pl

from orchestration.intake.grids import placed, unpack_places
from orchestration.reading.bulk.careful import careful_tables
from orchestration.reading.bulk.plain import read_plain
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces.chunks import EMPTY, classify
from orchestration.reading.pieces.cutting import FOOTER, cut_line

CONTAINERS = ("html", "docx")
_LEAST_CELLS = 3  # of a row whose line surely shows cells
_LEAST_EMPTY = 4  # cells of an empty row that a text too shows as a row
_BARS = re.compile("[|｜│┃∣]")
# Blanks within cells, and what markup, rules and the words for an empty cell hold: such lines are looked at closely.
_MAY_CHANGE = re.compile(r"[^\S\t\n]|[#>*\]{=─-]|[" + "".join({word[0] for word in EMPTY}) + "]")
_FOOTER = re.compile(rf"(?im)^\s*+(?:{FOOTER.pattern})\s*$".replace(r"\s", r"[^\S\n]"))

Frames = Sequence[pl.DataFrame]


def drawn_tables(reports: pl.DataFrame) -> Frames:
    """Cells, tables and problems of reports as ``careful.careful_tables`` takes them; the plain ones come first."""
    taken, *plain = read_drawn(reports)
    *rest, problems = careful_tables(reports.filter(~taken))
    return *(pl.concat(both) for both in zip(plain, rest, strict=True)), problems


def read_drawn(reports: pl.DataFrame) -> tuple[np.ndarray, pl.DataFrame, pl.DataFrame]:
    """As ``plain.read_plain``, for reports that also have their ``layout``; the cells know their places."""
    taken, cells, tables, _ = read_plain(reports, with_gaps=False)
    opened = {report: rest for report, *rest in reports.select("report_id", "text", "layout").iter_rows()}
    ends = tables.group_by("report_id").agg(pl.struct("first_line", "last_line"))
    spans = {report: [(span["first_line"], span["last_line"]) for span in found] for report, found in ends.iter_rows()}
    lines, raws = cells["line"].to_list(), cells["raw"].to_list()
    places: list[str | None] = []
    refused: list[str] = []
    at = 0
    for report, count in _runs(cells["report_id"]):
        found = places_of(*opened[report], lines[at : at + count], raws[at : at + count], spans[report])
        if found is None:
            refused.append(report)
        places += found or [None] * count
        at += count
    cells = cells.with_columns(place=pl.Series(places, dtype=pl.String))
    if refused:
        kept = ~pl.col("report_id").is_in(refused)
        cells, tables = cells.filter(kept), tables.filter(kept)
        taken &= reports.select(kept).to_series().to_numpy()
    return taken, cells, tables


def places_of(
    text: str, layout: str, lines: list[int], raws: list[str], tables: list[tuple[int, int]]
) -> list[str | None] | None:
    """Where the values stand that were read from ``lines``, or None where lines and drawn cells may be read apart.

    ``raws`` are the values as printed, in the order of the tables, ``tables`` the first and last lines of these.
    """
    whole = json.loads(layout)
    grids = None if whole["pages"] or whole["problems"] else unpack_places(whole["grids"])
    if grids is None:
        return None
    printed = text.split("\n")
    rows: dict[int, str | list[str]] = {}
    valued = set(lines)
    for first, found in grids:
        block = printed[first - 1 : first - 1 + len(found)]
        framed = "\n".join(("", *block, ""))
        if _BARS.search(framed) or _FOOTER.search(framed) or not _alike(block, first, valued, tables):
            return None
        rows |= enumerate(found, first)
    return _placed(rows, printed, lines, raws)


def _runs(ids: pl.Series) -> Iterator[tuple[str, int]]:
    """Each value of a series and how often it stands there in a row."""
    return ids.rle().struct.unnest().select("value", "len").iter_rows()


def _alike(block: list[str], first: int, valued: set[int], tables: list[tuple[int, int]]) -> bool:
    """Whether the rows of a grid, one for each line of ``block``, are the same for a reader of the lines."""
    order: list[int] | None = None
    for line, words in enumerate(block, first):
        count = words.count("\t") + 1
        if count == len(words) + 1:
            # A short row of empty cells is none in a text: between two rows of values that does not matter.
            order = order or [number for number, cells in enumerate(block, first) if cells.strip("\t")]
            near = (order[at : at + 2] for at in range(len(order) - 1))
            if count < _LEAST_EMPTY and not any(a < line < b and {a, b} <= valued for a, b in near):
                return False
        elif count < _LEAST_CELLS or _MAY_CHANGE.search(words):
            whole, parts = _cut_alike(words)
            if not whole and not (parts and any(low < line < high for low, high in tables)):
                return False
    return True


@lru_cache(maxsize=8192)
def _cut_alike(words: str) -> tuple[bool, bool]:
    """Whether a line is cut into the cells of its row; whether it is one of text alone, which is cut further."""
    cut, texts = cut_line(words), words.split("\t")
    found = [(kind, raw) for kind, raw, *_ in cut.pieces]
    drawn = [(classify(text)[0], text) for text in texts]
    if cut.drawn and found == drawn:
        return True, True
    kinds = {kind for kind, _ in drawn + found}
    parts = kinds == {"text"} and "".join(key(raw) for _, raw in found) == "".join(map(key, texts))
    return parts and len(found) == len(texts) == 1, parts


def _placed(
    rows: dict[int, str | list[str]], printed: list[str], lines: list[int], raws: list[str]
) -> list[str | None] | None:
    """The places of values that stand last in their rows, in rows without an empty cell."""
    places: list[str | None] = []
    at, end = 0, len(lines)
    while at < end:
        line = lines[at]
        count = 1
        while at + count < end and lines[at + count] == line:
            count += 1
        if line in rows:
            texts = printed[line - 1].split("\t")
            if texts[-count:] != raws[at : at + count] or "" in texts:
                return None
            places += placed(rows[line], len(texts))[-count:]
        else:
            places += [None] * count
        at += count
    return places
