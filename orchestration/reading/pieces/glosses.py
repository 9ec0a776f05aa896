"""Words in brackets behind a label that name other rows: 其他文件（含规范性文件）. They are no labels of those rows.

Belongs here: what such a gloss is, and a label text without them, so that the label at the beginning of its own line or
cell is the one that counts. The brackets of the form's own labels open with other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from orchestration.form import declaration
from orchestration.reading.labels.labels import labels_of
from orchestration.reading.labels.normal import key
from orchestration.reading.labels.places import TABLES
from orchestration.reading.pieces.piece import Piece, Pieces

OPENS = r"[（(【\[]\s*(?:其中)?\s*[:：]?\s*(?:不?\s*包?\s*含|不?\s*包\s*括|不\s*计|除|如)"
_INSIDE = r"(?:[^（）()【】\[\]]|[（(][^（）()]{0,12}[）)])"
_LONGEST, _LONGEST_PRINTED = 80, 600  # characters: of words alone, and with blanks, bars and line ends between them
_OPENS = re.compile(OPENS)
_GLOSS, _PRINTED = (re.compile(rf"{OPENS}{_INSIDE}{{2,{most}}}?[）)】\]]") for most in (_LONGEST, _LONGEST_PRINTED))


def may_gloss(text: str) -> bool:
    """Whether words in brackets may name rows in a text, at first sight."""
    return _OPENS.search(text) is not None


def glossed(text: str) -> bool:
    """Whether words in brackets name rows in a text as it is printed, blanks and line ends among them."""
    return any(_names_rows(found[0]) for found in _PRINTED.finditer(text))


def without_glosses(pieces: Pieces) -> None:
    """Take the glosses that name rows out of the label text of pieces; they stay in what is printed."""
    gone = sorted(place for span in _spans(pieces) for place in span)
    if not gone:
        return
    dropped = set(gone)
    kept = [place for place in range(len(pieces.owner)) if place not in dropped]
    before = [0] * (len(pieces.owner) + 1)
    for number, place in enumerate(kept):
        before[place + 1] = number + 1
    for place in range(1, len(before)):
        before[place] = max(before[place], before[place - 1])
    pieces.text = "".join(pieces.text[place] for place in kept)
    pieces.owner = [pieces.owner[place] for place in kept]
    for piece in pieces.items:
        piece.at = before[piece.at]


def _spans(pieces: Pieces) -> Iterator[range]:
    """The places in the label text of each gloss: it stands in texts between which no value does."""
    for is_text, group in groupby(pieces.items, lambda piece: piece.kind == "text"):
        texts = list(group) if is_text else []
        joined = "".join(piece.raw for piece in texts)
        for found in _GLOSS.finditer(joined) if may_gloss(joined) else ():
            low, high = (_place(texts, place) for place in found.span())
            if low is not None and high is not None and _names_rows(found[0]):
                yield range(low, high)


def _place(texts: list[Piece], place: int) -> int | None:
    """Where in the label text a place in texts is, that stand one behind the other; None if that cannot be told."""
    for piece in texts:
        if place <= len(piece.raw):
            before, behind = key(piece.raw[:place]), key(piece.raw[place:])
            return piece.at + len(before) if before + behind == key(piece.raw) else None
        place -= len(piece.raw)
    return None


def _names_rows(text: str) -> bool:
    return _rows().search(key(text)) is not None


@lru_cache(maxsize=1)
def _rows() -> re.Pattern:
    forms = declaration().form_names
    rows = (label for form in forms for table in TABLES for label in labels_of(form, table) if label.kind == "row")
    return re.compile("|".join({re.escape(word) for label in rows for word, _, _ in label.weighted}))
