"""What one result of Great Expectations says, whatever the kind of expectation."""

from __future__ import annotations

from typing import Any

from expectations.results import plain


def crash(found: Any) -> str | None:
    """Why an expectation has no outcome; GX reports a crash as success False with ``exception_info``."""
    if found is None:
        return "the expectation did not run"
    info = found.exception_info or {}
    nested = info.values() if all(isinstance(value, dict) for value in info.values()) else [info]
    said = [one.get("exception_message") or "crashed" for one in nested if one.get("raised_exception")]
    said = [message.split("\n[SQL:")[0] for message in said]  # SQLAlchemy repeats the whole query
    return "; ".join(dict.fromkeys(said)) or None


def unexpected(found: Any, limit: int) -> tuple[int, list[dict]]:
    """How many rows, values or columns are not as expected, and the first of them as plain rows."""
    detail = found.result or {}
    details = detail.get("details") or {}
    mismatched = details.get("mismatched") or []  # of the list of columns
    count = detail.get("unexpected_count", detail.get("observed_value"))
    count = len(mismatched) if isinstance(count, list) else count
    rows = details.get("unexpected_rows") or detail.get("partial_unexpected_list") or mismatched
    shown = [row if isinstance(row, dict) else {"value": row} for row in rows[:limit]]
    return int(count or 0), [plain(row) for row in shown]
