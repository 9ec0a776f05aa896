"""Runs every declared expectation on a warehouse and returns what was found as plain rows."""

from __future__ import annotations

from collections import defaultdict
from contextlib import redirect_stderr
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.context import build_site, warehouse_batch
from expectations.declared import declared_expectations
from expectations.outcome import crash, unexpected
from expectations.record import DeclaredExpectation
from expectations.relations import Relations, reading, relations
from expectations.results import CheckResult

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

ROWS = 20


def run_checks(
    warehouse: Path, run_id: str, *, home: Path | None = None, checked_at: datetime | None = None, rows: int = ROWS
) -> list[CheckResult]:
    """One result per declared expectation, in declared order, with at most ``rows`` failing rows each.

    With ``home``, Data Docs are built too. A crash is an ``error`` of its expectation; a warehouse that cannot be
    opened or lacks a table is the error of all of them. Raises nothing of GX's or DuckDB's.
    """
    declared = declared_expectations()
    checked_at = checked_at or datetime.now(UTC)
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    counts: dict[str, int] = {}
    try:
        names = relations(warehouse)
        counts = _count(warehouse, names, declared, errors)
        found = _run(warehouse, names, declared, counts, run_id, home)
    except Exception as error:  # whatever it is, it means that the checks have no outcome
        errors = {expectation.name: _text(error) for expectation in declared} | errors
    return [
        _result(expectation, found.get(expectation.name), errors, counts, run_id, checked_at, rows)
        for expectation in declared
    ]


def violations(warehouse: Path) -> list[dict]:
    """Every violated instance of every identity, without limit, as Great Expectations finds them.

    Keys: identity, agency, year, report_id, form (across years: forms, previous_report_id, exception), member, verdict,
    left, right, difference, missing.
    Raises LookupError for a missing table, RuntimeError where a query fails, duckdb.Error for a file that won't open.
    """
    names = relations(warehouse)
    identities = [expectation for expectation in declared_expectations() if expectation.identity]
    # GX draws a progress bar here whatever its settings say
    with warehouse_batch(warehouse, names) as (context, batch), redirect_stderr(StringIO()):
        definition = _definition(context, batch, "identities", identities, names)
        return [
            {"identity": expectation.meta["identity"], **row}
            for expectation in definition.suite.expectations
            for row in definition.get_unexpected_rows(expectation)
        ]


def _run(
    warehouse: Path,
    names: Relations,
    declared: tuple[DeclaredExpectation, ...],
    counts: dict[str, int],
    run_id: str,
    home: Path | None,
) -> dict[str, Any]:
    """GX's result per name of an expectation."""
    import great_expectations as gx

    suites = defaultdict(list)
    for expectation in declared:
        suites[expectation.suite].append(expectation)
    with warehouse_batch(warehouse, names, home) as (context, batch):
        definitions = [_definition(context, batch, suite, members, names, counts) for suite, members in suites.items()]
        checkpoint = context.checkpoints.add(
            gx.Checkpoint(
                name="warehouse", validation_definitions=definitions, result_format={"result_format": "COMPLETE"}
            )
        )
        outcome = checkpoint.run(run_id=gx.RunIdentifier(run_name=run_id))
        if home:
            build_site(context, home)
    results = [result for run in outcome.run_results.values() for result in run.results]
    return {result.expectation_config.meta["name"]: result for result in results}


def _definition(
    context: Any,
    batch: Any,
    suite: str,
    members: list[DeclaredExpectation],
    names: Relations,
    counts: dict[str, int] | None = None,
) -> Any:
    import great_expectations as gx

    # all at once: added one by one, each would write the whole suite anew
    built = context.suites.add(gx.ExpectationSuite(suite, [_expectation(one, names, counts or {}) for one in members]))
    return context.validation_definitions.add(gx.ValidationDefinition(name=suite, data=batch, suite=built))


def _expectation(declared: DeclaredExpectation, names: Relations, counts: dict[str, int]) -> Expectation:
    from great_expectations import expectations as gxe

    told = {
        "meta": declared.meta | {"evaluated": counts.get(declared.name)},
        "notes": declared.notes,
        "description": declared.description,
        "severity": "critical" if declared.severity == "hard" else "warning",
    }
    if declared.native:
        kind, arguments = declared.native
        return getattr(gxe, kind)(**arguments, **told)
    return gxe.UnexpectedRowsExpectation(unexpected_rows_query=declared.query(names).strip(), **told)


def _count(
    warehouse: Path, names: Relations, declared: tuple[DeclaredExpectation, ...], errors: dict[str, str]
) -> dict[str, int]:
    """How much each expectation had to judge: instances of an identity, or rows of fct_cell."""
    counts = {}
    with reading(warehouse) as connection:
        for expectation in declared:
            query = expectation.evaluated(names) if expectation.evaluated else "select count(*) from {batch}"
            try:
                counts[expectation.name] = connection.execute(query.format(batch=names.fct_cell)).fetchone()[0]
            except Exception as error:
                errors[expectation.name] = _text(error)
    return counts


def _result(
    declared: DeclaredExpectation,
    found: Any,
    errors: dict[str, str],
    counts: dict[str, int],
    run_id: str,
    checked_at: datetime,
    rows: int,
) -> CheckResult:
    error = errors.get(declared.name) or crash(found)
    count, failing = unexpected(found, rows) if error is None else (None, [])
    return CheckResult(
        run_id=run_id,
        checked_at=checked_at,
        suite=declared.suite,
        expectation=declared.name,
        identity=declared.identity,
        severity=declared.severity,
        success=None if error else bool(found.success),
        evaluated=None if error else counts[declared.name],
        unexpected=count,
        error=error,
        citation=declared.citation,
        blocking=declared.blocking,
        description=declared.description,
        rows=tuple(failing),
    )


def _text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
