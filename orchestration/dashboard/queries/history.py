"""The checks of our own work by run, and what changed with the publication."""

from __future__ import annotations

import polars as pl

from orchestration.dashboard.published import Published


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


def difference(published: Published) -> pl.DataFrame | None:
    """What this publication added, changed or lost against the one before; None where the file does not say."""
    if not published.columns("publication_difference"):
        return None
    return published.ask("select * from publication_difference limit 5000")
