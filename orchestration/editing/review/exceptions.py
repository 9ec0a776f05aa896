"""Known exceptions: reviewed reasons for which an identity or rule may honestly fail, shown beside the verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from orchestration.editing.review.reviewed import (
    LineError,
    ReviewError,
    a_date,
    a_year,
    an_identity,
    read_reviewed,
    required,
)
from orchestration.form import REFERENCE

PATH = REFERENCE / "known_exceptions.csv"
COLUMNS = (
    "exception_id",
    "identity",
    "member",
    "agency_name",
    "agency_pattern",
    "year",
    "reason",
    "citation",
    "decided_by",
    "decided_on",
)
SHOWN = ("violated", "violated_by_bounds")


@dataclass(frozen=True, slots=True)
class KnownException:
    """One reviewed exception; ``member`` or ``year`` None stands for every one.

    The agency is named in full or by ``agency_pattern``, a regular expression that must fit the whole name.
    """

    exception_id: str
    identity: str
    member: str | None
    agency_name: str | None
    agency_pattern: str | None
    year: int | None
    reason: str
    citation: str
    decided_by: str
    decided_on: date


def read_exceptions(path: Path = PATH) -> list[KnownException]:
    """The reviewed exceptions in the order of the file; raises ReviewError, with every mistake, or OSError."""
    found = read_reviewed(path, COLUMNS, _exception)
    twice = [name for name, count in Counter(one.exception_id for one in found).items() if count > 1]
    if twice:
        raise ReviewError(f"{path}: exception_id {', '.join(twice)} stands twice; give each exception its own")
    return found


def _exception(line: dict[str, str]) -> KnownException:
    required(line, "exception_id", "identity", "reason", "citation", "decided_by", "decided_on")
    identity, member = an_identity(line)
    if bool(line["agency_name"]) == bool(line["agency_pattern"]):
        raise LineError("name either the agency (agency_name) or a pattern that its name fits (agency_pattern)")
    try:
        re.compile(line["agency_pattern"])
    except re.error as error:
        raise LineError(f"agency_pattern is no regular expression ({error}); correct it or name the agency") from None
    return KnownException(
        line["exception_id"],
        identity or "",
        member,
        line["agency_name"] or None,
        line["agency_pattern"] or None,
        a_year(line, "year"),
        line["reason"],
        line["citation"],
        line["decided_by"],
        a_date(line, "decided_on"),
    )


def with_exceptions(
    checks: pl.DataFrame, headings: pl.DataFrame, exceptions: Collection[KnownException] | None = None
) -> pl.DataFrame:
    """``checks`` with ``exception``: the first known exception that speaks of a violated one, else null.

    ``checks`` has report_id, year, identity, member and verdict, which stays what it is; ``headings`` names the
    agencies; ``exceptions`` default to the reviewed file. The order of the rows is kept.
    """
    exceptions = read_exceptions() if exceptions is None else exceptions
    rows = _agencies(headings["agency_name"].drop_nulls().unique().to_list(), exceptions)
    types = {"place": pl.Int64, "exception": pl.String, "agency_name": pl.String, "identity": pl.String}
    types |= {"its_member": pl.String, "its_year": pl.Int16}
    known = pl.DataFrame(rows, types, orient="row")
    numbered = checks.with_row_index("check")
    first = (
        numbered.filter(pl.col("verdict").is_in(SHOWN))
        .select("check", "report_id", "year", "identity", "member")
        .join(headings.select("report_id", "agency_name").unique("report_id"), on="report_id")
        .join(known, on=["agency_name", "identity"])
        .filter(
            pl.col("its_member").is_null() | (pl.col("its_member") == pl.col("member")),
            pl.col("its_year").is_null() | (pl.col("its_year") == pl.col("year")),
        )
        .sort("check", "place")
        .unique("check", keep="first")
        .select("check", "exception")
    )
    return numbered.join(first, on="check", how="left", maintain_order="left").drop("check")


def _agencies(names: list[str], exceptions: Collection[KnownException]) -> list[tuple]:
    """One row for each exception and agency that it speaks of."""
    rows = []
    for place, one in enumerate(exceptions):
        pattern = re.compile(one.agency_pattern) if one.agency_pattern else None
        fitting = [name for name in names if pattern.fullmatch(name)] if pattern else [one.agency_name]
        rows += [(place, one.exception_id, name, one.identity, one.member, one.year) for name in fitting]
    return rows
