"""What the fields of the manifest may hold: names, addresses, dates, region codes and paths inside its folder."""

from __future__ import annotations

import csv
import os
import re
import stat
from datetime import date
from functools import lru_cache
from pathlib import Path

from orchestration.form import REFERENCE

MAX_TEXT = 2000
FIRST_YEAR = 2008  # the Regulations took effect on 1 May 2008
REPORT_ID = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
URL = re.compile(r"https?://[^\s\"<>\\]+", re.IGNORECASE)


class FieldError(Exception):
    """One field cannot be used; the argument says why and what to do."""


def read_name(value: str) -> str:
    """A name without control characters; raises FieldError."""
    if CONTROL.search(value) or len(value) > MAX_TEXT:
        raise FieldError("it holds control characters or is too long; give a plain name")
    return value


def read_url(value: str) -> str:
    """A web address; raises FieldError."""
    if not URL.fullmatch(value) or CONTROL.search(value) or len(value) > MAX_TEXT:
        raise FieldError("give an address that begins with http:// or https://")
    return value


def read_day(value: str) -> date:
    """A date, year first; raises FieldError for another form or an unlikely year."""
    match = DATE.fullmatch(value)
    try:
        found = date(*(int(part) for part in match.groups() if part)) if match else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= date.today().year + 1:
        raise FieldError(f"{value[:20]!r} is no date of publication; write it as 2024-01-31")
    return found


def read_region(value: str) -> str:
    """A six-digit code of GB/T 2260; raises FieldError."""
    if value not in _region_codes():
        raise FieldError(f"{value[:20]!r} is no code of GB/T 2260; take the six digits from regions.csv")
    return value


def read_corrects(value: str, file: str, inside: Folder) -> str:
    """A report_id, or the path of another file of the folder; raises FieldError."""
    if REPORT_ID.fullmatch(value):
        return value.lower()
    corrected = inside.path(value, "corrects")
    if corrected == file:
        raise FieldError("a report cannot replace itself")
    return corrected


@lru_cache(maxsize=1)
def _region_codes() -> frozenset[str]:
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["region_code"] for row in csv.DictReader(lines))


class Folder:
    """Paths inside the folder of the manifest."""

    def __init__(self, folder: Path) -> None:
        self.root = os.path.realpath(folder)
        self.parents: dict[str, str] = {}

    def path(self, written: str, column: str) -> str:
        """``written`` as a plain relative path; raises FieldError unless it is a file inside the folder."""
        shown = repr(written[:80])
        if not written:
            raise FieldError(f"{column} is empty: give the path of a report in this folder")
        if CONTROL.search(written) or len(written) > MAX_TEXT:
            raise FieldError(f"{column} {shown} holds control characters or is too long: rename the file")
        parts = [part for part in written.split("/") if part not in ("", ".")]
        if written.startswith("/") or "\\" in written or ".." in parts or re.match(r"[A-Za-z]:", written) or not parts:
            raise FieldError(f"{column} {shown} is no path inside the folder: write it as subfolder/name.pdf")
        try:
            real = self._real(parts)
            ordinary = real is not None and stat.S_ISREG(os.stat(real).st_mode)  # noqa: PTH116
        except (OSError, ValueError):
            ordinary = False
            real = ""
        if real is None:
            raise FieldError(f"{column} {shown} leads out of the folder: put the file itself there")
        if not ordinary:
            raise FieldError(f"{column} {shown} is not there: correct the name or add the file")
        return "/".join(parts)

    def _real(self, parts: list[str]) -> str | None:
        """Where the path leads after links, or None if that is outside the folder."""
        parent = "/".join(parts[:-1])
        if parent not in self.parents:
            self.parents[parent] = os.path.realpath(os.path.join(self.root, *parts[:-1]))  # noqa: PTH118
        real = os.path.join(self.parents[parent], parts[-1])  # noqa: PTH118
        if os.path.islink(real):  # noqa: PTH114
            real = os.path.realpath(real)
        return real if real.startswith(self.root.rstrip(os.sep) + os.sep) else None
