"""The checks of our own work by run, and what changed with the publication."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published

MOST_DIFFERENCES = 2000


def runs(published: Published) -> pl.DataFrame:
    """One row per run: ``checked_at``, ``passed``, ``failed``, ``unexpected`` rows, ``errors``; the latest first."""
    return published.ask("""
        select
            run_id,
            max(checked_at) as checked_at,
            count(*) filter (where success) as passed,
            count(*) filter (where not success) as failed,
            sum(unexpected) as unexpected,
            count(error) as errors
        from check_history
        group by run_id
        order by checked_at desc
    """)


def checks(published: Published, run_id: str) -> pl.DataFrame:
    """The checks of a run, those that did not pass first."""
    return published.ask(
        "select suite, expectation, identity, severity, success, evaluated, unexpected, error, citation "
        "from check_history where run_id = ? order by success, suite, expectation",
        (run_id,),
    )


def trend(published: Published) -> pl.DataFrame:
    """``checked_at``, ``identity`` and ``unexpected`` (members violated) of each run."""
    return published.ask(
        "select checked_at, identity, sum(unexpected) as unexpected from check_history "
        "where identity is not null group by all order by checked_at, identity"
    )


def difference_counts(published: Published) -> pl.DataFrame | None:
    """``kind``, ``change`` and number of ``items`` against the publication before; None where the file does not say."""
    if not published.columns("publication_difference"):
        return None
    return published.ask(
        "select kind, change, sum(items)::bigint as items from publication_difference group by all order by all"
    )


def difference(published: Published, kind: str | None = None) -> pl.DataFrame:
    """What was added, changed or lost, row by row; up to MOST_DIFFERENCES of one kind or of all."""
    return published.ask(
        "select kind, change, agency_name, year, item, before, after, items from publication_difference "
        f"where $1::varchar is null or kind = $1 order by agency_name, year, kind, item limit {MOST_DIFFERENCES}",
        (kind,),
    )
