"""Tables without ruling lines: the header over the values, whose cells are wrapped and stand at different heights.

Read line by line, 社会公益 and 组织 would part, and 自然人 would come before or after its neighbours by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from orchestration.intake.containers.pdf_words import TIGHT, Word, count_values, is_row, is_value

REACH = 4.0  # of the size: from one line of a header to the next, at most
STEP = 1.7  # of the size: from one line of a cell to the next
ALIGNED = 0.5  # of the size: how far the beginnings, or the middles, of lines of one cell may lie apart
OVERLAP = 0.25  # of the narrower of two words: how far they stand over each other
LESS = 0.2  # of the size: how much nearer to the others a cell must stand without its highest line
SMALL_GAP = 2 * TIGHT  # between characters of neighbouring cells that nearly touch

Line = list[Word]


@dataclass(slots=True)
class _Stack:
    """The lines of one header cell, from the bottom."""

    words: list[Word]
    closed: bool = False

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    def cell(self) -> Word:
        """The cell as one word, on the height of its lowest line and as wide as its widest."""
        glyphs = [glyph for word in reversed(self.words) for glyph in word.glyphs]
        base = self.words[0].base
        glyphs = [glyph._replace(base=base) for glyph in glyphs]
        glyphs[0] = glyphs[0]._replace(x0=self.x0)
        glyphs[-1] = glyphs[-1]._replace(x1=self.x1)
        return Word(glyphs, cell=True)


def level_headers(lines: list[Line]) -> list[Line]:
    """The lines of a page, from the top, with the cells of each header put together on one line above its values."""
    done: list[Line] = []
    header_from = 0  # no header reaches above the values of the table before
    for line in lines:
        if is_row(line):
            if header_from < len(done):
                _level(done, header_from, line)
            header_from = len(done) + 1
        done.append(line)
    return done


def _level(done: list[Line], header_from: int, values: Line) -> None:
    """Put the header that ``done`` ends with on one line, where it stands on several."""
    first = values[-count_values(values)]
    left = first.x0 - 2 * first.size
    start, below = len(done), values
    while start > header_from and done[start - 1][0].base - below[0].base <= REACH * below[0].size:
        line = done[start - 1]
        if any(word.x0 < left - word.size and word.x1 > first.x1 for word in line):
            break  # prose, or a heading
        start, below = start - 1, line
    pieces = [[piece for word in line for piece in _split(word, values)] for line in done[start:]]
    stacks, others = _stacks(pieces, left, values)
    if len(stacks) < 2:
        return
    labels = [word for line in others for word in line if word.x1 <= left]
    others += [[word] for word in (*_strangers(stacks, values), *_trim(stacks, labels))]
    heights = {round(word.base) for stack in stacks for word in stack.words}
    if len(stacks) < 2 or len(heights) < 2:
        return
    low, high = min(heights) - 1, max(heights) + 1
    beside = [word for line in others for word in line if word.x1 <= left and low <= word.base <= high]
    if len(beside) == 1:
        others = [[word for word in line if word is not beside[0]] for line in others]
    else:
        beside = []
    base = min(word.base for stack in stacks for word in stack.words)
    cells = sorted((stack.cell() for stack in stacks), key=lambda cell: cell.x0)
    rest = sorted((line for line in others if line), key=lambda line: -line[0].base)
    done[start:] = [*rest, [*beside, *(_at(cell, base) for cell in cells)]]


def _at(cell: Word, base: float) -> Word:
    return replace(cell, glyphs=[glyph._replace(base=base) for glyph in cell.glyphs])


def _stacks(lines: list[Line], left: float, values: Line) -> tuple[list[_Stack], list[Line]]:
    """The lowest cells over the values, and what remains of each line: labels, and cells over several of these."""
    stacks: list[_Stack] = []
    others: list[Line] = []
    for line in reversed(lines):
        rest: Line = []
        fresh: list[_Stack] = []
        for word in line:
            under = [stack for stack in stacks if _overlap(word, stack)]
            if word.x0 + word.x1 <= 2 * left:
                rest.append(word)
            elif not under:
                fresh.append(_Stack([word]))
            elif len(under) == 1 and not under[0].closed and _fits(word, values) and _continues(word, under[0]):
                under[0].words.append(word)
            else:
                rest.append(word)
                for stack in under:
                    stack.closed = True
        stacks += fresh
        others.insert(0, rest)
    return stacks, others


def _strangers(stacks: list[_Stack], values: Line) -> list[Word]:
    """What stands over a value beside its header, such as the number of an article; it is taken from ``stacks``."""
    lowest = min(stack.words[0].base for stack in stacks)
    low = [stack for stack in stacks if stack.words[0].base - lowest < stack.words[0].size / 2]
    if len(low) == count_values(values):
        strangers = [word for stack in stacks for word in stack.words if all(stack is not kept for kept in low)]
        stacks[:] = low
        return strangers
    middles = [value.x0 + value.x1 for value in values if is_value(value)]
    nearest: dict[int, _Stack] = {}
    for stack in sorted(stacks, key=lambda stack: min(abs(stack.x0 + stack.x1 - middle) for middle in middles)):
        place = min(range(len(middles)), key=lambda place: abs(stack.x0 + stack.x1 - middles[place]))
        nearest.setdefault(place, stack)
    strangers = [stack for stack in stacks if all(stack is not kept for kept in nearest.values())]
    stacks[:] = [stack for stack in stacks if any(stack is kept for kept in nearest.values())]
    return [word for stack in strangers for word in stack.words]


def _trim(stacks: list[_Stack], labels: Line) -> list[Word]:
    """Words that stand over a cell and are not its: without them it stands level with the cells of one line."""
    single = [stack.words[0].base for stack in stacks if len(stack.words) == 1] + [word.base for word in labels]
    trimmed: list[Word] = []
    if not single or max(single) - min(single) > LESS * stacks[0].words[0].size:
        return trimmed  # cells on several levels
    level = median(single)
    for stack in stacks:
        while len(stack.words) > 1:
            size, last = stack.words[0].size, stack.words[0].base
            whole, less = (last + stack.words[-1].base) / 2, (last + stack.words[-2].base) / 2
            if abs(less - level) >= abs(whole - level) - LESS * size:
                break
            trimmed.append(stack.words.pop())
    return trimmed


def _overlap(word: Word, stack: _Stack) -> bool:
    shared = min(word.x1, stack.x1) - max(word.x0, stack.x0)
    return shared > OVERLAP * min(word.x1 - word.x0, stack.x1 - stack.x0)


def _fits(word: Word, values: Line) -> bool:
    """Whether a word is narrow enough for one column, by the values left and right of the one below it."""
    middles = [(value.x0 + value.x1) / 2 for value in values if is_value(value)]
    nearest = min(range(len(middles)), key=lambda place: abs(word.x0 + word.x1 - 2 * middles[place]))
    steps = [
        abs(middles[nearest] - middles[place]) for place in (nearest - 1, nearest + 1) if 0 <= place < len(middles)
    ]
    return not steps or word.x1 - word.x0 <= sum(steps) / len(steps)


def _continues(word: Word, stack: _Stack) -> bool:
    """Whether a word is the line above the highest one of a cell."""
    top = stack.words[-1]
    aligned = min(abs(word.x0 - top.x0), abs(word.x0 + word.x1 - top.x0 - top.x1) / 2) <= ALIGNED * top.size
    return aligned and top.base < word.base <= top.base + STEP * top.size


def _split(word: Word, values: Line) -> list[Word]:
    """A word by the cells that it runs over, where neighbouring cells nearly touch."""
    under = [value for value in values if is_value(value) and word.x0 < (value.x0 + value.x1) / 2 < word.x1]
    if len(under) < 2:
        return [word]
    parts = [[word.glyphs[0]]]
    for glyph in word.glyphs[1:]:
        if glyph.x0 - parts[-1][-1].x1 > SMALL_GAP * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
    return [Word(part) for part in parts]
