"""The wordings of the form by which rows of closed cells are told, and how many rows its tables have."""

from __future__ import annotations

from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.labels.labels import labels_of
from orchestration.reading.labels.normal import key


@lru_cache(maxsize=4)
def columns_of(table: str) -> tuple[frozenset[str], ...]:
    """The wordings of each column of a table, in the order of the form."""
    whole = declaration()
    codes = [column.column_code for column in whole.columns_of(whole.form_names[-1], table)]
    return _wordings(table, "column", codes)


def _wordings(table: str, kind: str, codes: list[str]) -> tuple[frozenset[str], ...]:
    whole = declaration()
    labels = [(code, key(text)) for code, text in whole.labels_of(whole.form_names[-1], table, kind)]
    return tuple(frozenset(text for code, text in labels if code == wanted) for wanted in codes)


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
    whole = declaration()
    form = whole.form_names[-1]
    channels = _wordings("disputes", "row", [row.row_code for row in whole.rows_of(form, "disputes")])
    return channels, frozenset(key(text) for _, text in whole.labels_of(form, "disputes", "group"))


def wordings_of(table: str, kind: str) -> frozenset[str]:
    """The wordings of all labels of a kind, with their numbers and without."""
    labels = (label for form in declaration().form_names for label in labels_of(form, table) if label.kind == kind)
    return frozenset(word for label in labels for word in (*label.words, *label.bodies))
