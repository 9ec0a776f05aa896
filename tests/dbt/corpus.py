"""A lake of many plausible reports over years, with the truth about whose they are; values only, no text."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import polars as pl
from synthetic_lake import SCHEMAS

from orchestration.editing import judge
from orchestration.form import declaration
from tests.rendering.model import TABLES, Report, random_report
from tests.rendering.places import DEPARTMENTS

REFERENCE = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "reference"
YEARS = range(2019, 2024)
RECEIVED = datetime(2024, 6, 1, tzinfo=UTC)
# an agency of the state under the name that a law gave it in 2023, and a county that became a city
RENAMED = ("中国银行保险监督管理委员会", "国家金融监督管理总局", 2022)
TWINS = "410303"  # where the twins sit
RAISED = ("长垣县", "410728", "长垣市", "410783", 2019)


@dataclass
class Filed:
    """A report as it was filed: whose it is, under which name, and whether it speaks for its year."""

    agency: int
    year: int
    name: str
    region: str | None
    level: str
    organ_type: str
    report: Report
    current: bool = True
    published_on: date | None = None

    @property
    def report_id(self) -> str:
        """Its identifier in the lake."""
        return hashlib.sha256(f"{self.agency}/{self.year}/{self.current}".encode()).hexdigest()


@dataclass
class Corpus:
    """The reports that were filed; agencies are numbers, ``twins`` are two that counted the same in different forms."""

    filed: list[Filed] = field(default_factory=list)
    twins: tuple[int, int] = (0, 0)
    renamed: int = 0
    raised: int = 0

    def lake(self) -> dict[str, pl.DataFrame]:
        """The files of the lake, with the verdicts of the pipeline."""
        cells, tables = pl.concat([_cells(one) for one in self.filed]), []
        for one in self.filed:
            known = {"report_id": one.report_id, "year": one.year}
            tables += [known | {"table_code": table, "form": one.report.forms[table]} for table in TABLES]
        rows: dict[str, list[dict]] = {name: [] for name in SCHEMAS} | {"report_tables": tables}
        for number, one in enumerate(self.filed):
            key = {"report_id": one.report_id}
            raw = {
                "path": f"{number}.txt",
                "container": "text",
                "bytes": 100,
                "modified_ns": 0,
                "received_at": RECEIVED,
            }
            rows["raw_reports"].append(key | raw)
            told = {"year": one.year, "agency_name": one.name, "region_code": one.region, "level": one.level}
            told |= {"organ_type": one.organ_type, "published_on": one.published_on}
            rows["report_headings"].append(key | told)
        made = {
            name: pl.DataFrame([{column: row.get(column) for column in schema} for row in rows[name]], schema=schema)
            for name, schema in SCHEMAS.items()
        }
        return made | {"report_cells": cells, "identity_checks": judge(cells, made["report_tables"])}


def corpus(agencies: int, seed: int = 5) -> Corpus:
    """So many agencies, each with a report for most of five years; renamed ones and twins are among them."""
    rng = Random(seed)
    made = Corpus()
    for number, (names, codes) in enumerate(_counties(rng, agencies - 4)):
        organ, kind = rng.choice([("人民政府", "government"), *[(name, "department") for name in DEPARTMENTS]])
        for year in YEARS:
            if rng.random() < 0.9:
                name = rng.choice(names) + organ
                made.filed.append(_filed(rng, number, year, name, codes, "county", kind))
    made.renamed, made.raised, made.twins = agencies - 4, agencies - 3, (agencies - 2, agencies - 1)
    for year in YEARS:
        name = RENAMED[0] if year <= RENAMED[2] else RENAMED[1]
        made.filed.append(_filed(rng, made.renamed, year, name, None, "nation", "department"))
        county, code = RAISED[:2] if year <= RAISED[4] else RAISED[2:4]
        made.filed.append(_filed(rng, made.raised, year, county + "财政局", code, "county", "department"))
        made.filed += _twins(rng, year, made.twins)
    for one in rng.sample(made.filed[: len(made.filed) - 20], agencies // 10):
        made.filed.append(_older(rng, one))
    return made


def _counties(rng: Random, number: int) -> list[tuple[list[str], str]]:
    """So many counties in force, each with the ways in which a name may begin with it, and its code."""
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as lines:
        regions = list(csv.DictReader(lines))
    named = {row["region_code"]: row["name_zh"] for row in regions if not row["valid_to"]}
    counties = [row for row in regions if row["level"] == "county" and not row["valid_to"]]
    chosen = rng.sample([row for row in counties if row["region_code"] not in (RAISED[3], TWINS)], number)
    return [([row["name_zh"], named[row["parent_code"]] + row["name_zh"]], row["region_code"]) for row in chosen]


def _filed(rng: Random, agency: int, year: int, name: str, region: str | None, level: str, kind: str) -> Filed:
    published = date(year + 1, rng.randint(1, 4), rng.randint(1, 28)) if rng.random() < 0.8 else None
    return Filed(agency, year, name, region, level, kind, random_report(rng, year=year), True, published)


def _older(rng: Random, one: Filed) -> Filed:
    """An earlier version of a report, which its agency replaced."""
    one.published_on = date(one.year + 1, 6, 1)
    first = date(one.year + 1, 1, 10)
    report = random_report(rng, one.report.forms, year=one.year)
    return Filed(one.agency, one.year, one.name, one.region, one.level, one.organ_type, report, False, first)


def _twins(rng: Random, year: int, numbers: tuple[int, int]) -> list[Filed]:
    """Two offices of one county that counted the same, one in the form of 2021 and one in that of 2019."""
    new = random_report(rng, "2021", style="medium", year=year)
    values = {address: value for address, value in new.values.items() if not address.startswith("requests/closed.")}
    for column in {address.rpartition("/")[2] for address in new.values if address.startswith("requests/")}:
        leaves = [new.values[f"requests/closed.{leaf}/{column}"] for leaf in ("not_corrected", "fee_unpaid", "other")]
        values[f"requests/closed/{column}"] = sum(leaves)
    old = Report(new.agency, year, new.forms | {"requests": "2019"}, values)
    return [
        Filed(number, year, f"西工区{name}", TWINS, "county", "department", report)
        for number, name, report in zip(numbers, ("统计局", "审计局"), (new, old), strict=True)
    ]


def _cells(one: Filed) -> pl.DataFrame:
    cells = [cell for table in TABLES for cell in declaration().cells_of(one.report.forms[table], table)]
    values = [one.report.values[cell.address] for cell in cells]
    numbers = [None if value is None or isinstance(value, str) else Decimal(value) for value in values]
    found = {
        name: [getattr(cell, name) for cell in cells] for name in ("form", "table_code", "row_code", "column_code")
    }
    status = ["blank" if v is None else "not_applicable" if isinstance(v, str) else "reported" for v in values]
    lines = list(range(1, len(cells) + 1))
    evidence = [None if number is None else "label" for number in numbers]
    raw = ["" if value is None else str(value) for value in values]
    found |= {"value": numbers, "status": status, "raw": raw, "line": lines, "evidence": evidence}
    found |= {"report_id": [one.report_id] * len(cells), "year": [one.year] * len(cells)}
    schema = SCHEMAS["report_cells"]
    empty = [None] * len(cells)
    return pl.DataFrame({column: found.get(column, empty) for column in schema}, schema=schema)
