"""Rows of a text without cells of which some values stand below their labels: settled as ``windows`` and ``rows`` do.

Belongs here: what those need to know of a table that ``gaps`` has told apart. Does not belong here: any rule of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.bulk.gaps.gaps import Gaps
from orchestration.reading.bulk.gaps.patterns import (
    RowCells,
    cells_of_flow,
    columns_of_rows,
    flow_piece,
    place_among,
)
from orchestration.reading.bulk.tables.chains import Chains
from orchestration.reading.bulk.tables.rows import Values
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.bulk.texts.words import MARK
from orchestration.reading.labels.labels import Found, labels_of
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import settle
from orchestration.reading.rows.shares import Shares
from orchestration.reading.rows.torn import doubt_torn
from orchestration.reading.rows.windows import windows_of


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one report: its rows are those at ``at`` of ``gaps``, ``start`` is the first line of the text."""

    chains: Chains
    gaps: Gaps
    at: int
    report: int
    start: int

    @property
    def loose(self) -> bool:
        """Whether values stand below their labels."""
        return bool((self.gaps.count[self.at] > self.gaps.own[self.at]).any())


class _LabelText:
    """Label text cut by offsets in bytes."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __getitem__(self, part: slice) -> str:
        return self._texts.data[self._texts.kept[part]].tobytes().decode()


def settle_loose(texts: Texts, values: Values, table: Table, pieces: Pieces) -> list[RowCells] | None:
    """The cells of the rows, or None where values are left over; the values of each row are put into ``gaps``.

    ``pieces`` holds the lines of the report, and whether a table was found in which labels and values take turns.
    """
    form, gaps, at = table.chains.form, table.gaps, table.at
    labels = [label for label in labels_of(form.form, form.table) if label.kind in ("row", "citation")]
    low, high = (bounds[table.report].tolist() for bounds in (table.chains.low, table.chains.high))
    chain = [Found(*place) for place in zip(labels, low, high, strict=True)]
    found = [place for place in chain if place.label.kind == "row"]
    lines = (gaps.label_line[at] - table.start + 1).tolist()
    pieces.items = [Piece("other", "", line, line) for line in lines]
    pieces.owner = {end: number for number, place in enumerate(found) for end in (place.start, place.end - 1)}
    pieces.text = _LabelText(texts)
    own, behind = {}, {}
    filled = gaps.count[at] > 0
    base, stop = int(gaps.first[at][filled].min()), int((gaps.first[at] + gaps.count[at])[filled].max())
    held = _pieces(texts, values, slice(base, stop), table.start)
    shares = zip(*(column[at].tolist() for column in (gaps.first, gaps.count, gaps.own)), strict=True)
    for place, (first, count, with_label) in zip(found, shares, strict=True):
        mine = held[first - base : first - base + count] if count else []
        behind[place.label.code] = mine[with_label:]
        if with_label:
            own[place.label.code] = mine[:with_label]
    rows = [place.label for place in found]
    position = {label.code: number for number, label in enumerate(rows)}
    windows = windows_of(pieces, chain, Shares([], own, behind), position, form.widths)
    result, left_over = settle(pieces, chain, windows, rows, form.widths)
    if left_over or len(result) < len(rows):
        return None
    doubt_torn(pieces, found, result, [])
    cells = []
    for number, (label, columns) in enumerate(zip(rows, columns_of_rows(form.form, form.table), strict=True)):
        row = result[label.code]
        kinds = "".join("2" if piece.kind == "not_applicable" else "1" for piece in row.pieces)
        longest = max((len(piece.raw) for piece in row.pieces), default=1) if len(kinds) < len(columns) else 1
        gaps.count[at, number] = len(kinds)
        gaps.first[at, number] = base + (place_among(row.pieces[0]) if kinds else 0)
        cells.append(cells_of_flow(form.table, columns, kinds, longest, row.evidence, row.doubt, row.unplaced))
    return cells


def _pieces(texts: Texts, values: Values, own: slice, start: int) -> list[Piece]:
    word, line = values.word[own], values.line[own] - start + 1
    mark = texts.kind[word] == MARK
    size = np.where(mark, 1, texts.end[word] - texts.begin[word])
    columns = (1 + mark, size, line, texts.keeps.before(values.place[own]))
    told = zip(*(column.tolist() for column in columns), strict=True)
    return [flow_piece(kind, at, size, line, place) for at, (kind, size, line, place) in enumerate(told)]
