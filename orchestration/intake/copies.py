"""Files with the same bytes: they are one report, and each file but one is named as a copy of that one.

Belongs here: which file counts, and which entry of the manifest. Does not belong here: what the files hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from orchestration.intake.document import Problem
from orchestration.intake.manifest import NAME, Entry


class Copy(NamedTuple):
    """A file of which the bytes are counted as those of ``counts``, which may no longer be there (``moved``)."""

    path: str
    counts: str
    moved: bool


def copies_among(present: Mapping[str, list[str]], first: Mapping[str, str]) -> list[Copy]:
    """The copies among the files of a folder: ``present`` are the paths by report, ``first`` that of the inventory."""
    found = []
    for report_id, paths in present.items():
        counts = first[report_id]
        if counts in paths:
            found += [Copy(path, counts, False) for path in paths if path != counts]
        else:
            found.append(Copy(paths[0], counts, True))
            found += [Copy(path, paths[0], False) for path in paths[1:]]
    return sorted(found)


def entries_by_report(
    entries: Iterable[Entry], report_of: Mapping[str, str], first: Mapping[str, str]
) -> tuple[dict[str, Entry], list[Problem]]:
    """The entry of each report, and a problem for each further one that says something else of the same bytes.

    That of the file that counts goes before, then the first one in the manifest.
    """
    found: dict[str, Entry] = {}
    problems = []
    for entry in sorted(entries, key=lambda entry: first.get(report_of.get(entry.file, "")) != entry.file):
        if entry.file not in report_of:
            continue
        counts = found.setdefault(report_of[entry.file], entry)
        if _said(counts) != _said(entry):
            message = f"{NAME}:{entry.line}: {entry.file} holds the same bytes as {counts.file}, whose line counts"
            problems.append(Problem("manifest_invalid", f"{message}: give both the same, or remove one.", entry.line))
    return found, problems


def _said(entry: Entry) -> tuple:
    return entry.url, entry.publisher, entry.published_on, entry.agency, entry.region, entry.corrects
