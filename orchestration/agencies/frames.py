"""Headings of an inventory completed with what agencies and manifest know."""

from __future__ import annotations

import polars as pl

from orchestration.agencies.resolving import resolve
from orchestration.intake.manifest import Manifest
from orchestration.reading.headings.headings import Heading
from orchestration.reading.schema import REPORT_HEADINGS


def complete_headings(headings: pl.DataFrame, inventory: pl.DataFrame, manifest: Manifest) -> pl.DataFrame:
    """``headings`` (REPORT_HEADINGS) with full names, regions and the manifest's facts; same rows, same order.

    ``inventory`` (RAW_REPORTS) gives the texts and the paths by which the manifest is looked up.
    """
    sources = {row[0]: row[1:] for row in inventory.select("report_id", "path", "text").iter_rows()}
    paths = dict(inventory.select("path", "report_id").iter_rows())
    rows = []
    for row in headings.iter_rows(named=True):
        path, text = sources[row["report_id"]]
        entry = manifest.entries.get(path)
        heading = Heading(name=row["name_in_title"], year=row["year"], publisher=row["publisher"])
        agency = resolve(heading, text or "", entry)
        found = agency.identification
        row |= {
            "agency_name": agency.name,
            "region_code": found.region_code,
            "region_name": found.region_name,
            "region_evidence": found.region_evidence,
            "region_candidates": list(found.region_candidates) or None,
            "level": found.level,
            "organ_type": found.organ_type,
        }
        if entry:
            row["name_evidence"] = "manifest" if entry.agency else row["name_evidence"]
            corrects = entry.corrects if entry.corrects_report else paths.get(entry.corrects or "")
            row |= {
                "url": entry.url,
                "publisher": entry.publisher or row["publisher"],
                "published_on": entry.published_on or row["published_on"],
                "corrects": corrects,
            }
        rows.append(row)
    return pl.DataFrame(rows, schema=REPORT_HEADINGS)
