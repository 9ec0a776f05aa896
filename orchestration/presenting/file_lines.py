"""What a run says of the files in the reports folder: how many, which could not be read, which are copies of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestration.intake.copies import entries_by_report
from orchestration.intake.inventory import first_paths, reports_of_files
from orchestration.intake.manifest import read_manifest

LISTED = 1000  # of a kind; the whole list stands in the published file


def file_lines(reports: Path, lake: Path, intake: Mapping[str, Any]) -> Iterator[str]:
    """The lines for a folder; ``lake`` is that of the home, ``intake`` the metadata of this run's ``raw_reports``."""
    copies = intake["copies"]
    same = sum(not copy["moved"] for copy in copies)
    told = f"{intake['files found']} found, {intake['files read']} read now, {intake['new reports']} new"
    yield f"Files       {told}" + (f", {same} with the same bytes as another" if same else "")
    yield from listed([_copy(copy) for copy in copies], "dim_report.copies")
    yield from (f"  cannot be read: {file['path']}: {file['reason']}" for file in intake["unreadable"])
    manifest = read_manifest(reports)
    _, further = entries_by_report(manifest.entries.values(), reports_of_files(lake), first_paths(lake))
    yield from (f"  {problem.message}" for problem in (*manifest.problems, *further))


def _copy(copy: Mapping[str, Any]) -> str:
    if copy["moved"]:
        return f"  moved: {copy['path']}: it holds the bytes of {copy['counts']}, by whose name the report is known"
    return f"  copy: {copy['path']}: it holds the same bytes as {copy['counts']}, which counts for both"


def listed(lines: list[str], table: str) -> Iterator[str]:
    """So many lines, and where the rest stands."""
    yield from lines[:LISTED]
    if len(lines) > LISTED:
        yield f"  … and {len(lines) - LISTED} more in {table} of the published file"
