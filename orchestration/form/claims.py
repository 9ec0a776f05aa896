"""How prose states what the tables count, as declared in ``dbt_project/seeds/form/claim_*.csv``.

A sentence becomes a row of word classes (``claim_words.csv``); patterns over those classes say what a number in it
counts (``claim_phrases.csv``), as a meaning: a cell or a weighted sum of cells (``claim_meanings.csv``).
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path

from orchestration.form.declaration import SEEDS, _read, declaration

Terms = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """A wording and the class that patterns call it by; the longest wording at a place counts."""

    word_class: str
    word: str
    note: str


@dataclass(frozen=True, slots=True)
class ClaimPhrase:
    """What a pattern of classes counts.

    ``pattern``: classes in order, ``|`` between alternatives of one place, ``?`` after an optional place, ``#`` the
    number, ``#money`` an amount, ``,`` a break between clauses, ``$`` the end of the clause, `` / `` between whole
    alternatives; a pattern without a number states 0. ``topic``: what the sentence must be about. ``meanings`` and
    ``excuses`` are lists of meanings, parted by spaces: a number that equals one of the former agrees; one that equals
    one of the latter is not judged. ``certainty``: certain (a conflict may be asserted), inside (only within a count
    of the same sentence) or loose (only agreement may be).
    """

    phrase: str
    pattern: str
    topic: str
    meanings: str
    excuses: str
    certainty: str
    example: str


@dataclass(frozen=True, slots=True)
class MeaningTerm:
    """A weighted term of a meaning; ``form`` "" for all, ``row_code`` may end in ``*`` for all rows that fit."""

    meaning: str
    form: str
    weight: int
    table_code: str
    row_code: str
    column_code: str


@dataclass(frozen=True, slots=True)
class ClaimReason:
    """Why a claim is not judged; ``kind`` is scope, wording or table."""

    reason: str
    kind: str
    name_zh: str
    name_en: str
    definition: str


@dataclass(frozen=True)
class ClaimDeclaration:
    """The four files, read once."""

    words: tuple[ClaimWord, ...]
    phrases: tuple[ClaimPhrase, ...]
    meanings: tuple[MeaningTerm, ...]
    reasons: tuple[ClaimReason, ...]

    @cached_property
    def meaning_tables(self) -> dict[str, str]:
        """The table of each meaning."""
        return {term.meaning: term.table_code for term in self.meanings}


@lru_cache(maxsize=4)
def claim_declaration(folder: Path = SEEDS) -> ClaimDeclaration:
    """Read the declaration; raises OSError for a missing file, ValueError for one that does not fit."""
    found = ClaimDeclaration(
        words=_read(folder, "claim_words", ClaimWord),
        phrases=_read(folder, "claim_phrases", ClaimPhrase),
        meanings=_read(folder, "claim_meanings", MeaningTerm),
        reasons=_read(folder, "claim_reasons", ClaimReason),
    )
    known = set(found.meaning_tables)
    for phrase in found.phrases:
        unknown = {*phrase.meanings.split(), *phrase.excuses.split()} - known
        if unknown:
            raise ValueError(
                f"claim_phrases.csv: {phrase.phrase} names the meaning {min(unknown)}, which is not declared"
            )
        if phrase.certainty not in ("certain", "inside", "loose"):
            raise ValueError(f"claim_phrases.csv: {phrase.phrase} has the certainty {phrase.certainty!r}")
    return found


@lru_cache(maxsize=4096)
def meaning_terms(meaning: str, form: str) -> Terms:
    """(weight, address) of each cell of a meaning in a form of its table; empty where the form lacks one of them."""
    found: list[tuple[int, str]] = []
    for term in claim_declaration().meanings:
        if term.meaning != meaning or term.form not in ("", form):
            continue
        cells = [
            cell.address
            for cell in declaration().cells_of(form, term.table_code)
            if fnmatchcase(cell.row_code, term.row_code) and cell.column_code == term.column_code
        ]
        if not cells:
            return ()
        found += [(term.weight, address) for address in cells]
    return tuple(found)
