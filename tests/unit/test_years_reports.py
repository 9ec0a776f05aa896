"""Reports that speak for an agency and year, reports told twice, and years without any."""

from pathlib import Path

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from year_reports import NEW, frames, published, zeros

from orchestration.editing.schema import MISSING_YEARS, REPORT_DIFFERENCES
from orchestration.editing.years_differences import report_differences
from orchestration.editing.years_reports import missing_years, reports_of_agencies

SQL = Path(__file__).parents[2] / "dbt_project/models/intermediate/int_report_currency.sql"


def currency_in_sql(headings: pl.DataFrame) -> set[str]:
    """The current reports by the warehouse's own model."""
    int_reports = headings.rename({"agency_name": "agency_id"})
    with duckdb.connect() as connection:
        connection.register("int_reports", int_reports.to_arrow())
        sql = SQL.read_text(encoding="utf-8").replace("{{ ref('int_reports') }}", "int_reports")
        return {name for name, _, current in connection.execute(sql).fetchall() if current}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_warehouse_and_the_library_agree_on_the_current_report(data):
    reports = {}
    for name in "abcdefg":
        heading = published(
            data.draw(st.sampled_from([None, 3, 4])),
            data.draw(st.sampled_from([None, 5, 6])),
            corrects=data.draw(st.sampled_from([None, None, "a", "b", "c", "missing"])),
            set_aside=data.draw(st.sampled_from([None, None, None, "not_a_report"])),
        )
        agency, year = (
            data.draw(st.sampled_from(["甲局", "乙局", None])),
            data.draw(st.sampled_from([2021, 2022, None])),
        )
        reports[name] = (agency, year, {}, {}, heading)
    headings = frames(reports)[2]
    found = reports_of_agencies(headings).filter("is_current")["report_id"]
    assert set(found) == currency_in_sql(headings)


def test_the_same_year_told_twice():
    one = zeros(NEW, received__total=12, granted__total=3, rules__issued=None)
    two = zeros(NEW, received__total=13, granted__total=None, rules__issued=4)
    reports = {
        "a": ("甲局", 2022, NEW, one, published(3)),
        "b": ("甲局", 2022, NEW, two, published(1)),
        "c": ("甲局", 2022, NEW, one, published(2)),
        "d": ("甲局", 2021, NEW, two),
        "e": ("乙局", 2022, NEW, two),
    }
    cells, _, headings = frames(reports)
    found = report_differences(cells, headings)
    assert found.schema == REPORT_DIFFERENCES
    assert found.rows() == [("甲局", 2022, "a", "b", "requests/received/total", 12, 13, False)]
    corrected = headings.with_columns(corrects=pl.when(pl.col("report_id") == "b").then(pl.lit("a")))
    rows = report_differences(cells.reverse(), corrected).filter(pl.col("corrected")).rows()
    # b replaces a, and c is not replaced: published later, it speaks for the year
    assert rows == []
    alone = corrected.filter(pl.col("report_id") != "c")
    assert report_differences(cells, alone).rows() == [
        ("甲局", 2022, "b", "a", "requests/received/total", 13, 12, True)
    ]
    assert report_differences(cells, headings.clear()).schema == REPORT_DIFFERENCES


def test_missing_years():
    reports = {
        "a": ("甲局", 2019, {}, {}),
        "b": ("甲局", 2021, {}, {}),
        "c": ("甲局", 2024, {}, {}),
        "d": ("乙局", 2016, {}, {}),  # older than the form: its gap is none of ours
        "e": ("乙局", 2020, {}, {}),
        "f": ("乙局", 2021, {}, {}, {"set_aside": "broken_file"}),
        "g": ("乙局", 2022, {}, {}),
        "h": (None, 2022, {}, {}),
    }
    found = missing_years(frames(reports)[2].reverse())
    assert found.schema == MISSING_YEARS
    assert found.rows() == [("甲局", 2020, 2019, 2021), ("甲局", 2022, 2021, 2024), ("甲局", 2023, 2021, 2024)]
    assert missing_years(frames({})[2]).schema == MISSING_YEARS
