"""What we owe the reader whatever a report says: columns as contracted, declared codes, every cell of a form once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from expectations import claim_sql, coverage_sql
from expectations.contract import contracted_columns
from expectations.record import COVERAGE, SCHEMA, DeclaredExpectation
from expectations.relations import Relations
from orchestration.form import declaration

LAYERS = ("reported",)
KEY = ["report_id", "cell"]


def owed() -> Iterator[DeclaredExpectation]:
    """The expectations of the suites schema and coverage."""
    ours = partial(DeclaredExpectation, suite=SCHEMA, severity="hard", blocking=True)
    columns = contracted_columns()
    yield ours(
        name="columns_as_contracted",
        description="The columns of fct_cell are those that it is described with, in that order.",
        native=("ExpectTableColumnsToMatchOrderedList", {"column_list": [name for name, _, _ in columns]}),
    )
    yield ours(
        name="types_as_contracted",
        description="Each column of fct_cell has the type that it is described with.",
        query=lambda names: coverage_sql.types_sql(columns),
    )
    for column in (name for name, _, filled in columns if filled):
        yield ours(
            name=f"{column}_present",
            description=f"Every row of fct_cell has its {column}.",
            native=("ExpectColumnValuesToNotBeNull", {"column": column}),
        )
    yield ours(
        name="key_unique",
        description="A report has each cell once.",
        native=("ExpectCompoundColumnsToBeUnique", {"column_list": KEY}),
    )
    for column, values in _codes().items():
        yield ours(
            name=f"{column}_declared",
            description=f"Where {column} is filled in, it is one of the declared codes.",
            native=("ExpectColumnValuesToBeInSet", {"column": column, "value_set": values}),
        )
    for name, said, query in _COVERAGE:
        yield ours(suite=COVERAGE, name=name, description=said, query=query)


def _codes() -> dict[str, list[str]]:
    whole = declaration()
    return {
        "status": list(whole.statuses),
        "doubt": [problem.code for problem in whole.problems if problem.kind == "doubt"],
        "evidence": list(whole.evidence),
        "form": list(whole.form_names),
        "layer": list(LAYERS),
    }


_COVERAGE: tuple[tuple[str, str, Callable[[Relations], str]], ...] = (
    (
        "cells_of_forms",
        "Each table of a report has exactly the cells of one form, whatever their status.",
        lambda names: coverage_sql.cells_of_forms_sql(),
    ),
    (
        "tables_kept",
        "Each table that reading found in a report has its cells here.",
        lambda names: coverage_sql.tables_kept_sql(names.stg_report_tables),
    ),
    ("address_whole", "The address of a cell is its table, row and column.", lambda names: coverage_sql.ADDRESS),
    (
        "value_where_reported",
        "A cell has a value exactly where its status is reported.",
        lambda names: coverage_sql.VALUE,
    ),
    ("current_single", "At most one report of an agency and year is current.", lambda names: coverage_sql.CURRENT),
    (
        "claims_recomputed",
        "The verdict on a claim of the prose was given on the sum that its cells have here.",
        claim_sql.recomputed_sql,
    ),
)
