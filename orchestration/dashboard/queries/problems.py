"""What reading could not do: problems of reports that were read, and files that were set aside."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published


def codes(published: Published) -> pl.DataFrame:
    """``code``, names, ``kind``, number of ``problems`` and of ``reports``, of all files that are here."""
    return published.ask("""
        select
            code, any_value(name_zh) as name_zh, any_value(name_en) as name_en, any_value(kind) as kind,
            count(*) as problems, count(distinct report_id) as reports
        from fct_reading_problem
        group by code
        order by problems desc, code
    """)


def listed(published: Published, code: str | None, text: str = "", limit: int = 1000) -> pl.DataFrame:
    """The problems with agency, year, file and line."""
    return published.ask(
        f"""
        select
            problems.report_id, reports.agency_name, reports.year, problems.code, problems.name_zh, problems.name_en,
            problems.line, problems.message, reports.path
        from fct_reading_problem as problems
        left join dim_report as reports using (report_id)
        where ($1::varchar is null or problems.code = $1)
            and (contains(coalesce(reports.agency_name, ''), $2) or contains(coalesce(reports.path, ''), $2))
        order by reports.agency_name nulls last, reports.year, problems.line
        limit {int(limit)}
        """,
        (code, text),
    )


def set_aside(published: Published) -> pl.DataFrame:
    """Files that were set aside: ``path``, ``code``, names, ``reason``, and the remedy in both languages."""
    return published.ask("select * from set_aside_report order by code, path limit 5000")
