"""What a publication changes: the agencies, reports, cells and verdicts of two files held against each other.

Belongs here: the table ``publication_difference`` and its counts. Does not belong here: judging a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

TABLE = "publication_difference"
FIRST, COMPARED, NOT_COMPARABLE = "first", "compared", "not_comparable"


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of ``table`` told apart by ``keys``; ``compared`` tells whether one changed, ``item`` names it."""

    name: str
    table: str
    keys: tuple[str, ...]
    compared: tuple[str, ...]
    item: str


_FORMS = ("disclosure_form", "requests_form", "disputes_form")
_AGENCY = ("agency_name", "region_code", "level", "organ_type", "merged_into")
_REPORT = ("agency_id", "year", "is_current", *_FORMS, "set_aside", "corrected_by", "published_on", "url")
_CELL = ("value", "unit", "status", "doubt")
_VERDICT = ("verdict", "left_side", "right_side", "missing_cells")
AGENCY = Kind("agency", "dim_agency", ("agency_id",), _AGENCY, "agency_id")
REPORT = Kind("report", "dim_report", ("report_id",), _REPORT, "path")
CELL = Kind("cell", "fct_cell", ("report_id", "cell"), _CELL, "cell")
VERDICT = Kind(
    "verdict", "fct_identity_check", ("report_id", "identity", "member"), _VERDICT, "identity || '/' || member"
)
KINDS = (AGENCY, REPORT, CELL, VERDICT)
NEEDED = {kind.table: {*kind.keys} for kind in KINDS}  # in both files, or they cannot be compared
NEEDED["dim_agency"] |= {"agency_name"}
NEEDED["dim_report"] |= {"agency_id", "agency_name", "year", "path"}


def write_differences(connection: duckdb.DuckDBPyConnection, copy: str, previous: str | None) -> str:
    """Fill ``publication_difference`` of the catalog ``copy``; ``previous`` is that of the file published before.

    Returns first (no file before), compared, or not_comparable (a table or key is not in both); then it stays empty.
    """
    if previous is None:
        return FIRST
    columns = [_columns(connection, catalog) for catalog in (previous, copy)]
    if not all(needed <= found.get(table, {}).keys() for table, needed in NEEDED.items() for found in columns):
        return NOT_COMPARABLE
    shared = {
        kind.table: [c for c in kind.compared if all(c in found[kind.table] for found in columns)] for kind in KINDS
    }
    _name_reports(connection, copy, previous)
    target = f"{copy}.main.{TABLE}"
    connection.execute(f"insert into {target} {_changed(AGENCY, shared, columns[1], copy, previous, '')}")
    connection.execute(f"insert into {target} {_changed(REPORT, shared, columns[1], copy, previous, '')}")
    for kind in (CELL, VERDICT):
        within = "where report_id in (select report_id from difference_report where in_both)"
        connection.execute(f"insert into {target} {_changed(kind, shared, columns[1], copy, previous, within)}")
        connection.execute(f"insert into {target} {_whole(kind, copy, previous)}")
    connection.execute("drop table difference_report")
    return COMPARED


def count_differences(connection: duckdb.DuckDBPyConnection, catalog: str = "") -> dict[tuple[str, str], int]:
    """How many things of each kind were added, changed or gone: (kind, change) to number."""
    table = f"{catalog}.main.{TABLE}" if catalog else TABLE
    found = connection.execute(f"select kind, change, sum(items)::bigint from {table} group by all order by all")
    return {(kind, change): items for kind, change, items in found.fetchall()}


@dataclass(frozen=True, slots=True)
class Changes:
    """What a published file says it changed: since when (UTC), the counts, and the first cells, verdicts and reports.

    ``rows`` are kind, change, agency_name, year, item, before and after of what changed or went in what stands in both.
    """

    comparison: str
    since: datetime | None
    counts: dict[tuple[str, str], int]
    rows: list[tuple]


def read_changes(path: Path, limit: int) -> Changes:
    """The changes that a published file tells; at most ``limit`` rows. Raises duckdb.Error for another file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        comparison, since = connection.execute("select comparison, previous_published_at from publication").fetchone()
        rows = connection.execute(
            f"select kind, change, agency_name, year, item, before, after from {TABLE} "
            "where change <> 'added' and item is not null order by all limit ?",
            [limit],
        ).fetchall()
        return Changes(comparison, since, count_differences(connection), rows)


def _columns(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = ? and schema_name = 'main' and not internal",
        [catalog],
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _name_reports(connection: duckdb.DuckDBPyConnection, copy: str, previous: str) -> None:
    """Every report of either file with its agency and year, of the new file where it is in both."""
    one = "select report_id, agency_id, agency_name, year from {}.main.dim_report"
    connection.execute(
        f"create or replace temp table difference_report as "
        f"select coalesce(new.report_id, old.report_id) as report_id, "
        f"new.report_id is not null and old.report_id is not null as in_both, "
        f"case when new.report_id is null then old.agency_id else new.agency_id end as agency_id, "
        f"case when new.report_id is null then old.agency_name else new.agency_name end as agency_name, "
        f"case when new.report_id is null then old.year else new.year end as year "
        f"from ({one.format(copy)}) as new full join ({one.format(previous)}) as old on new.report_id = old.report_id"
    )


def _changed(kind: Kind, shared: dict, types: dict, copy: str, previous: str, within: str) -> str:
    """One row for each thing that is in one file alone or told differently."""
    compared, kinds = shared[kind.table], types[kind.table]
    columns = ", ".join(dict.fromkeys([*kind.keys, *compared, f"{kind.item} as difference_item"]))
    side = f"select {columns} from {{}}.main.{kind.table} {within}"
    on = " and ".join(f"new.{key} = old.{key}" for key in kind.keys)
    differs = " or ".join(["false", *(f"new.{c} is distinct from old.{c}" for c in compared)])
    by_agency = kind is AGENCY
    key = "agency_id" if by_agency else "report_id"
    name = (
        "coalesce(new.agency_name, old.agency_name), null, null" if by_agency else "r.agency_name, r.year, r.report_id"
    )
    told = [
        "nullif(concat_ws('; ', " + ", ".join(["null", *(_told(c, kinds[c], this) for c in compared)]) + "), '')"
        for this in ("old", "new")
    ]
    return (
        f"select '{kind.name}', case when old.{key} is null then 'added' when new.{key} is null then 'gone' "
        f"else 'changed' end as change, {'coalesce(new.agency_id, old.agency_id)' if by_agency else 'r.agency_id'}, "
        f"{name}, coalesce(new.difference_item, old.difference_item) as item, "
        f"case when old.{key} is not null then {told[0]} end, case when new.{key} is not null then {told[1]} end, 1 "
        f"from ({side.format(copy)}) as new full join ({side.format(previous)}) as old on {on} "
        + (
            ""
            if by_agency
            else "left join difference_report as r on r.report_id = coalesce(new.report_id, old.report_id) "
        )
        + f"where new.{key} is null or old.{key} is null or {differs} order by all"
    )


def _told(column: str, kind: str, side: str) -> str:
    """``column=value`` where the two sides differ, else null; decimals without idle zeros."""
    text = f"{side}.{column}::varchar"
    if kind.startswith("DECIMAL"):
        text = f"rtrim(rtrim({text}, '0'), '.')"
    return f"case when new.{column} is distinct from old.{column} then '{column}=' || coalesce({text}, 'null') end"


def _whole(kind: Kind, copy: str, previous: str) -> str:
    """One row for all cells or verdicts of a report that came or went: they are counted, not listed."""
    sides = (("added", copy), ("gone", previous))
    return " union all ".join(
        f"select '{kind.name}', '{change}', any_value(r.agency_id), any_value(r.agency_name), any_value(r.year), "
        f"report_id, null, null, null, count(*) "
        f"from {catalog}.main.{kind.table} join difference_report as r using (report_id) where not r.in_both "
        f"group by report_id"
        for change, catalog in sides
    )
