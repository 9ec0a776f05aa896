"""Great Expectations on the warehouse: suites built from the declared form, a checkpoint, Data Docs.

Belongs here: what is expected of the cells, asked of DuckDB in SQL. Does not belong here: rules of its own (they are
rows of the declaration), Dagster, or anything that writes to the warehouse.

Importing this package does not import great_expectations, which takes seconds; the functions do when called.
"""

from expectations.checkpoint import run_checks, violations
from expectations.declared import COVERAGE, IDENTITIES, DeclaredExpectation, declared_expectations
from expectations.results import CHECK_HISTORY, CheckResult, history_row

__all__ = [
    "CHECK_HISTORY",
    "COVERAGE",
    "IDENTITIES",
    "CheckResult",
    "DeclaredExpectation",
    "declared_expectations",
    "history_row",
    "run_checks",
    "violations",
]
