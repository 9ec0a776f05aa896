"""What the dashboard asks of a published file, and that it follows a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import yaml
from small_published import HOSTILE, PLANTED, PROJECT, SOUND, contracts, publish

from orchestration.dashboard.listing import violation_rows
from orchestration.dashboard.published import Followed, NotPublished, Published
from orchestration.dashboard.queries import agencies, history, overview, problems, regions, reports, violations
from orchestration.dashboard.words import Say
from orchestration.publication.versions import COLUMNS

BLANK = SOUND | {"requests/granted/other": "blank"}
REPORTS = [(HOSTILE, 2023, PLANTED), ("平安县财政局", 2022, BLANK), ("平安县财政局", 2023, SOUND)]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    yield Published(publish(tmp_path_factory.mktemp("公开 home") / "gongkai.duckdb", REPORTS))


def test_dbt_knows_which_tables_the_dashboard_reads() -> None:
    exposures = yaml.safe_load((PROJECT / "models" / "_exposures.yml").read_text(encoding="utf-8"))["exposures"]
    (ours,) = (exposure for exposure in exposures if exposure["name"] == "quality_dashboard")
    declared = {found for ref in ours["depends_on"] for found in re.findall(r"ref\('(\w+)'\)", ref)}
    folder = Path(overview.__file__).parent
    asked = {
        table
        for path in folder.glob("*.py")
        for table in re.findall(r"\b(?:from|join) (?:reference\.)?(\w+)", path.read_text(encoding="utf-8"))
    }
    known = set(contracts()) - set(COLUMNS) | {"metrics"}
    assert asked & known == declared


def test_totals_coverage_and_verdicts(published: Published) -> None:
    assert overview.totals(published) == {
        "files": 3, "reports": 3, "set_aside": 0, "agencies": 2, "first_year": 2022, "last_year": 2023
    }  # fmt: skip
    assert overview.cells(published)["cells"] == 600
    years = {row["year"]: row for row in overview.by_year(published).iter_rows(named=True)}
    assert (years[2023]["reports"], years[2023]["violated"], years[2022]["violated"]) == (2, 1, 0)
    assert overview.by_province(published)["reports"].sum() == 3
    counted = {(row["identity"], row["verdict"]): row["judged"] for row in overview.verdicts(published).to_dicts()}
    assert counted["applicants", "violated"] == 1 and counted["balance", "violated"] == 1
    assert counted["applicants", "unverifiable"] == 1


def test_a_report_is_found_by_a_part_of_its_agency_however_hostile(published: Published) -> None:
    found = reports.search(published, "onerror=")
    assert found["agency_name"].to_list() == [HOSTILE]
    assert reports.search(published, "", 2022)["agency_name"].to_list() == ["平安县财政局"]
    assert reports.search(published, "' or 1=1 --").is_empty()
    assert reports.search(published, "")["violations"][0] == 2
    assert len(reports.cells(published, found["report_id"][0])) == 200
    assert reports.source_lines(published, found["report_id"][0])["line"].to_list() == list(range(1, 201))


def test_violations_with_suggestion_filters_and_order(published: Published) -> None:
    everything = violations.findings(published, violations.Filter())
    assert set(everything["rule"]) == {"applicants", "balance"}
    assert everything["suggestion"].to_list() == ["requests/received/total → 12"] * 2
    assert violations.count(published, violations.Filter()) == {"findings": 2, "reports": 1}
    for none in (
        violations.Filter(kind="years"),
        violations.Filter(year=2022),
        violations.Filter(text="平安"),
        violations.Filter(province="北京市"),
    ):
        assert violations.findings(published, none).is_empty()
        assert violations.count(published, none)["findings"] == 0
    for order in violations.ORDERS:
        assert len(violations.findings(published, violations.Filter(open_only=True), order)) == 2
    page = violations.findings(published, violations.Filter(), limit=1, offset=1)
    assert page["rule"].to_list() == everything["rule"].to_list()[1:]


def test_violations_in_words(published: Published) -> None:
    rows = violation_rows(violations.findings(published, violations.Filter(rule="applicants")), Say("zh"))
    row = rows.row(0, named=True)
    assert (row["member"], row["left"], row["right"]) == ("一、本年新收政府信息公开申请数量", 15, 12)
    assert row["suggestion"] == "一、本年新收政府信息公开申请数量 · 总计 → 12" and row["certainty"] == "唯一最小改正"


def test_an_agency_over_the_years_leaves_out_what_was_not_reported(published: Published) -> None:
    agency = agencies.search(published, "平安县")["agency_id"][0]
    years = agencies.years(published, agency)
    assert years["year"].to_list() == [2022, 2023]
    long = agencies.long(years, ["received", "denied"])  # denied is not there
    assert set(long["measure"]) == {"received"} and long["value"].to_list() == [12.0, 12.0]
    assert years["disclosure_rate"].to_list() == [None, None]


def test_regions_are_compared_by_declared_metrics_alone(published: Published) -> None:
    choice = regions.choices(published).row(0, named=True)
    place = (choice["year"], choice["region_level"], choice["level"], choice["organ_type"])
    found = regions.compared(published, "disclosure_rate", *place).row(0, named=True)
    assert (found["rate"], found["numerator"], found["base"], found["telling"], found["reports"]) == (0.5, 8, 16, 1, 3)
    assert regions.compared(published, "denial_rate", *place)["rate"].to_list() == [None]
    with pytest.raises(ValueError, match="no metric"):
        regions.compared(published, 'x" from secret --', *place)


def test_problems_set_aside_history_and_differences(published: Published) -> None:
    assert problems.codes(published)["problems"].to_list() == [3]
    assert len(problems.listed(published, "label_lost", "平安")) == 2
    assert problems.set_aside(published)["remedy_zh"].to_list() == ["重新取得文件。"]
    run = history.runs(published).row(0, named=True)
    assert (run["passed"], run["failed"], run["unexpected"]) == (1, 1, 1)
    assert history.checks(published, run["run_id"])["success"].to_list() == [False, True]
    assert history.difference_counts(published).rows() == [("report", "added", 1)]
    assert len(history.difference(published, "report")) == 1 and history.difference(published, "cell").is_empty()


def test_a_new_publication_is_followed_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    followed = Followed(tmp_path / "gongkai.duckdb")
    with pytest.raises(NotPublished, match="does not exist"):
        followed.now()
    publish(followed.path, REPORTS[:1], datetime(2024, 1, 1))
    old = followed.now()
    assert followed.now() is old
    publish(followed.path, REPORTS, datetime(2024, 2, 1))
    new = followed.now()
    assert overview.totals(new)["reports"] == 3 and overview.publication(new)["published_at"].month == 2
    assert overview.totals(old)["reports"] == 1 and old.ask("select count(*) as n from fct_cell")["n"][0] == 200
    followed.path.unlink()
    followed.path.write_bytes(b"no database")
    with pytest.raises(NotPublished, match="could not be opened"):
        followed.now()


def test_the_file_is_never_written_and_nothing_else_is_read(published: Published, tmp_path: Path) -> None:
    for sql in (
        "create table x (a int)",
        "delete from fct_cell",
        f"copy fct_cell to '{tmp_path / 'out.csv'}'",
        "from read_text('/etc/hostname')",
        "set enable_external_access = true",
    ):
        with pytest.raises(Exception, match=r"(?i)read-only|disabled|locked|lock|cannot|external"):
            published.ask(sql)
    assert not list(tmp_path.iterdir())


def test_years_and_provinces_of_which_the_roster_says_nothing_are_unknown(tmp_path: Path) -> None:
    path = publish(tmp_path / "gongkai.duckdb", REPORTS)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update mart_timeliness set is_expected = false where year = 2022")
        connection.execute(
            "insert into mart_timeliness (agency_id, year, is_expected, timeliness) "
            "select agency_id, 2021, true, 'missing' from dim_agency where agency_name like '平安%'"
        )
    found = Published(path)
    years = {row.pop("year"): row for row in overview.by_year(found).to_dicts()}
    assert [years[2022][name] for name in ("reports", "expected", "received", "missing")] == [1, None, None, None]
    assert [years[2021][name] for name in ("reports", "expected", "received", "missing")] == [0, 1, 0, 1]
    provinces = {row["year"]: row for row in overview.by_province(found).to_dicts()}
    assert provinces[2022]["expected"] is None and provinces[2023]["received"] is not None
    assert (provinces[2021]["reports"], provinces[2021]["expected"], provinces[2021]["received"]) == (0, 1, 0)


def test_a_limit_of_a_plausibility_rule_is_no_side_to_subtract(tmp_path: Path) -> None:
    """Four decimals against an amount: their difference would say nothing, and sort first."""
    path = publish(tmp_path / "gongkai.duckdb", REPORTS[:1])
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "insert into fct_plausibility_check (report_id, year, rule, value, limit_value, verdict, "
            "is_current) values ('x', 2023, 'four_decimals', 213.59495, 4, 'violated', true)"
        )
    (found,) = violations.findings(Published(path), violations.Filter(kind="plausibility")).to_dicts()
    assert float(found["left_side"]) == 213.59495 and found["difference"] is None


def test_what_was_decided_is_told_in_words(tmp_path: Path) -> None:
    path = publish(tmp_path / "gongkai.duckdb", REPORTS[:1])
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update fct_identity_check set decision = 'exception', why = '机构合并' where identity = 'balance'"
        )
    found = violations.findings(Published(path), violations.Filter())
    told = {row["rule"]: row["settled"] for row in violation_rows(found, Say("zh")).to_dicts()}
    assert set(told.values()) == {None, "已知例外: 机构合并"}
    assert violations.count(Published(path), violations.Filter(open_only=True))["findings"] == len(found) - 1
