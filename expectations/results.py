"""What a check found, as plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

# The columns of check_history, one row per run and expectation.
CHECK_HISTORY = (
    "run_id",
    "checked_at",  # UTC
    "suite",
    "expectation",
    "identity",  # null for an expectation of ours
    "severity",  # hard or soft
    "success",  # null where the expectation crashed or did not run
    "evaluated",  # instances that could be judged, or rows
    "unexpected",
    "error",
    "citation",
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one expectation in one run.

    ``success`` is None exactly where ``error`` says why there is no outcome. ``blocking`` is true for what we owe
    (keys, coverage, codes) and false for what a report says. ``rows`` are the first failing rows, ready for JSON.
    """

    run_id: str
    checked_at: datetime
    suite: str
    expectation: str
    identity: str | None
    severity: str
    success: bool | None
    evaluated: int | None
    unexpected: int | None
    error: str | None
    citation: str
    blocking: bool
    description: str
    rows: tuple[dict, ...] = ()

    @property
    def stops_publication(self) -> bool:
        """True for a failure of ours and for any expectation without an outcome; never for a violation in a report."""
        return self.success is None or (self.blocking and not self.success)


def history_row(result: CheckResult) -> dict:
    """The row of check_history for ``result``."""
    found = asdict(result)
    return {column: found[column] for column in CHECK_HISTORY}


def plain(value: object) -> object:
    """``value`` as JSON can hold it: whole decimals as int, other decimals and unknown types as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)
