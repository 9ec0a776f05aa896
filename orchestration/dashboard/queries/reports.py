"""One report: finding it, and all that the publication holds of it."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published

MOST_FOUND = 200


def years(published: Published) -> list[int]:
    """The years that have reports, the latest first."""
    return published.ask("select distinct year from dim_report where year is not null order by year desc")[
        "year"
    ].to_list()


def search(published: Published, text: str, year: int | None = None) -> pl.DataFrame:
    """Up to MOST_FOUND reports whose agency or file name holds ``text``; those with violations first.

    Columns: report_id, agency_name, year, is_current, set_aside, path, violations (null for one that is not current).
    """
    return published.ask(
        f"""
        select
            report_id,
            coalesce(reports.agency_name, reports.name_in_title) as agency_name,
            reports.year,
            reports.is_current,
            reports.set_aside,
            reports.path,
            years.violations
        from dim_report as reports
        left join mart_agency_year as years using (report_id)
        where (contains(coalesce(reports.agency_name, ''), $1) or contains(coalesce(reports.path, ''), $1))
            and ($2::integer is null or reports.year = $2)
        order by coalesce(years.violations, 0) desc, reports.year desc nulls last, agency_name, report_id
        limit {MOST_FOUND}
        """,
        (text, year),
    )


def head(published: Published, report_id: str) -> dict:
    """The row of ``dim_report``; empty where there is none."""
    return published.one("select * from dim_report where report_id = ?", (report_id,))


def cells(published: Published, report_id: str) -> pl.DataFrame:
    """All cells as reported."""
    return published.ask(
        "select cell, value, unit, unit_source, status, raw, line, evidence, doubt from fct_cell where report_id = ?",
        (report_id,),
    )


def checks(published: Published, report_id: str) -> pl.DataFrame:
    """The verdicts within the report."""
    return published.ask(
        "select identity, member, name_zh, name_en, left_side, right_side, difference, verdict, verdict_after, "
        "missing_cells, exception_id, decision from fct_identity_check where report_id = ? order by identity, member",
        (report_id,),
    )


def across_years(published: Published, report_id: str) -> pl.DataFrame:
    """The verdicts against the year before."""
    return published.ask(
        "select identity, member, name_zh, name_en, left_side, right_side, difference, verdict, exception_id, "
        "previous_report_id from fct_year_check where report_id = ? order by identity, member",
        (report_id,),
    )


def edits(published: Published, report_id: str) -> pl.DataFrame:
    """The suggested corrections, best first: one row for each cell of each."""
    return published.ask(
        "select component, certainty, identities, solutions, solution_rank, cell, value_from, value_to, decision "
        "from fct_cell_edit where report_id = ? order by edit_number",
        (report_id,),
    )


def derived(published: Published, report_id: str) -> pl.DataFrame:
    """Values that the identities prove for missing cells."""
    return published.ask(
        "select cell, value, conditional, proof from fct_derived_cell where report_id = ? order by cell", (report_id,)
    )


def claims(published: Published, report_id: str) -> pl.DataFrame:
    """Sentences of the prose held against the tables."""
    return published.ask(
        "select line, sentence, value, expected, verdict, reason_zh, reason_en from fct_prose_claim "
        "where report_id = ? order by line, claim_number",
        (report_id,),
    )


def problems(published: Published, report_id: str) -> pl.DataFrame:
    """What went wrong in reading, and implausible values, by line."""
    return published.ask(
        """
        select line, name_zh, name_en, message from fct_reading_problem where report_id = $1
        union all
        select line, name_zh, name_en, coalesce(sentence, member) from fct_plausibility_check
        where report_id = $1 and verdict like 'violated%'
        order by line nulls last
        """,
        (report_id,),
    )


def source_lines(published: Published, report_id: str) -> pl.DataFrame | None:
    """``line`` and ``text`` of the source, in order; None where the publication does not hold source lines."""
    if not published.columns("source_line"):
        return None
    return published.ask("select line, text from source_line where report_id = ? order by line", (report_id,))


def everything(published: Published) -> None:
    """Ask what the page shows at first, so that it is known when somebody looks."""
    years(published)
    for report_id in search(published, "")["report_id"][:1]:
        for question in (head, source_lines, cells, checks, across_years, edits, derived, claims, problems):
            question(published, report_id)
