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
        name_zh="各列及其顺序与说明一致",
        description="The columns of fct_cell are those that it is described with, in that order.",
        native=("ExpectTableColumnsToMatchOrderedList", {"column_list": [name for name, _, _ in columns]}),
    )
    yield ours(
        name="types_as_contracted",
        name_zh="各列类型与说明一致",
        description="Each column of fct_cell has the type that it is described with.",
        query=lambda names: coverage_sql.types_sql(columns),
    )
    for column in (name for name, _, filled in columns if filled):
        yield ours(
            name=f"{column}_present",
            name_zh=f"{column} 列不为空",
            description=f"Every row of fct_cell has its {column}.",
            native=("ExpectColumnValuesToNotBeNull", {"column": column}),
        )
    yield ours(
        name="key_unique",
        name_zh="每份报告的每个单元格只有一行",
        description="A report has each cell once.",
        native=("ExpectCompoundColumnsToBeUnique", {"column_list": KEY}),
    )
    for column, values in _codes().items():
        yield ours(
            name=f"{column}_declared",
            name_zh=f"{column} 列只含申报的代码",
            description=f"Where {column} is filled in, it is one of the declared codes.",
            native=("ExpectColumnValuesToBeInSet", {"column": column, "value_set": values}),
        )
    for name, said_zh, said, query in _COVERAGE:
        yield ours(suite=COVERAGE, name=name, name_zh=said_zh, description=said, query=query)


def _codes() -> dict[str, list[str]]:
    whole = declaration()
    return {
        "status": list(whole.statuses),
        "doubt": [problem.code for problem in whole.problems if problem.kind == "doubt"],
        "evidence": list(whole.evidence),
        "form": list(whole.form_names),
        "layer": list(LAYERS),
    }


_COVERAGE: tuple[tuple[str, str, str, Callable[[Relations], str]], ...] = (
    (
        "cells_of_forms",
        "每张表恰有其版式的全部单元格",
        "Each table of a report has exactly the cells of one form, whatever their status.",
        lambda names: coverage_sql.cells_of_forms_sql(),
    ),
    (
        "tables_kept",
        "识读到的每张表都有单元格",
        "Each table that reading found in a report has its cells here.",
        lambda names: coverage_sql.tables_kept_sql(names.stg_report_tables),
    ),
    (
        "address_whole",
        "单元格地址由表、行、列组成",
        "The address of a cell is its table, row and column.",
        lambda names: coverage_sql.ADDRESS,
    ),
    (
        "value_where_reported",
        "有报告值的单元格才有数值",
        "A cell has a value exactly where its status is reported.",
        lambda names: coverage_sql.VALUE,
    ),
    (
        "current_single",
        "同一机关同一年度至多一份现行报告",
        "At most one report of an agency and year is current.",
        lambda names: coverage_sql.CURRENT,
    ),
    (
        "claims_recomputed",
        "文字核对所依据的合计与此处一致",
        "The verdict on a claim of the prose was given on the sum that its cells have here.",
        claim_sql.recomputed_sql,
    ),
)
