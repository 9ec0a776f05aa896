"""Tables without ruling lines: labels wrapped over several lines, with their values level with the middle of them."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.intake.containers.pdf_words import Word, count_values, is_row, is_value

ALIGNED = 0.4  # of the size: how far the beginnings, or the middles, of lines of one label may lie apart
STEP = 1.7  # of the size: from one line of a label to the next, at most
SPACE = 0.6  # of the size: a printed space within a label is no wider
LEVEL = 0.3  # of the size: how far values may stand from the middle of their label
CUT = 3  # lines of a label that a page break may have left at the top of a page
REACH = 8  # of the size: from one row of values to the next, at most

Line = list[Word]


@dataclass(slots=True)
class _Block:
    """The lines of one label, from the top, with the numbers of the lines of the page that they stand on."""

    words: list[Word]
    lines: list[int]


def join_labels(lines: list[Line]) -> list[Line]:
    """The lines of a page, from the top, with each wrapped label put on the line of its values."""
    lines = [_with_spaces(line) for line in lines]
    for rows in _runs(lines):
        left = min(lines[row][-count_values(lines[row])].x0 for row in rows)
        near = range(max(0, rows[0] - 4), min(len(lines), rows[-1] + 5))
        for chain in _chains(lines, near, left):
            first, last = chain.words[0], chain.words[-1]
            beside = [row for row in rows if last.base < lines[row][-1].base + LEVEL * last.size]
            beside = [row for row in beside if lines[row][-1].base - LEVEL * first.size < first.base]
            if placed := _place(chain, beside, lines):
                for block, row in placed:
                    _move(block, row, lines)
            elif not beside and rows[0] < chain.lines[0] < rows[-1]:
                _move(chain, chain.lines[0], lines)  # the label of a group
    return [line for line in lines if line]


def _place(chain: _Block, rows: list[int], lines: list[Line]) -> list[tuple[_Block, int]]:
    """Which lines of a column of labels are the label of which row: each stands with its middle level with the row.

    Empty where that does not come out even from the first row to the last; labels that the page cuts are left out.
    """
    for skipped in range(CUT + 1):
        placed, start = _fit(chain, rows, lines, skipped)
        whole = len(placed) == len(rows) and start == len(chain.words)
        if (whole and not skipped) or len(placed) >= max(CUT, len(rows) - 1):
            return placed
    return []


def _fit(chain: _Block, rows: list[int], lines: list[Line], start: int) -> tuple[list[tuple[_Block, int]], int]:
    """Labels from line ``start`` of a column on, one for each row, as far as they fit; and where they end."""
    placed: list[tuple[_Block, int]] = []
    for row in rows:
        base = lines[row][-1].base
        for end in range(start, len(chain.words)):
            middle = (chain.words[start].base + chain.words[end].base) / 2
            if abs(middle - base) <= LEVEL * chain.words[start].size:
                block = _Block(chain.words[start : end + 1], chain.lines[start : end + 1])
                placed.append((block, row))
                start = end + 1
                break
        else:
            break
    return placed, start


def _with_spaces(line: Line) -> Line:
    """A line whose words are parted only where cells could part: a label keeps its printed spaces."""
    joined: Line = []
    for word in line:
        last = joined[-1] if joined else None
        if last and word.spaced and word.x0 - last.x1 <= SPACE * word.size and not (is_value(word) or is_value(last)):
            space = last.glyphs[-1]._replace(text=" ", x0=last.x1, x1=word.x0)
            joined[-1] = Word([*last.glyphs, space, *word.glyphs], last.spaced)
        else:
            joined.append(word)
    return joined


def _runs(lines: list[Line]) -> list[list[int]]:
    """Numbers of the lines that end with values, by table."""
    runs: list[list[int]] = []
    for number, line in enumerate(lines):
        if not is_row(line):
            continue
        last = lines[runs[-1][-1]] if runs else None
        if last and last[0].base - line[0].base <= REACH * line[0].size:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run for run in runs if len(run) > 1]


def _chains(lines: list[Line], numbers: range, left: float) -> list[_Block]:
    """Words left of the values that stand under each other: one label of several lines, or several such."""
    chains: list[_Block] = []
    for number in numbers:
        for word in lines[number]:
            if word.x1 > left or is_value(word):
                continue
            above = next((chain for chain in reversed(chains) if _follows(chain.words[-1], word)), None)
            if above is None:
                chains.append(_Block([word], [number]))
            else:
                above.words.append(word)
                above.lines.append(number)
    return [chain for chain in chains if len(chain.words) > 1]


def _follows(above: Word, below: Word) -> bool:
    """Whether a word could be the next line of a label."""
    size = max(above.size, below.size)
    starts = abs(above.x0 - below.x0)
    middles = abs(above.x0 + above.x1 - below.x0 - below.x1) / 2
    return min(starts, middles) <= ALIGNED * size and 0.5 * size < _step(above, below) <= STEP * size


def _step(above: Word, below: Word) -> float:
    return above.base - below.base


def _move(block: _Block, target: int, lines: list[Line]) -> None:
    base = lines[target][-1].base
    moved = {id(word) for word in block.words}
    for number in block.lines:
        lines[number] = [word for word in lines[number] if id(word) not in moved]
    glyphs = [glyph._replace(base=base) for word in block.words for glyph in word.glyphs]
    glyphs[0] = glyphs[0]._replace(x0=min(word.x0 for word in block.words))
    glyphs[-1] = glyphs[-1]._replace(x1=max(word.x1 for word in block.words))
    lines[target] = sorted([*lines[target], Word(glyphs)], key=lambda word: word.x0)
