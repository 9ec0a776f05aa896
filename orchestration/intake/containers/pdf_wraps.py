"""Tables without ruling lines: labels wrapped over several lines, with their values level with the middle of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.intake.containers.pdf_words import Word

VALUE = re.compile(r"[+\-－]?[\d０-９][\d０-９.,，．]*[件条元万%]*|[/／—–－-]+|无|不适用")
ALIGNED = 0.4  # of the size: how far the beginnings, or the middles, of lines of one label may lie apart
STEP = 1.7  # of the size: from one line of a label to the next, at most
SAME_STEP = 1.04  # of the least step on the page: what is further apart are two labels
SPACE = 0.6  # of the size: a printed space within a label is no wider
LEVEL = 0.35  # of the size: how far values may stand from the middle of their label
REACH = 8  # of the size: from one row of values to the next, at most

Line = list[Word]


@dataclass(slots=True)
class _Block:
    """The lines of one label, from the top, with the numbers of the lines of the page that they stand on."""

    words: list[Word]
    lines: list[int]

    @property
    def middle(self) -> float:
        return (self.words[0].base + self.words[-1].base) / 2


def is_value(word: Word) -> bool:
    """Whether a word could fill a cell of values: a figure, or a mark for none."""
    return VALUE.fullmatch("".join(glyph.text for glyph in word.glyphs)) is not None


def count_values(line: Line) -> int:
    """How many figures a line ends with."""
    count = 0
    for word in reversed(line):
        if not is_value(word):
            break
        count += 1
    return count


def join_labels(lines: list[Line]) -> list[Line]:
    """The lines of a page, from the top, with each wrapped label put on the line of its values."""
    lines = [_with_spaces(line) for line in lines]
    for rows in _runs(lines):
        left = min(lines[row][-count_values(lines[row])].x0 for row in rows)
        blocks = _blocks(lines, range(max(0, rows[0] - 4), min(len(lines), rows[-1] + 5)), left)
        for block in blocks:
            beside = [row for row in rows if block.words[-1].base < lines[row][-1].base < block.words[0].base]
            level = [row for row in beside if abs(lines[row][-1].base - block.middle) <= LEVEL * block.words[0].size]
            if len(beside) == 1 and level:
                _move(block, level[0], lines)
            elif not beside and rows[0] < block.lines[0] < rows[-1]:
                _move(block, block.lines[0], lines)  # the label of a group
    return [line for line in lines if line]


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
        if count_values(line) < 2:
            continue
        last = lines[runs[-1][-1]] if runs else None
        if last and last[0].base - line[0].base <= REACH * line[0].size:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run for run in runs if len(run) > 1]


def _blocks(lines: list[Line], numbers: range, left: float) -> list[_Block]:
    """Labels of two lines and more among the words left of the values."""
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
    steps = [_step(a, b) for chain in chains for a, b in zip(chain.words, chain.words[1:], strict=False)]
    if not steps:
        return []
    longest = SAME_STEP * min(steps)
    blocks: list[_Block] = []
    for chain in chains:
        blocks.append(_Block(chain.words[:1], chain.lines[:1]))
        for place in range(1, len(chain.words)):
            if _step(chain.words[place - 1], chain.words[place]) > longest:
                blocks.append(_Block([], []))
            blocks[-1].words.append(chain.words[place])
            blocks[-1].lines.append(chain.lines[place])
    return [block for block in blocks if len(block.words) > 1]


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
