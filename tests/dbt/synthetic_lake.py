"""A small lake of made-up reports with the schemas of the pipeline: both forms, hybrids and all kinds of trouble."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from orchestration.editing import find, judge
from orchestration.editing.across.years_differences import report_differences
from orchestration.editing.plausibility import judge_plausibility
from orchestration.editing.prose.claim_frames import claim_table
from orchestration.editing.prose.source_lines import SOURCE_LINES, source_lines
from orchestration.editing.review.exceptions import KnownException
from orchestration.editing.review.notes import REVIEW_NOTES, notes_on_cells, notes_on_checks
from orchestration.editing.review.reviews import ReviewDecision
from orchestration.editing.schema import (
    CELL_EDITS,
    DERIVED_CELLS,
    IDENTITY_CHECKS,
    IDENTITY_CHECKS_AFTER,
    MISSING_YEARS,
    PLAUSIBILITY_CHECKS,
    PROSE_CLAIMS,
    REPORT_DIFFERENCES,
    REPORT_SIMILARITY,
    YEAR_CHECKS,
)
from orchestration.form import declaration
from orchestration.intake.inventory import FILE_SIGHTINGS
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import READING_PROBLEMS, REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

CHECK_HISTORY = pl.Schema(
    {
        "run_id": pl.String,
        "checked_at": pl.Datetime("us", "UTC"),
        "suite": pl.String,
        "expectation": pl.String,
        "identity": pl.String,
        "severity": pl.String,
        "success": pl.Boolean,
        "evaluated": pl.Int64,
        "unexpected": pl.Int64,
        "error": pl.String,
        "citation": pl.String,
    }
)
SCHEMAS = {
    "raw_reports": RAW_REPORTS,
    "file_sightings": FILE_SIGHTINGS,
    "report_headings": REPORT_HEADINGS,
    "report_tables": REPORT_TABLES,
    "report_cells": REPORT_CELLS,
    "reading_problems": READING_PROBLEMS,
    "identity_checks": IDENTITY_CHECKS,
    "cell_edits": CELL_EDITS,
    "derived_cells": DERIVED_CELLS,
    "identity_checks_after": IDENTITY_CHECKS_AFTER,
    "prose_claims": PROSE_CLAIMS,
    "plausibility_checks": PLAUSIBILITY_CHECKS,
    "year_checks": YEAR_CHECKS,
    "report_differences": REPORT_DIFFERENCES,
    "missing_years": MISSING_YEARS,
    "report_similarity": REPORT_SIMILARITY,
    "review_notes": REVIEW_NOTES,
    "source_lines": SOURCE_LINES,
    "check_history": CHECK_HISTORY,
}
RECEIVED = datetime(2024, 1, 1, tzinfo=UTC)
FORM_2021 = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
FORM_2019 = dict.fromkeys(("disclosure", "requests", "disputes"), "2019")


# Where the made-up agencies are: a name alone stands for an agency only where its region is settled.
REGIONS = {"甲": ("110000", "北京市")} | dict.fromkeys("乙丙丁戊己", ("410000", "河南省"))


def report_id(name: str) -> str:
    """The identifier that the report called ``name`` gets."""
    return hashlib.sha256(name.encode()).hexdigest()


@dataclass
class Report:
    """A made-up report. ``cells`` gives a cell a value, a status or (value, further columns); all others hold 0."""

    name: str
    agency: str | None = None
    year: int | None = None
    forms: dict[str, str | None] = field(default_factory=lambda: dict(FORM_2021))
    cells: dict[str, Any] = field(default_factory=dict)
    heading: dict[str, Any] | None = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, int | None]] = field(default_factory=list)
    copies: tuple[str, ...] = ()

    def rows(self, order: int) -> dict[str, list[dict]]:
        """Its rows in each file of the lake."""
        key = {"report_id": report_id(self.name)}
        known = key | {"year": self.year}
        raw = {"path": f"{self.name}.txt", "container": "text", "encoding": "utf-8", "bytes": 100, "modified_ns": 0}
        raw |= {"received_at": RECEIVED + timedelta(hours=order), "text": "……" * 50} | self.raw
        heading = {"agency_name": self.agency, "name_in_title": self.agency, "year_evidence": "title"}
        code, region = REGIONS.get((self.agency or "?")[0], (None, None))
        heading |= {"region_code": code, "region_name": region}
        opened = self.heading is not None
        return {
            "raw_reports": [key | raw],
            "file_sightings": [key | {"path": path, "bytes": 100} for path in (raw["path"], *self.copies)],
            "report_headings": [known | heading | {"region_candidates": []} | self.heading] if opened else [],
            "report_tables": [known | {"table_code": t, "form": f} for t, f in self.forms.items()] if opened else [],
            "report_cells": [known | cell for cell in self._cells()] if opened else [],
            "reading_problems": [known | {"code": c, "message": f"{c}.", "line": n} for c, n in self.problems],
        }

    def _cells(self) -> list[dict]:
        declared = [cell for table, form in self.forms.items() if form for cell in declaration().cells_of(form, table)]
        assert not set(self.cells) - {cell.address for cell in declared}, self.name
        found = []
        for line, cell in enumerate(declared, 1):
            given = self.cells.get(cell.address, 0)
            value, more = given if isinstance(given, tuple) else (given, {})
            row = {name: getattr(cell, name) for name in ("form", "table_code", "row_code", "column_code")}
            if isinstance(value, str):
                raw = {"absent": None, "blank": ""}.get(value, "?")
                row |= {"status": value, "raw": raw, "line": None if raw is None else line}
            else:
                row |= {"status": "reported", "value": Decimal(str(value)), "raw": str(value), "line": line}
                row |= {"evidence": "label"}
            found.append(row | more)
        return found


def requests(**cells: int) -> dict[str, int]:
    """The same numbers for natural persons and in the total; ``__`` stands for the dot in a row code."""
    return {
        f"requests/{row.replace('__', '.')}/{column}": value
        for row, value in cells.items()
        for column in ("natural_person", "total")
    }


SOUND = requests(received=12, carried_in=1, granted=8, denied__state_secret=2, processed_total=10, carried_out=3)
OLD = requests(received=5, closed=5, processed_total=5)

REPORTS = [
    # 甲: 2022 three times. The second was published last, the third has no date; the second holds a planted violation.
    Report(
        "first", "甲市人民政府", 2022, cells=SOUND, heading={"published_on": date(2023, 1, 20), "level": "prefecture"}
    ),
    Report(
        "second",
        "甲市人民政府",
        2022,
        cells=SOUND | {"requests/received/total": 13},
        heading={"published_on": date(2023, 1, 25)},
    ),
    Report("third", "甲市人民政府", 2022, cells=SOUND, raw={"text": "2022年，我市收到政府信息公开申请10件。"}),
    # 乙: the 2019 form, with a change below zero and a unit of its own; replaced by a correction received before it.
    Report(
        "correction",
        "乙县财政局",
        2020,
        FORM_2019,
        OLD | {"disclosure/fees/change": -2, "disclosure/procurement/amount": (Decimal("70487.125"), {"unit": "元"})},
        heading={"corrects": report_id("corrected"), "url": "https://example.org/"},
    ),
    Report(
        "corrected",
        "乙县财政局",
        2020,
        FORM_2019,
        OLD,
        heading={"published_on": date(2021, 6, 1)},
        copies=("again/corrected.txt",),
    ),
    # 丙: a hybrid whose dispute table was not found.
    Report(
        "hybrid",
        "丙区政务服务局",
        2021,
        {"disclosure": "2021", "requests": "2019", "disputes": None},
        OLD,
        problems=[("table_not_found", None)],
    ),
    # 丁: cells without a value. 12 = 13 + blank cannot be; 12 = 5 + blank can; a wrong sum under doubt counts.
    Report(
        "missing",
        "丁镇人民政府",
        2023,
        cells=SOUND
        | {
            "requests/received/natural_person": 13,
            "requests/received/business": "blank",
            "requests/granted/natural_person": 5,
            "requests/granted/other": "unreadable",
            "requests/carried_out/total": "absent",
            "disputes/reconsideration/total": (4, {"doubt": "label_lost", "evidence": "order"}),
            "disclosure/fees/amount": "not_applicable",
        },
        problems=[("values_without_row", 9), ("row_not_found", None), ("values_without_row", 9)],
    ),
    # 戊: values that their kinds do not allow, and an amount finer than the form asks, which is in order.
    Report(
        "domain",
        "戊市税务局",
        2022,
        cells={
            "disclosure/rules/issued": -1,
            "disclosure/licences/decisions": Decimal("1.5"),
            "disclosure/fees/amount": Decimal("0.123456"),
            "requests/granted/natural_person": Decimal("0.5"),
            "requests/granted/total": Decimal("0.5"),
        },
    ),
    # Nothing of these is ever current.
    Report("no_year", "己街道办事处", None, cells=SOUND, problems=[("year_not_found", None)]),
    Report("no_agency", None, 2022, problems=[("agency_not_found", None)]),
    Report(
        "old",
        "甲市人民政府",
        2016,
        forms=dict.fromkeys(FORM_2021),
        heading={"set_aside": "before_2019", "reason": "older"},
        problems=[("before_2019", None)],
    ),
    Report(
        "broken",
        heading=None,
        forms={},
        raw={"set_aside": "broken_file", "reason": "not a PDF"},
        copies=("z/broken.txt", "a copy.txt"),
        problems=[("broken_file", None)],
    ),
]


def frames(reports: list[Report]) -> dict[str, pl.DataFrame]:
    """The files of the lake, each as one frame; the verdicts are those of the pipeline."""
    rows: dict[str, list[dict]] = {name: [] for name in SCHEMAS}
    for order, report in enumerate(reports):
        for name, found in report.rows(order).items():
            rows[name] += found
    rows["check_history"] = [
        {"run_id": "r1", "checked_at": RECEIVED, "suite": "hard", "expectation": "balance", "success": True}
    ]
    for name, row in ACROSS.items():
        rows[name].append(row)
    lake = {
        name: pl.DataFrame([{column: row.get(column) for column in schema} for row in rows[name]], schema=schema)
        for name, schema in SCHEMAS.items()
    }
    cells, tables, headings = (lake[name] for name in ("report_cells", "report_tables", "report_headings"))
    found = find(cells, tables)
    lake |= {
        "identity_checks": judge(cells, tables),
        "cell_edits": found.edits,
        "derived_cells": found.derived,
        "identity_checks_after": found.after,
        "prose_claims": claim_table(lake["raw_reports"], headings, tables, cells),
        "plausibility_checks": judge_plausibility(cells, headings, lake["raw_reports"]),
        "report_differences": report_differences(cells, headings),
        "source_lines": source_lines(lake["raw_reports"], tables, [cells]),
    }
    return lake | {"review_notes": notes(lake)}


# What takes reports of consecutive years, of which there are none here: the rows are made up.
ACROSS = {
    "year_checks": {
        "report_id": report_id("domain"), "year": 2022, "previous_report_id": report_id("hybrid"),
        "identity": "carry_over", "member": "total", "left": Decimal(0), "right": Decimal(1), "difference": Decimal(-1),
        "verdict": "violated", "missing": [], "missing_previous": [],
    },
    "report_similarity": {
        "report_id": report_id("domain"), "year": 2022, "previous_report_id": report_id("hybrid"),
        "relation": "previous_year", "similarity": 0.9, "shared_sentences": 9, "sentences": 10, "copied": True,
    },
    "missing_years": {"agency_name": "戊市税务局", "year": 2021, "year_before": 2020, "year_after": 2022},
}  # fmt: skip
DECIDED = {"decided_by": "审核员", "decided_on": date(2024, 5, 1), "citation": "来函"}
EXCEPTION = KnownException("e1", "carry_over", None, "戊市税务局", None, None, "合并", **DECIDED)
ACCEPTED = ("requests/received/total", None, None, "accept", Decimal(12))
DECISIONS = [
    ReviewDecision("d1", report_id("second"), None, None, *ACCEPTED, why="原件为12", **DECIDED),
    ReviewDecision(
        "d2", None, "甲市人民政府", 2022, None, "balance", "total", "exception", None, why="已说明", **DECIDED
    ),
]


def notes(lake: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """What was decided on the verdicts and suggestions of the lake."""
    columns = ["report_id", "year", "identity", "member", "verdict"]
    checks = pl.concat([lake[name].lazy().select(columns) for name in ("identity_checks", "year_checks")])
    address = pl.concat_str("table_code", "row_code", "column_code", separator="/").alias("cell")
    values = lake["cell_edits"].lazy().select("report_id", address, value="value_to")
    headings = lake["report_headings"]
    return pl.concat(
        [notes_on_checks(checks, headings, DECISIONS, [EXCEPTION]), notes_on_cells(values, headings, DECISIONS)]
    )


def write(lake: dict[str, pl.DataFrame], home: Path) -> None:
    """Write the frames where the pipeline writes them: by year, or in one file, and always at least one file."""
    for name, frame in lake.items():
        folder = home / "lake" / name
        folder.mkdir(parents=True, exist_ok=True)
        frame.clear().write_parquet(folder / "unknown.parquet")
        if "year" in frame.columns and name != "report_headings":
            for (year,), part in frame.group_by("year"):
                part.write_parquet(folder / f"{year or 'unknown'}.parquet")
        else:
            frame.write_parquet(folder / "000.parquet")
