"""What kind of organ a name means, by the declared patterns, and which bodies are those of the State Council."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from orchestration.agencies.regions import REFERENCE


@lru_cache(maxsize=2)
def _patterns(folder: Path) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    with (folder / "organ_patterns.csv").open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: (row["kind"], int(row["ordinal"])))
    return tuple((row["kind"], row["code"], re.compile(row["pattern"])) for row in rows)


@lru_cache(maxsize=2)
def _national(folder: Path) -> dict[str, str]:
    with (folder / "national_organs.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name_zh"]: row["organ_type"] for row in csv.DictReader(lines)}


def organ_type(rest: str, folder: Path = REFERENCE) -> str:
    """The code of ``organ_types.csv`` for what follows the region in a name; ``other`` where no pattern fits."""
    return _first("organ", rest, folder) or "other"


def place(rest: str, folder: Path = REFERENCE) -> str | None:
    """``township``, ``zone`` or ``unlisted`` where what follows the region names such a place, else None."""
    return _first("place", rest, folder)


def national_organ(name: str, folder: Path = REFERENCE) -> tuple[str, str] | None:
    """The longest body of the State Council with which ``name`` begins, and its organ type."""
    table = _national(folder)
    found = max((organ for organ in table if name.startswith(organ)), key=len, default=None)
    return (found, table[found]) if found else None


def _first(kind: str, rest: str, folder: Path) -> str | None:
    return next((code for k, code, pattern in _patterns(folder) if k == kind and pattern.search(rest)), None)
