"""Declared codes as SQL literals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def literal(value: object) -> str:
    """A text, number, truth value or None as SQL; braces are doubled, because the queries are format strings."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("'", "''").replace("{", "{{").replace("}", "}}")
    return f"'{text}'"


def rows(records: Iterable[Sequence[object]], width: int) -> str:
    """The body of a CTE with ``width`` columns: ``values (…), (…)``, or no row at all where there is no record."""
    lines = [f"({', '.join(literal(value) for value in record)})" for record in records]
    if not lines:
        return f"select {', '.join(['null'] * width)} where false"
    return "values\n        " + ",\n        ".join(lines)
