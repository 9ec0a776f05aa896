"""The regions of China (GB/T 2260, province to county) with their validity, looked up by code and by name."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from orchestration.form import REFERENCE

PROJECT_START = "2019"  # without a year, names that ended before the first statutory form are considered last
SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "新区",
    "林区",
    "特区",
    "省",
    "市",
    "区",
    "县",
    "旗",
    "州",
    "盟",
)
PROVINCE_STEMS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}


@dataclass(frozen=True, slots=True)
class Region:
    """A region under one of its names; ``valid_from`` and ``valid_to`` are ISO dates or "" where open."""

    code: str
    name: str
    level: str
    parent: str
    valid_from: str
    valid_to: str
    ancestors: tuple[str, ...]

    def holds(self, year: int) -> bool:
        """Whether the name was in force on some day of ``year``."""
        return self.begun(year) and (not self.valid_to or int(self.valid_to[:4]) >= year)

    def begun(self, year: int) -> bool:
        """Whether the name was in force on some day of ``year`` or before."""
        return not self.valid_from or int(self.valid_from[:4]) <= year


class Register:
    """All regions, with indexes for names read from the left, from the right, and without their suffix.

    ``by_name`` holds official names and ``aliases`` the short forms in daily use; ``stems`` holds names without their
    suffix (at least two characters), of provinces and prefectures in ``stems[True]``, of counties in ``stems[False]``.
    """

    def __init__(self, regions: Iterable[Region], aliases: Iterable[tuple[str, str]]) -> None:
        self.regions = tuple(regions)
        self.by_code: dict[str, tuple[Region, ...]] = _grouped((r.code, r) for r in self.regions)
        self.by_name: dict[str, tuple[Region, ...]] = _grouped((r.name, r) for r in self.regions)
        self.aliases: dict[str, tuple[Region, ...]] = _grouped(
            (alias, r) for alias, code in aliases for r in self.by_code[code] if alias not in self.by_name
        )
        self.stems = {
            high: _grouped((s, r) for r in self.regions if (r.level != "county") == high for s in stems(r))
            for high in (True, False)
        }
        self._heads = _lengths((name[:2], len(name)) for name in (*self.by_name, *self.aliases))
        self._tails = _lengths((name[-2:], len(name)) for name in (*self.by_name, *self.aliases))
        self._stem_lengths = tuple(sorted({len(s) for table in self.stems.values() for s in table}, reverse=True))

    def named(self, name: str) -> tuple[Region, ...]:
        """The regions that bear or bore ``name``, official or alias."""
        return self.by_name.get(name) or self.aliases.get(name, ())

    def starting(self, text: str, position: int) -> Iterator[str]:
        """Region names that begin at ``position``, longest first."""
        for length in self._heads.get(text[position : position + 2], ()):
            if self.named(name := text[position : position + length]):
                yield name

    def ending(self, text: str, position: int) -> str | None:
        """The longest region name that ends just before ``position``."""
        if position >= 2:
            for length in self._tails.get(text[position - 2 : position], ()):
                if length <= position and self.named(name := text[position - length : position]):
                    return name
        return None

    def stem_at(self, text: str, position: int) -> Iterator[str]:
        """Names without suffix that begin at ``position``, longest first."""
        for length in self._stem_lengths:
            stem = text[position : position + length]
            if len(stem) == length and (stem in self.stems[True] or stem in self.stems[False]):
                yield stem

    def current(self, code: str) -> Region | None:
        """The region of ``code`` under its latest name."""
        return max(self.by_code.get(code, ()), key=lambda r: (not r.valid_to, r.valid_to, r.valid_from), default=None)


def stems(region: Region) -> set[str]:
    """The name without its suffix, where at least two characters remain."""
    stem = PROVINCE_STEMS.get(region.name)
    if stem is None:
        stem = next((region.name.removesuffix(s) for s in SUFFIXES if region.name.endswith(s)), "")
    return {stem} if len(stem) >= 2 else set()


def select(regions: Iterable[Region], year: int | None) -> tuple[Region, ...]:
    """The bearers of one name that a text of ``year`` can mean: in force then, else earlier; newest of a succession.

    Without a year, names in force since 2019 go before older ones. A name that begins after ``year`` is left out.
    """
    found = tuple(regions)
    if year is None:
        kept = tuple(r for r in found if not r.valid_to or r.valid_to >= PROJECT_START)
    else:
        found = tuple(r for r in found if r.begun(year))
        kept = tuple(r for r in found if r.holds(year))
    kept = kept or found
    return tuple(r for r in kept if not any(_succeeds(other, r) for other in kept))


def _succeeds(later: Region, earlier: Region) -> bool:
    """Whether ``later`` took over the name of ``earlier`` in the same province, under another code."""
    if later.code == earlier.code or later.name != earlier.name or later.code[:2] != earlier.code[:2]:
        return False
    if not (earlier.valid_to and later.valid_from):
        return False
    return 0 <= int(later.valid_from[:4]) - int(earlier.valid_to[:4]) <= 1


def _grouped(pairs: Iterable[tuple[str, Region]]) -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for key, region in pairs:
        found.setdefault(key, []).append(region)
    return {key: tuple(regions) for key, regions in found.items()}


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for key, length in pairs:
        found.setdefault(key, set()).add(length)
    return {key: tuple(sorted(lengths, reverse=True)) for key, lengths in found.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=2)
def register(folder: Path = REFERENCE) -> Register:
    """The register of ``folder``, read at the first call; raises OSError or KeyError where a file does not fit."""
    rows = _rows(folder / "regions.csv")
    parents = {row["region_code"]: row["parent_code"] for row in rows}

    def ancestors(code: str) -> tuple[str, ...]:
        found = []
        while code := parents[code]:
            found.append(code)
        return tuple(found)

    return Register(
        (
            Region(
                row["region_code"],
                row["name_zh"],
                row["level"],
                row["parent_code"],
                row["valid_from"],
                row["valid_to"],
                ancestors(row["region_code"]),
            )
            for row in rows
        ),
        ((row["alias_zh"], row["region_code"]) for row in _rows(folder / "region_aliases.csv")),
    )
