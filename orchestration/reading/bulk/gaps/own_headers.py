"""The headers of drawn lines that may hold more than the form: columns of the agency's own, or years below them.

What these mean is decided in ``own_columns``; here they are only seen, and such tables left to the careful path.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from orchestration.reading.pieces.cutting import cut_line


@lru_cache(maxsize=8192)
def texts_of(line: str) -> tuple[tuple[int, str, str], ...] | None:
    """The texts in the cells of a drawn line, each with its place before it and its key behind; None for another."""
    cut = cut_line(line)
    return tuple((cell[2], cell[1], cell[5]) for cell in cut.pieces if cell[0] == "text") if cut.drawn else None


def may_divide(line: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a line names several columns and none of the form; ``words`` are the wordings of those."""
    texts = texts_of(line) or ()
    return len(texts) > 1 and not any(word in known for *_, word in texts for known in words.values())
