"""The whole publication in a few numbers: reports, coverage by year and region, verdicts."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published


def everything(published: Published) -> None:
    """Ask all that the page shows, so that it is known when somebody looks."""
    for question in (publication, totals, cells, verdicts, by_year, by_province):
        question(published)


def publication(published: Published) -> dict:
    """The row of ``publication``: when, by which code, from which form."""
    return published.one("select * from publication")


def totals(published: Published) -> dict:
    """``files``, ``reports`` (current ones), ``set_aside``, ``agencies``, ``first_year``, ``last_year``."""
    return published.one("""
        select
            count(*) as files,
            count(*) filter (where is_current) as reports,
            count(*) filter (where set_aside is not null) as set_aside,
            count(distinct agency_id) filter (where is_current) as agencies,
            min(year) filter (where is_current) as first_year,
            max(year) filter (where is_current) as last_year
        from dim_report
    """)


def cells(published: Published) -> dict:
    """``cells``, ``reported`` and ``doubtful`` over the current reports; null where there is none."""
    return published.one("""
        select sum(cells) as cells, sum(cells_reported) as reported, sum(cells_doubtful) as doubtful
        from mart_agency_year
    """)


def by_year(published: Published) -> pl.DataFrame:
    """One row per year: ``reports``; ``expected``, ``received``, ``missing`` of the roster; ``late``; ``violated``.

    Those of the roster are null in a year for which it names nobody.
    """
    return published.ask("""
        with read as (
            select year, count(*) as reports, count(*) filter (where violations > 0) as violated
            from mart_agency_year group by year
        ), roster as (
            select
                year,
                nullif(count(*) filter (where is_expected), 0) as expected,
                if(expected is null, null, count(report_id) filter (where is_expected)) as received,
                if(expected is null, null, count(*) filter (where timeliness = 'missing')) as missing,
                count(*) filter (where timeliness = 'late') as late
            from mart_timeliness group by year
        )
        select year, coalesce(reports, 0) as reports, expected, received, missing, late, violated
        from read full join roster using (year)
        order by year
    """)


def by_province(published: Published) -> pl.DataFrame:
    """One row per ``province_name`` (null: region open) and ``year``: current ``reports``, those ``violated``.

    ``expected`` and ``received`` of the roster are null where it names nobody.
    """
    return published.ask("""
        select
            agencies.province_name,
            year,
            count(years.report_id) as reports,
            count(*) filter (where years.violations > 0) as violated,
            nullif(count(*) filter (where times.is_expected), 0) as expected,
            if(expected is null, null, count(times.report_id) filter (where times.is_expected)) as received
        from mart_agency_year as years
        full join mart_timeliness as times using (agency_id, year)
        left join dim_agency as agencies using (agency_id)
        group by all
        order by all
    """)


def verdicts(published: Published) -> pl.DataFrame:
    """Number of judgements by ``identity``, its names, and ``verdict``, over the current reports."""
    return published.ask("""
        select identity, any_value(name_zh) as name_zh, any_value(name_en) as name_en, verdict, count(*) as judged
        from fct_identity_check
        where is_current
        group by identity, verdict
        order by identity, verdict
    """)
