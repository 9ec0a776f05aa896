"""When publication is refused: a blocking check that failed, crashed or did not run. Violations in reports never do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass


class PublicationRefused(RuntimeError):
    """Publication was refused; ``reasons`` names each check and what became of it."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("not published: " + "; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What became of one check: ``passed`` is None where it crashed, and ``detail`` says why."""

    name: str
    blocking: bool
    passed: bool | None
    detail: str = ""


def refusals(checks: Iterable[CheckOutcome], required: Collection[str]) -> list[str]:
    """Why publication must not happen, one sentence per check; empty where nothing stands against it.

    ``required`` names the checks that must have run, blocking or not: one that is not among ``checks`` is a reason.
    """
    checks = list(checks)
    reasons = [f"{check.name} {_fate(check)}" for check in checks if check.passed is None]
    reasons += [f"{check.name} {_fate(check)}" for check in checks if check.blocking and check.passed is False]
    ran = {check.name for check in checks}
    return reasons + [f"{name} did not run" for name in required if name not in ran]


def _fate(check: CheckOutcome) -> str:
    fate = "failed" if check.passed is False else "crashed"
    return f"{fate} ({check.detail})" if check.detail else fate
