"""Reports that speak for an agency and year, reports told twice, and years without any."""

from pathlib import Path

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from year_reports import NEW, frames, published, zeros

from orchestration.editing.across.agency_keys import ALIASES, REGIONS, with_agencies
from orchestration.editing.across.years_differences import report_differences
from orchestration.editing.across.years_reports import missing_years, neighbours, reports_of_agencies
from orchestration.editing.schema import MISSING_YEARS, REPORT_DIFFERENCES

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


def test_a_name_that_places_share_is_one_agency_in_each_of_them():
    name = "新华区人民政府"
    here, there, opened = (
        {"region_code": "130104"},
        {"region_code": "410402"},
        {"region_candidates": ["130104", "410402"]},
    )
    site = opened | {"url": "https://www.Xinhua.gov.cn/a.html"}
    reports = {
        "a21": (name, 2021, NEW, {}, here),
        "a22": (name, 2022, NEW, {}, here),
        "b21": (name, 2021, NEW, {}, there),
        "b23": (name, 2023, NEW, {}, there),
        "c21": (name, 2021, NEW, {}, opened),
        "c22": (name, 2022, NEW, {}, opened),
        "d21": (name, 2021, NEW, {}, site),
        "d22": (name, 2022, NEW, {}, opened | {"publisher": "www.xinhua.gov.cn"}),
    }
    headings = frames(reports)[2]
    assert set(neighbours(headings).select("report_id", "previous_report_id").iter_rows()) == {
        ("a22", "a21"),
        ("d22", "d21"),
    }
    assert missing_years(headings).rows() == [(name, 2022, 2021, 2023)]
    assert reports_of_agencies(headings)["is_current"].all()


def test_an_agency_goes_on_under_a_new_name_or_code():
    regions = pl.read_csv(REGIONS, infer_schema=False)
    new = regions.filter(pl.col("valid_from").is_not_null())["region_code"].implode()
    old = regions.filter(
        pl.col("successor_code").is_in(new), pl.col("successor_code").count().over("successor_code") == 1
    )
    old = old.join(regions, left_on="successor_code", right_on="region_code", suffix="_new")
    stem = pl.col("name_zh").str.replace("(县|市|区|旗|地区)$", "")
    row = old.filter(stem == pl.col("name_zh_new").str.replace("(县|市|区|旗|地区)$", "")).row(0, named=True)
    alias = pl.read_csv(ALIASES, infer_schema=False).filter(pl.col("change") == "renamed").row(0, named=True)
    reports = {
        "a21": ("甲局", 2021, NEW, {}, {"region_code": row["region_code"]}),
        "a22": ("甲局", 2022, NEW, {}, {"region_code": row["successor_code"]}),
        "b21": (alias["alias_name"], 2021, NEW, {}, {"region_code": alias["region_code"]}),
        "b22": (alias["canonical_name"], 2022, NEW, {}, {"region_code": alias["region_code"]}),
        "c22": (None, 2022, NEW, {}, {}),
    }
    headings = frames(reports)[2]
    assert set(neighbours(headings)["report_id"]) == {"a22", "b22"}
    assert with_agencies(headings)["report_id"].to_list() == headings["report_id"].to_list()
    assert with_agencies(headings)["agency"].null_count() == 1
