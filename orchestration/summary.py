"""The summary of a run for the person who started it: what was read, judged and set aside, and where the file is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from orchestration import lake
from orchestration.editing.schema import CELL_EDITS, DERIVED_CELLS, IDENTITY_CHECKS, PROSE_CLAIMS, YEAR_CHECKS
from orchestration.form import declaration, instances
from orchestration.intake.schema import RAW_REPORTS
from orchestration.presenting.changes import change_lines
from orchestration.presenting.file_lines import file_lines, listed
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES
from orchestration.settings import Settings

REPORTS_LISTED = 20
VIOLATED = ("violated", "violated_by_bounds")
ADDRESS = pl.concat_str("table_code", "row_code", "column_code", separator="/")


def summary(settings: Settings, intake: Mapping[str, Any]) -> Iterator[str]:
    """The lines, from what stands in the lake; ``intake`` is the metadata of this run's ``raw_reports``."""
    yield from file_lines(settings.reports, settings.lake, intake)
    reports = _reports(settings)
    yield from _report_lines(reports)
    yield from _cell_lines(settings)
    yield from _verdict_lines(settings, reports)
    yield from _suggestion_lines(settings, reports)
    yield from _claim_lines(settings, reports)
    yield from _year_lines(settings, reports)
    yield from _problem_lines(settings, reports)
    if settings.published.exists():
        yield from change_lines(settings.published)


def _scan(settings: Settings, name: str, schema: pl.Schema) -> pl.LazyFrame:
    return lake.scan(settings.lake / name, schema)


def _reports(settings: Settings) -> pl.DataFrame:
    """Per report: who (agency and year, for people), file, and why it was set aside."""
    inventory = _scan(settings, "raw_reports", RAW_REPORTS).select("report_id", "path", "set_aside", "reason")
    headings = _scan(settings, "report_headings", REPORT_HEADINGS).select(
        "report_id", "agency_name", "year", heading_aside="set_aside", heading_reason="reason"
    )
    folder = str(_shown(settings.reports))
    return (
        inventory.join(headings, on="report_id", how="left")
        .with_columns(
            pl.coalesce("set_aside", "heading_aside").alias("set_aside"),
            pl.coalesce("reason", "heading_reason").alias("reason"),
            who=pl.format("{} {}", pl.col("agency_name").fill_null("?"), pl.col("year").cast(pl.String).fill_null("?")),
            file=pl.lit(folder + os.sep) + pl.col("path"),
        )
        .sort("path")
        .collect()
    )


def _shown(path: Path) -> Path:
    """The path as short as it can be typed from where the user is."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _report_lines(reports: pl.DataFrame) -> Iterator[str]:
    read = reports.filter(pl.col("set_aside").is_null())
    aside = reports.filter(pl.col("set_aside").is_not_null())
    yield f"Reports     {read.height} read, {aside.height} set aside"
    if read.height <= REPORTS_LISTED:
        for who, file in read.select("who", "file").iter_rows():
            yield f"  {who}  {file}"
    yield from listed(
        [
            f"  set aside: {file}: {code}: {reason}"
            for file, code, reason in aside.select("file", "set_aside", "reason").iter_rows()
        ],
        "dim_report",
    )


def _cell_lines(settings: Settings) -> Iterator[str]:
    cells = _scan(settings, "report_cells", REPORT_CELLS)
    counts = dict(cells.group_by("status").len().collect().iter_rows())
    doubted = cells.filter(pl.col("doubt").is_not_null()).select(pl.len()).collect().item()
    parts = [f"{status} {counts.get(status, 0)}" for status in declaration().statuses]
    yield f"Cells       {sum(counts.values())}: {', '.join(parts)}; under doubt {doubted}"


def _verdict_lines(settings: Settings, reports: pl.DataFrame) -> Iterator[str]:
    checks = _scan(settings, "identity_checks", IDENTITY_CHECKS)
    counts = {
        (identity, verdict): n
        for identity, verdict, n in checks.group_by("identity", "verdict").len().collect().iter_rows()
    }
    totals = [
        f"{verdict} {sum(n for (_, v), n in counts.items() if v == verdict)}" for verdict in declaration().verdicts
    ]
    yield f"Identities  {sum(counts.values())} judged: {', '.join(totals)}"
    for identity in declaration().identities:
        parts = [
            f"{v} {counts[identity.identity, v]}" for v in declaration().verdicts if (identity.identity, v) in counts
        ]
        if parts:
            yield f"  {identity.identity:<16} {', '.join(parts)}   {identity.name_zh}"
    violated = checks.filter(pl.col("verdict").is_in(VIOLATED)).collect().join(reports, on="report_id", how="left")
    yield f"Violations  {violated.height}"
    places = _places_of(settings, violated)
    yield from listed([_violation(row, places) for row in violated.iter_rows(named=True)], "fct_identity_check")


def _violation(row: dict, places: dict[tuple, str]) -> str:
    place = row["file"] + places[row["report_id"], row["identity"], row["member"]]
    if row["right"] is None and row["difference"] is None and not row["missing"]:
        sides = f"{_number(row['left'])} is not in the domain of the cell"
    else:
        sides = f"{_number(row['left'])} against {_number(row['right'])}, difference {_number(row['difference'])}"
    missing = f", missing {', '.join(row['missing'])}" if row["missing"] else ""
    return f"  {row['who']}  {row['identity']} of {row['member']}: {sides}{missing} ({row['verdict']})  {place}"


def _number(value: object) -> str:
    return "?" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _places_of(settings: Settings, violated: pl.DataFrame) -> dict[tuple, str]:
    """What to put behind the file of each violated identity: the place of its first term that has a line."""
    ids = violated.select("report_id").unique()
    if ids.is_empty():
        return {}
    cells = _scan(settings, "report_cells", REPORT_CELLS).filter(pl.col("line").is_not_null())
    cells = cells.join(ids.lazy(), on="report_id", how="semi")
    where = {
        (report, cell): f":{line}" + (f" ({place})" if place else "")
        for report, cell, line, place in cells.select("report_id", ADDRESS, "line", "place").collect().iter_rows()
    }
    tables = _scan(settings, "report_tables", REPORT_TABLES).select("report_id", "table_code", "form").collect()
    forms: dict[str, dict[str, str | None]] = {}
    for report, table, form in tables.join(ids, on="report_id", how="semi").iter_rows():
        forms.setdefault(report, {})[table] = form
    terms = {report: {(i.identity, i.member): i.cells for i in instances(found)} for report, found in forms.items()}
    return {
        (report, identity, member): next(
            (
                where[report, cell]
                for cell in terms[report].get((identity, member), (member,))
                if (report, cell) in where
            ),
            "",
        )
        for report, identity, member in violated.select("report_id", "identity", "member").iter_rows()
    }


def _suggestion_lines(settings: Settings, reports: pl.DataFrame) -> Iterator[str]:
    """What would mend the violations, the unique corrections in full, and how many missing values are proved."""
    edits = _scan(settings, "cell_edits", CELL_EDITS)
    groups = edits.group_by("report_id", "component", "certainty").len().collect()
    counts = dict(groups.group_by("certainty").len().iter_rows())
    parts = [f"{certainty} {counts.get(certainty, 0)}" for certainty in ("unique", "ambiguous", "beyond")]
    yield f"Suggestions {groups.height} for groups of violated identities, none applied: {', '.join(parts)}"
    unique = edits.filter(pl.col("certainty") == "unique").with_columns(cell=ADDRESS)
    named = _named(unique.sort("component", "cell").collect(), reports)
    yield from listed(
        [
            f"  {who}  {cell}: {_number(old)}, should be {_number(new)}  {file}"
            for who, cell, old, new, file in named.select("who", "cell", "value_from", "value_to", "file").iter_rows()
        ],
        "fct_cell_edit",
    )
    derived = _scan(settings, "derived_cells", DERIVED_CELLS).filter(pl.col("value").is_not_null())
    proved = dict(derived.group_by("conditional").len().collect().iter_rows())
    yield f"Derived     {sum(proved.values())} missing values, {proved.get(True, 0)} of them only if suspects are right"


def _claim_lines(settings: Settings, reports: pl.DataFrame) -> Iterator[str]:
    claims = _scan(settings, "prose_claims", PROSE_CLAIMS)
    counts = dict(claims.group_by("verdict").len().collect().iter_rows())
    parts = [f"{verdict} {counts.get(verdict, 0)}" for verdict in ("agrees", "conflicts", "not_judged")]
    yield f"Claims      {sum(counts.values())} in the prose: {', '.join(parts)}"
    named = _named(claims.filter(pl.col("verdict") == "conflicts").sort("line", "value").collect(), reports)
    yield from listed(
        [
            f"  {row['who']}  {_number(row['value'])} in the prose, {_number(row['expected'])} in the table "
            f"({row['layer']}) of {' + '.join(row['cells'])}  {row['file']}:{row['line']}"
            for row in named.iter_rows(named=True)
        ],
        "fct_prose_claim",
    )


def _year_lines(settings: Settings, reports: pl.DataFrame) -> Iterator[str]:
    checks = _scan(settings, "year_checks", YEAR_CHECKS)
    broken = checks.filter(pl.col("verdict").is_in(VIOLATED)).sort("identity", "member").collect()
    excused = broken["exception"].count()
    judged = checks.select(pl.len()).collect().item()
    yield f"Years       {judged} judged against the year before: {broken.height} broken, {excused} known exceptions"
    named = _named(broken.filter(pl.col("exception").is_null()), reports)
    yield from listed(
        [
            f"  {row['who']}  {row['identity']} of {row['member']}: {_number(row['left'])} against "
            f"{_number(row['right'])}  {row['file']}"
            for row in named.iter_rows(named=True)
        ],
        "fct_year_check",
    )


def _named(rows: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The rows with who and file, in the order of the files."""
    known = rows.join(reports.select("report_id", "who", "file"), on="report_id", maintain_order="left")
    return known.sort("file", maintain_order=True)


def _problem_lines(settings: Settings, reports: pl.DataFrame) -> Iterator[str]:
    aside = reports.filter(pl.col("set_aside").is_not_null())  # named above
    problems = _scan(settings, "reading_problems", READING_PROBLEMS).collect().join(aside, on="report_id", how="anti")
    problems = problems.join(reports.select("report_id", "who", "file"), on="report_id", how="left").sort(
        "file", "line", nulls_last=True
    )
    names = {problem.code: problem.name_zh for problem in declaration().problems}
    yield f"Problems    {problems.height} in reading"
    yield from listed(
        [
            f"  {who}  {code} {names.get(code, '')}: {message}  {file}{'' if line is None else f':{line}'}"
            for who, code, message, file, line in problems.select("who", "code", "message", "file", "line").iter_rows()
        ],
        "fct_reading_problem",
    )
