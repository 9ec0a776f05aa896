"""The wordings of the form by which rows of closed cells are told, and how many rows its tables have."""

from __future__ import annotations

from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.labels.labels import labels_of, wordings


@lru_cache(maxsize=4)
def columns_of(table: str) -> tuple[frozenset[str], ...]:
    """The wordings of each column of a table, in the order of the form."""
    return tuple(map(frozenset, wordings(table, "column").values()))


@lru_cache(maxsize=4)
def counts_of(table: str) -> frozenset[int]:
    """How many rows a table has in each form."""
    whole = declaration()
    return frozenset(len(whole.rows_of(form, table)) for form in whole.form_names)


@lru_cache(maxsize=1)
def citations() -> frozenset[str]:
    """The citations of the disclosure table."""
    return wordings_of("disclosure", "citation")


@lru_cache(maxsize=1)
def groups() -> frozenset[str]:
    """The groups of the rows of the request table."""
    return wordings_of("requests", "group")


@lru_cache(maxsize=1)
def channels_of() -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """The wordings of each channel of the dispute table, and those of the group of litigation."""
    litigation = frozenset(word for words in wordings("disputes", "group").values() for word in words)
    return tuple(map(frozenset, wordings("disputes", "row").values())), litigation


def wordings_of(table: str, kind: str) -> frozenset[str]:
    """The wordings of all labels of a kind, with their numbers and without."""
    labels = (label for form in declaration().form_names for label in labels_of(form, table) if label.kind == kind)
    return frozenset(word for label in labels for word in (*label.words, *label.bodies))
