"""What a publication changed, in lines for the person who published it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orchestration.publication.differences import FIRST, NOT_COMPARABLE, read_changes

LISTED = 20  # the whole list stands in the published file


def change_lines(published: Path) -> Iterator[str]:
    """The changes of a published file against the one before; new things are counted, others named."""
    changes = read_changes(published, LISTED)
    if changes.comparison == FIRST:
        yield "Changed     nothing was published before"
        return
    if changes.comparison == NOT_COMPARABLE:
        yield "Changed     unknown: the file published before has other tables or could not be read"
        return
    parts = [f"{kind} {change} {items}" for (kind, change), items in changes.counts.items()]
    since = "an unknown time" if changes.since is None else f"{changes.since:%Y-%m-%d %H:%M:%S} UTC"
    yield f"Changed     since {since}: {', '.join(parts) or 'nothing'}"
    for kind, change, agency, year, item, before, after in changes.rows:
        when = "" if year is None else f" {year}"
        yield f"  {agency or '?'}{when}  {kind} {item} {change}: {before or '-'} -> {after or '-'}"
    named = sum(items for (_, change), items in changes.counts.items() if change != "added")
    if named > len(changes.rows):
        yield "  … all in publication_difference of the published file"
