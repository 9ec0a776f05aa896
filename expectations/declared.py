"""Every expectation as a plain record, before Great Expectations is imported: this list is what must have run.

Two suites: ``report_identities`` says what a report owes its readers (a failure is data, shown and never blocking),
``coverage`` what we owe them (a failure is our fault and stops publication).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from expectations import coverage_sql, identity_sql
from expectations.relations import Relations
from orchestration.form import Identity, declaration

IDENTITIES = "report_identities"
COVERAGE = "coverage"
LAYERS = ("reported",)


@dataclass(frozen=True)
class DeclaredExpectation:
    """One expectation on fct_cell: ``query`` (rows that are unexpected), or ``native``, a GX class and its arguments.

    ``severity`` is hard or soft; ``evaluated`` a query that counts what could be judged, else GX's own count is taken.
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
    evaluated: Callable[[], str] | None = None

    @property
    def meta(self) -> dict:
        """What Great Expectations keeps with the expectation; ``name`` finds its result again."""
        named = ("name", "identity", "name_zh", "severity", "blocking", "citation")
        return {key: getattr(self, key) for key in named}

    @property
    def notes(self) -> str:
        """The text beside the expectation in Data Docs."""
        return "\n\n".join(part for part in (self.name_zh, self.description, self.citation) if part)


def declared_expectations() -> tuple[DeclaredExpectation, ...]:
    """All expectations: those of the declared identities of one report in declared order, then those of coverage."""
    of_report = [identity for identity in declaration().identities if identity.scope == "report"]
    return (*(_of_identity(identity) for identity in of_report), *_coverage())


def _of_identity(identity: Identity) -> DeclaredExpectation:
    return DeclaredExpectation(
        suite=IDENTITIES,
        name=identity.identity,
        identity=identity.identity,
        description=identity.description,
        severity=identity.severity,
        blocking=False,
        name_zh=identity.name_zh,
        citation=identity.citation,
        query=lambda names: identity_sql.violations_sql(identity, names.dim_agency, names.agency_name),
        evaluated=partial(identity_sql.evaluated_sql, identity),
    )


def _coverage() -> list[DeclaredExpectation]:
    whole = declaration()
    doubts = [problem.code for problem in whole.problems if problem.kind == "doubt"]
    codes = {
        "status": list(whole.statuses),
        "doubt": doubts,
        "evidence": list(whole.evidence),
        "form": list(whole.form_names),
        "layer": list(LAYERS),
    }
    ours = partial(DeclaredExpectation, suite=COVERAGE, severity="hard", blocking=True)
    key = ("report_id", "cell")
    required = (*key, "status", "layer", "form", "is_current")
    return [
        *(
            ours(
                name=f"{column}_present",
                description=f"Every row of fct_cell has its {column}.",
                native=("ExpectColumnValuesToNotBeNull", {"column": column}),
            )
            for column in required
        ),
        ours(
            name="key_unique",
            description="A report has each cell once.",
            native=("ExpectCompoundColumnsToBeUnique", {"column_list": list(key)}),
        ),
        *(
            ours(
                name=f"{column}_declared",
                description=f"Where {column} is filled in, it is one of the declared codes.",
                native=("ExpectColumnValuesToBeInSet", {"column": column, "value_set": values}),
            )
            for column, values in codes.items()
        ),
        *(ours(name=name, description=said, query=query) for name, said, query in _COVERAGE_QUERIES),
    ]


_COVERAGE_QUERIES: tuple[tuple[str, str, Callable[[Relations], str]], ...] = (
    (
        "cells_of_forms",
        "Each table of a report has exactly the cells of one form, whatever their status.",
        lambda names: coverage_sql.cells_of_forms_sql(),
    ),
    (
        "tables_kept",
        "Each table that reading found in a report has its cells here.",
        lambda names: coverage_sql.tables_kept_sql(names.report_tables),
    ),
    ("address_whole", "The address of a cell is its table, row and column.", lambda names: coverage_sql.ADDRESS),
    (
        "value_where_reported",
        "A cell has a value exactly where its status is reported.",
        lambda names: coverage_sql.VALUE,
    ),
    ("current_single", "At most one report of an agency and year is current.", lambda names: coverage_sql.CURRENT),
)
