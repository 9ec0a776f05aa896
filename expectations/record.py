"""What an expectation is to us, and how its suite is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from expectations.relations import Relations

YEARS, CLAIMS, PLAUSIBILITY = "identities_across_years", "prose_against_tables", "plausibility"
SCHEMA, COVERAGE = "schema", "coverage"


def identities_suite(form: str) -> str:
    """The suite of the identities of a form."""
    return f"identities_{form}"


@dataclass(frozen=True)
class DeclaredExpectation:
    """One expectation on fct_cell: ``query`` (rows that are unexpected), or ``native``, a GX class and its arguments.

    ``severity`` is hard or soft; ``evaluated`` a query that counts what could be judged, else the rows of fct_cell are.
    """

    suite: str
    name: str
    description: str
    severity: str
    blocking: bool
    identity: str | None = None
    name_zh: str = ""
    citation: str = ""
    query: Callable[[Relations], str] | None = None
    native: tuple[str, dict] | None = None
    evaluated: Callable[[Relations], str] | None = None

    @property
    def meta(self) -> dict:
        """What Great Expectations keeps with the expectation; ``name`` finds its result again."""
        named = ("name", "identity", "name_zh", "severity", "blocking", "citation")
        return {key: getattr(self, key) for key in named}

    @property
    def notes(self) -> str:
        """The text beside the expectation in Data Docs."""
        return "\n\n".join(part for part in (self.name_zh, self.description, self.citation) if part)
