"""Which agency a report is of: its heading, the text that may write the name in full, and the manifest."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.agencies.identify import Identification, identify
from orchestration.agencies.names import extend_left, regions_in
from orchestration.intake.manifest import Entry
from orchestration.reading.headings.headings import Heading
from orchestration.reading.labels.normal import is_traditional, simplify


@dataclass(frozen=True, slots=True)
class Agency:
    """``name`` is the title's name extended to the left by the regions with which the text writes it, or None."""

    name: str | None
    name_in_title: str | None
    identification: Identification


def resolve(heading: Heading, text: str, entry: Entry | None = None) -> Agency:
    """Name and region of the agency of a report; ``entry`` is its line of the manifest. Never raises."""
    clean = simplify(text, is_traditional(text))
    said = heading.name or heading.publisher
    name = extend_left(said, clean) if said else None
    override = {"agency": entry.agency, "region": entry.region} if entry else None
    if entry and entry.agency:
        name = entry.agency
    found = identify(name, heading.name, (), override, heading.year)
    if found.region_candidates:
        found = identify(name, heading.name, regions_in(clean), override, heading.year)
    return Agency(name, heading.name, found)
