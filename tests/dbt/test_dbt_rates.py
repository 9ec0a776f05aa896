"""Every rate of the marts against its recomputation from the cells; agencies that were renamed; both forms alike."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pytest
from corpus import RAISED, REFERENCE, RENAMED, YEARS, Corpus, corpus
from dbt_runs import dbt
from polars.testing import assert_frame_equal
from recomputed import (
    GROUPS,
    KEY,
    SUMMED,
    TREND,
    numbers,
    rates,
    rates_of_groups,
    shares,
    sums_of_groups,
    terms,
    trend,
    with_regions_above,
)
from synthetic_lake import write

pytestmark = pytest.mark.slow  # each fault, or each run, is a build of its own


@dataclass
class Built:
    """A corpus, the numbers of its current reports, and the warehouse that dbt made of it."""

    corpus: Corpus
    lake: dict[str, pl.DataFrame]
    numbers: pl.DataFrame
    query: Callable[[str], pl.DataFrame]

    def ids(self, agency: int) -> list[str]:
        """The reports of an agency that speak for their years, by year."""
        own = [one for one in self.corpus.filed if one.agency == agency and one.current]
        return [one.report_id for one in sorted(own, key=lambda one: one.year)]


@pytest.fixture(
    scope="module",
    params=[pytest.param(60, id="300 reports"), pytest.param(450, id="2000 reports")],
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    made = corpus(request.param)
    home: Path = tmp_path_factory.mktemp("corpus")
    lake = made.lake()
    write(lake, home)
    commands = [["build"]] if request.param > 100 else [["seed"], ["run"]]
    outcome = dbt(home, *commands)
    assert outcome.code == 0, outcome.output[-4000:]
    assert request.param < 100 or len(made.filed) >= 2000

    def query(sql: str) -> pl.DataFrame:
        with duckdb.connect(str(home / "warehouse" / "gongkai.duckdb"), read_only=True) as connection:
            return pl.from_arrow(connection.sql(sql).to_arrow_table())

    return Built(made, lake, numbers(made, lake), query)


def same(found: pl.DataFrame, expected: pl.DataFrame) -> None:
    """To the last digit; the type of a whole number does not matter."""
    found = found.select(expected.columns)
    whole = [name for name, kind in expected.schema.items() if kind.is_integer()]
    assert_frame_equal(
        found.with_columns(pl.col(whole).cast(pl.Int64)),
        expected.with_columns(pl.col(whole).cast(pl.Int64)),
        check_exact=True,
    )


def test_rates_of_agencies(built):
    expected = rates(built.numbers)
    same(built.query("from mart_agency_year order by report_id"), expected)
    for metric in terms():  # each is defined for some reports and undefined for others
        assert 0 < expected[metric].null_count() < expected.height, metric


def test_numbers_of_agencies(built):
    counts = built.numbers.drop("agency", "region_code", "level", "organ_type").sort("report_id")
    same(built.query("from mart_agency_year order by report_id"), counts)


def test_rates_of_regions(built):
    expected = rates_of_groups(with_regions_above(built.numbers), KEY)
    same(built.query(f"from mart_region_year where reports > 0 order by {', '.join(KEY)}"), expected)
    assert {"410303", "410300", "410000"} <= set(expected["region_code"])


def test_shares_of_zero_reports(built):
    keys = ("year", "level", "organ_type")
    told = [f"{name}{part}" for name in shares() for part in ("", "_numerator", "_base", "_reports")]
    expected = rates_of_groups(built.numbers, keys).select(*keys, *told, "reports")
    same(built.query(f"from mart_zero_reports order by {', '.join(keys)}"), expected)
    assert expected["zero_requests_share_numerator"].sum() > 0


def test_sums_of_regions(built):
    expected = sums_of_groups(with_regions_above(built.numbers), KEY)
    same(built.query(f"from mart_region_year where reports > 0 order by {', '.join(KEY)}"), expected)
    assert any(expected[name].null_count() for name in SUMMED), "somewhere nobody told one of them"


def test_share_of_the_roster_that_reported(built):
    """Recomputed from the roster itself: its agencies are none of those of the corpus, so all are missing."""
    with (REFERENCE / "roster.csv").open(encoding="utf-8", newline="") as rows:
        roster = {(row["region_code"], int(row["valid_from"])) for row in csv.DictReader(rows)}
    where = "where agencies_expected is not null and region_level = 'county'"
    found = built.query(f"from mart_region_year {where}")
    assert {(row["region_code"], row["year"]) for row in found.to_dicts()} == roster
    assert found["agencies_expected"].sum() == len(roster)
    assert found["agencies_received"].sum() == 0 and found["agencies_received_share"].to_list() == [0.0] * len(found)
    others = built.query("from mart_region_year where agencies_expected is null")["agencies_received_share"]
    assert others.len() and others.null_count() == others.len(), "undefined, never 0"


def test_trend_of_outcomes(built):
    expected = trend(built.corpus, built.lake, built.numbers)
    same(built.query(f"from mart_outcome_trend order by {', '.join(TREND)}"), expected)
    assert {"closed", "closed.other"} <= set(expected.filter(grain="leaf")["code"])


def test_agencies_are_those_that_filed(built):
    owners = {one.report_id: one.agency for one in built.corpus.filed}
    found = built.query("select report_id, agency_id from dim_report")
    pairs = {(owners[report], agency) for report, agency in found.iter_rows()}
    assert len(pairs) == len(set(owners.values())) == len({agency for _, agency in pairs})
    assert built.query("select report_id from dim_report where is_current").height == built.numbers.height


def test_a_renamed_agency_keeps_its_history(built):
    for agency, names, rule in (
        (built.corpus.renamed, RENAMED[:2], "alias"),
        (built.corpus.raised, (RAISED[0] + "财政局", RAISED[2] + "财政局"), "succession"),
    ):
        reports = built.ids(agency)
        listed = ", ".join(f"'{report}'" for report in reports)
        marts = built.query(f"from mart_agency_year where report_id in ({listed}) order by year")
        assert marts["agency_id"].n_unique() == 1 and marts["year"].to_list() == list(YEARS)
        assert marts["agency_name"].unique().to_list() == [names[1]]
        received = marts["received"].to_list()
        assert marts["received_last_year"].to_list() == [None, *received[:-1]]
        history = built.query(
            f"select agency_name, valid_from, valid_to, agency_rule from dim_agency_history "
            f"where agency_id = '{marts['agency_id'][0]}' order by version"
        ).rows()
        change = RENAMED[2] if rule == "alias" else RAISED[4]
        assert [row[:3] for row in history] == [(names[0], 2019, change), (names[1], change + 1, None)]
        assert history[0][3] == rule


def test_both_forms_roll_up_to_equal_totals(built):
    new, old = (built.ids(agency) for agency in built.corpus.twins)
    columns = [*GROUPS, "processed_total", *terms()]
    sides = []
    for reports in (new, old):
        listed = ", ".join(f"'{report}'" for report in reports)
        sides.append(built.query(f"from mart_agency_year where report_id in ({listed}) order by year"))
    assert sides[0]["requests_form"].unique().to_list() == ["2021"]
    assert sides[1]["requests_form"].unique().to_list() == ["2019"]
    same(sides[0].select(columns), sides[1].select(columns))
    assert sides[0]["closed"].sum() > 0
    rolled = built.query(
        f"select d.group_code, f.form, f.year, sum(f.value) as total from fct_request_outcome f "
        f"join dim_outcome d using (outcome) where f.applicant = 'total' and f.report_id in "
        f"({', '.join(repr(report) for report in new + old)}) group by all"
    ).pivot("form", index=["group_code", "year"], values="total")
    assert rolled.height == len(GROUPS) * len(YEARS)
    assert rolled["2019"].to_list() == rolled["2021"].to_list()
