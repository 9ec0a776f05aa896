"""The dispute table: three channels with five results each, in one row of fifteen, in blocks, or result by result."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from orchestration.form import declaration
from orchestration.reading.columns.columns import CellReading, Grid, place
from orchestration.reading.columns.doubting import doubted
from orchestration.reading.disputes.bounds import marks_in
from orchestration.reading.disputes.cells import beneath, is_sentence, moved, result_starts, trim, unnamed
from orchestration.reading.disputes.headers import complete, orderly
from orchestration.reading.pieces.levels import continues, uneven_values
from orchestration.reading.pieces.piece import Piece, Pieces
from orchestration.reading.rows.rows import RowValues
from orchestration.reading.rows.torn import ragged

_NEAR = 20  # cells from an empty one to a value of its row, where that holds labels
_LONG_LINE = 5  # values of a line beside which one alone on its line is strange


@dataclass(slots=True)
class _Run:
    """Values in a row, the result labels printed since the run before, and the last channel named before it."""

    pieces: list[Piece] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    channel: str | None = None
    drawn: bool = False


def read_disputes(
    pieces: Pieces, bounds: tuple[int, int], form: str, held: frozenset[int | None] = frozenset()
) -> tuple[list[CellReading], list[Piece], int]:
    """The cells in form order, values that could not be placed, and the last item that was read.

    ``held`` are the lines on which values of other tables stand.
    """
    whole = declaration()
    channels = [row.row_code for row in whole.rows_of(form, "disputes")]
    results = tuple(column.column_code for column in whole.columns_of(form, "disputes"))
    marks = [mark for mark in marks_in(pieces.text, bounds) if not is_sentence(pieces.items[pieces.owner[mark[0]]])]
    runs, last = _runs(pieces, bounds, marks, held)
    left_over = _outside(runs)
    runs = _without(runs, left_over) if left_over else runs
    starts = result_starts(pieces, bounds, results * len(channels))
    kept = [replace(run, pieces=beneath(run.pieces, starts)) for run in runs]
    shifted = any(unnamed(pieces, bounds, a.pieces, b.pieces) for a, b in zip(runs, kept, strict=True))
    shifted = shifted or any(run.drawn and moved(run.pieces, len(results) * len(channels)) for run in kept)
    runs = kept
    rows = _assign(runs, channels, results)
    if rows is None and len(runs) > 1 and len(runs[0].pieces) == 1 and not (runs[0].results or runs[0].drawn):
        # One number alone before all labels is a page number, if the others make the table.
        left_over, runs = runs[0].pieces, runs[1:]
        rows = _assign(runs, channels, results)
    stray = _stray(runs)
    if rows is None and stray:
        left_over, runs = stray, _without(runs, stray)
        rows = _assign(runs, channels, results)
        stray = []
    broken = _broken(pieces, runs, left_over)
    if rows is None:
        everything = [piece for run in runs for piece in run.pieces]
        rows = {
            channel: RowValues(channel, everything, "order", "row_uncertain", None, unplaced=True)
            for channel in channels
        }
    torn = stray or broken or _torn(runs) or any(not run.drawn and ragged(run.pieces) for run in runs)
    printed = [code for _, kind, code in marks if kind == "column"]
    named = list(dict.fromkeys([code for _, kind, code in marks if kind == "row"]))
    torn = torn or (_single(runs) and not complete(printed, results))
    torn = torn or (pieces.broken and any(run.pieces[-1] is pieces.items[-1] for run in runs))
    in_order = named == sorted(named, key=channels.index) and orderly(pieces, bounds, printed, results)
    doubt = "row_uncertain" if torn else None if in_order else "header_order"
    loose = shifted or _loose(pieces, bounds, runs) or uneven_values([piece for run in runs for piece in run.pieces])
    grid = Grid(doubt=doubt or ("column_uncertain" if loose else None))
    cells = []
    for channel in channels:
        values = rows.get(channel) or RowValues(channel, [], "label", None, None)
        placed, _ = place(values, f"disputes/{channel}", results, grid)
        cells += placed
    blank = [cell.status == "blank" for cell in cells]
    turns = [pair for pair in itertools.pairwise(blank) if pair[0] != pair[1]]
    if len(turns) == 1:
        # One row of values that begins or ends in empty cells and has no others: what follows a lost cell has moved.
        cells = [doubted(cell, "row_uncertain") for cell in cells]
    return cells, left_over, last


def _runs(
    pieces: Pieces, bounds: tuple[int, int], marks: list[tuple[int, str, str]], held: frozenset[int | None]
) -> tuple[list[_Run], int]:
    """The runs and the last item of them; ``marks`` are where labels stand, their kinds and codes."""
    first = pieces.owner[bounds[0] - 1] + 1 if bounds[0] else 0
    labelled = {pieces.items[at].row for at in set(pieces.owner[slice(*bounds)])}
    before = {pieces.items[first - 1].row} - labelled if first else set()  # the row of the table above
    valued: dict[int, list[int]] = {}  # in the rows of labels
    for index, piece in enumerate(pieces.items):
        if piece.row in labelled and piece.kind in ("number", "not_applicable"):
            valued.setdefault(piece.row, []).append(index)
    runs: list[_Run] = []
    used = 0
    last = first
    for index, piece in enumerate(itertools.islice(pieces.items, first, None), first):
        if piece.at > bounds[1]:
            break
        if piece.kind == "text" or piece.row in before or piece.line in held:
            continue
        drawn = piece.row in pieces.drawn
        if drawn and piece.kind == "blank" and piece.row in labelled and not _near(index, valued.get(piece.row, ())):
            continue
        new = not runs or runs[-1].pieces[-1].at != piece.at
        if drawn and runs and runs[-1].pieces[-1].row != piece.row:
            new = True
        if runs and runs[-1].drawn != drawn:
            new = True  # a number behind a table
        if new:
            run = _Run(drawn=drawn)
            while used < len(marks) and marks[used][0] < piece.at:
                _, kind, code = marks[used]
                if kind == "column":
                    run.results.append(code)
                elif kind == "row":
                    run.channel = code
                used += 1
            runs.append(run)
        runs[-1].pieces.append(piece)
        last = index
    kept = [
        run
        for run in runs
        if any(piece.kind != "blank" for piece in run.pieces) or (run.results and len(run.pieces) >= 5)
    ]
    for dropped, following in itertools.pairwise(runs):
        if dropped not in kept:
            following.results = dropped.results + following.results
            following.channel = following.channel or dropped.channel
    return kept, last


def _near(index: int, values: Iterable[int]) -> bool:
    return any(-_NEAR <= at - index < _NEAR for at in values)


def _stray(runs: list[_Run]) -> list[Piece]:
    """Values that stand alone on their lines among long ones: page numbers, or the wrapped ends of lines."""
    pieces = [piece for run in runs if not run.drawn for piece in run.pieces]
    lines = Counter(piece.row for piece in pieces)
    if max(lines.values(), default=0) < _LONG_LINE:
        return []
    return [piece for piece in pieces if lines[piece.row] == 1]


def _broken(pieces: Pieces, runs: list[_Run], left_over: list[Piece]) -> bool:
    """Whether a number that was left out may be the end of the last one of the line above, broken in its cell."""
    ends = {run.pieces[-1].line: run.drawn for run in runs if run.pieces}
    for piece in left_over:
        bare = pieces.lines[piece.line - 1].strip().isdecimal()
        if (above := ends.get(piece.line - 1)) is None or (above and bare):
            continue  # a number alone behind a table that is drawn is that of a page
        if continues(pieces.lines, piece.line, piece.line - 1):
            return True
    return False


def _torn(runs: list[_Run]) -> bool:
    """Whether lines of values are parted where no block of results ends: some stand higher than others of their row."""
    lines = Counter(piece.row for run in runs if not run.drawn for piece in run.pieces)
    return max(lines.values(), default=0) >= _LONG_LINE and any(count % _LONG_LINE for count in lines.values())


def _single(runs: list[_Run]) -> bool:
    """Whether each value has a line of its own, and none is drawn in a cell."""
    rows = [piece.row for run in runs for piece in run.pieces]
    return len(set(rows)) == len(rows) > 1 and not any(run.drawn for run in runs)


def _outside(runs: list[_Run]) -> list[Piece]:
    """Values in the text around a table that is drawn with values of its own: they are none of it."""
    filled = (run for run in runs if run.drawn and any(piece.kind == "number" for piece in run.pieces))
    if not any(run.pieces[0].place or len(run.pieces) >= _LONG_LINE for run in filled):
        return []
    return [piece for run in runs if not run.drawn for piece in run.pieces]


def _without(runs: list[_Run], stray: list[Piece]) -> list[_Run]:
    """The runs without some values; labels before a run that is left empty count for the next."""
    dropped = set(map(id, stray))
    kept: list[_Run] = []
    results: list[str] = []
    for run in runs:
        results = results + run.results
        pieces = [piece for piece in run.pieces if id(piece) not in dropped]
        if pieces:
            kept.append(replace(run, pieces=pieces, results=results))
            results = []
    return kept


def _loose(pieces: Pieces, bounds: tuple[int, int], runs: list[_Run]) -> bool:
    """Whether cells of a text are empty at an end of their row where the header has none: tabs were lost or added."""
    first = pieces.owner[bounds[0]]
    heads = [p.column for p in pieces.items[first : pieces.owner[bounds[1] - 1] + 1] if p.kind == "text"]
    rows = [run.pieces for run in runs if run.drawn and run.pieces and not run.pieces[0].fixed]
    short = [row for row in rows if "blank" in (row[0].kind, row[-1].kind)]
    return any((row[0].column, row[-1].column) != (min(heads), max(heads)) for row in short)


def _assign(runs: list[_Run], channels: list[str], results: tuple[str, ...]) -> dict[str, RowValues] | None:
    """Values per channel, or None where counts and labels do not settle it."""
    width = len(results)
    if not runs:
        return {}
    for run in runs:
        run.pieces = trim(run.pieces, width * len(channels), len(run.results)) if run.drawn else run.pieces
    whole = [piece for run in runs for piece in run.pieces]
    if _in_order(runs, results, len(channels)) and len(whole) == width * len(channels):
        return {
            channel: _values(channel, whole[at * width : (at + 1) * width], runs[0].drawn)
            for at, channel in enumerate(channels)
        }
    blocks = [run for run in runs if tuple(run.results) == results or (run.channel and _headless(run, results))]
    if len(blocks) == len(runs) == len(channels):
        named = [run.channel for run in runs]
        if all(name in (None, channel) for name, channel in zip(named, channels, strict=True)):
            return {
                channel: _values(channel, run.pieces, run.drawn) for channel, run in zip(channels, runs, strict=True)
            }
    return None


def _headless(run: _Run, results: tuple[str, ...]) -> bool:
    """Whether no labels of results are printed before the values, or only the total of a header of wrapped cells."""
    return not run.results or (run.results == [results[-1]] and len(run.pieces) == len(results))


def _in_order(runs: list[_Run], results: tuple[str, ...], channels: int) -> bool:
    """Whether the labels printed before each run are as many as its values, in the order of the form."""
    if len(runs) == 1:
        return True
    wanted = list(results) * channels
    printed = [code for run in runs for code in run.results]
    if printed != wanted:
        return False
    due = 0
    for run in runs:
        if due and run.results:
            return False  # labels of others stand between values and what is left of their own labels
        due += len(run.results) - len(run.pieces)
        if due < 0:
            return False
    return due == 0


def _values(channel: str, pieces: list[Piece], drawn: bool) -> RowValues:
    return RowValues(channel, pieces, "label", None, pieces[0].line if pieces else None, drawn)
