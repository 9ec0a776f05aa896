"""Great Expectations on the warehouse: suites built from the declared form, a checkpoint, Data Docs.

Belongs here: what is expected of the cells, asked of DuckDB in SQL. Does not belong here: rules of its own (they are
rows of the declaration), Dagster, or anything that writes to the warehouse.

Importing this package does not import great_expectations, which takes seconds; the functions do when called.
"""

from expectations.checkpoint import run_checks, violations
from expectations.declared import declared_expectations
from expectations.record import (
    CLAIMS,
    COVERAGE,
    PLAUSIBILITY,
    SCHEMA,
    YEARS,
    DeclaredExpectation,
    identities_suite,
)
from expectations.relations import TABLES
from expectations.results import CHECK_HISTORY, CheckResult, history_row

__all__ = [
    "CHECK_HISTORY",
    "CLAIMS",
    "COVERAGE",
    "PLAUSIBILITY",
    "SCHEMA",
    "TABLES",
    "YEARS",
    "CheckResult",
    "DeclaredExpectation",
    "declared_expectations",
    "history_row",
    "identities_suite",
    "run_checks",
    "violations",
]
