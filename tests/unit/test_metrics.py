"""The seed of metrics against the macros, and against the columns that it promises."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
with (PROJECT / "seeds" / "reference" / "metrics.csv").open(encoding="utf-8", newline="") as lines:
    METRICS = list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def columns() -> dict[str, dict[str, str]]:
    """Columns of the marts with their descriptions, by table."""
    path = PROJECT / "models" / "marts" / "analysis" / "_analysis__models.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {model["name"]: {column["name"]: column["description"] for column in model["columns"]} for model in models}


def test_macros_and_seed_name_the_same_metrics_in_order():
    source = (PROJECT / "macros" / "metrics.sql").read_text(encoding="utf-8")
    defined = re.findall(r"^        '(\w+)': \[", source, re.MULTILINE)
    assert defined == [row["metric"] for row in METRICS]
    assert [int(row["ordinal"]) for row in METRICS] == list(range(1, len(METRICS) + 1))


@pytest.mark.parametrize("row", METRICS, ids=lambda row: row["metric"])
def test_a_metric_is_told_whole(row):
    assert all(row.values())
    assert row["name_en"].isascii() and not row["name_zh"].isascii()
    pending = "审结" in row["note"]
    assert pending == (row["metric"].startswith(("reconsideration", "litigation"))), "pending in the base or not"


@pytest.mark.parametrize("row", METRICS, ids=lambda row: row["metric"])
def test_a_metric_has_its_columns_with_its_formula(row, columns):
    table = columns["mart_agency_year" if row["grain"] == "report" else "mart_zero_reports"]
    told = table[row["metric"]]
    assert row["name_zh"] in told and f"({row['numerator']}) / ({row['denominator']})" in told
    assert row["denominator"] in table[f"{row['metric']}_base"]
    regional = {f"{row['metric']}{part}" for part in ("", "_numerator", "_base", "_reports")}
    assert regional <= set(columns["mart_region_year"])


@pytest.mark.parametrize("row", METRICS, ids=lambda row: row["metric"])
def test_terms_are_columns_of_the_mart(row, columns):
    words = {"case", "when", "then", "else", "end", "is", "not", "null"}
    terms = set(re.findall(r"[a-z_]+", f"{row['numerator']} {row['denominator']}")) - words
    assert terms <= set(columns["mart_agency_year"])
