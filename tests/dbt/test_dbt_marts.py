"""What the marts hold, on a lake whose every trouble is planted."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from synthetic_lake import REPORTS, report_id

from orchestration.form import declaration

NAMES = {report_id(report.name): report.name for report in REPORTS}


def named(rows: list[tuple]) -> list[tuple]:
    """The rows with the names of the reports in place of their identifiers."""
    return sorted([tuple(NAMES.get(value, value) for value in row) for row in rows], key=str)


def test_build_passes_and_shows_violations(built):
    assert built.code == 0, built.output[-4000:]
    assert built.named("error", "fail", "skipped", "runtime error") == set()
    assert built.named("warn") == {"violated_identities"}
    assert "deprecat" not in built.output.lower()


def test_warning_counts_what_the_reports_violate(built, query):
    violations = query("select count(*) from fct_identity_check where verdict in ('violated', 'violated_by_bounds')")
    assert built.results["violated_identities"]["failures"] == violations[0][0] > 0


def test_main_holds_marts_only(query):
    tables = {name for (name,) in query("select table_name from duckdb_tables() where schema_name = 'main'")}
    dims = "report agency agency_history region region_name year applicant request_flow outcome"
    dims += " disclosure_item disclosure_measure dispute_channel"
    facts = "cell request_flow request_outcome disclosure dispute identity_check reading_problem"
    facts += " cell_edit derived_cell prose_claim year_check plausibility_check report_similarity report_difference"
    expected = {f"dim_{name}" for name in f"{dims} dispute_result identity".split()}
    marts = "agency_year region_year outcome_trend timeliness zero_reports agency_candidates agency_quality"
    expected |= {f"fct_{name}" for name in facts.split()} | {f"mart_{name}" for name in marts.split()}
    assert tables == expected | {"check_history", "set_aside_report"}
    views = {
        name for (name,) in query("select view_name from duckdb_views() where schema_name = 'main' and not internal")
    }
    names = "机关年度 申请办理 主动公开 复议诉讼 地区年度 办理结果趋势 报送时效 勾稽核对"
    assert views == {f"v_{name}" for name in names.split()} | {"source_line"}
    texts = query("select distinct table_name from duckdb_columns() where column_name in ('text', 'layout') order by 1")
    assert texts == [("source_line",), ("stg_source_lines",)]


def test_seeds_are_whole(query):
    whole = declaration()
    for alias, records in {
        "forms": whole.forms,
        "form_rows": whole.rows,
        "form_columns": whole.columns,
        "form_cells": whole.cells,
        "form_groups": whole.groups,
        "form_labels": whole.labels,
        "identities": whole.identities,
        "identity_terms": whole.terms,
        "problem_codes": whole.problems,
    }.items():
        names = list(records[0].__slots__)
        found = query(
            "select " + ", ".join(f"coalesce(cast({n} as varchar), '')" for n in names) + f" from form.{alias}"
        )
        expected = [tuple("" if getattr(r, n) is None else str(getattr(r, n)) for n in names) for r in records]
        assert sorted(found) == sorted(expected), alias


def test_every_file_is_a_report(query):
    found = named(query("select report_id, year, requests_form, set_aside, is_current from dim_report"))
    assert found == [
        ("broken", None, None, "broken_file", False),
        ("corrected", 2020, "2019", None, False),
        ("correction", 2020, "2019", None, True),
        ("domain", 2022, "2021", None, True),
        ("first", 2022, "2021", None, False),
        ("hybrid", 2021, "2019", None, True),
        ("missing", 2023, "2021", None, True),
        ("no_agency", 2022, "2021", None, False),
        ("no_year", None, "2021", None, False),
        ("old", 2016, None, "before_2019", False),
        ("second", 2022, "2021", None, True),
        ("third", 2022, "2021", None, False),
    ]
    assert named(query("select report_id, corrected_by from dim_report where corrected_by is not null")) == [
        ("corrected", "correction")
    ]
    received = query("select received_at from dim_report where report_id = ?", report_id("second"))
    assert received == [(datetime(2024, 1, 1, 1),)]


def test_agencies(query):
    columns = "agency_name, region_code, region_name, level, first_year, last_year, reports"
    found = query(f"select {columns} from dim_agency where reports > 0 order by 1")
    assert ("甲市人民政府", "110000", "北京市", "prefecture", 2016, 2022, 4) in found
    assert len(found) == len({report.agency for report in REPORTS if report.agency})
    # those of the roster are there too, the one that an alias renames under its right name
    expected = {name for (name,) in query("select agency_name from dim_agency where reports = 0")}
    assert len(expected) == 5 and "卫辉市政务服务和大数据管理局" in expected


def test_timeliness(query):
    found = query(
        "select agency_name, year, is_expected, timeliness, versions from mart_timeliness "
        "join dim_agency using (agency_id) order by 1, 2"
    )
    assert ("甲市人民政府", 2022, False, "on_time", 3) in found
    assert ("乙县财政局", 2020, False, "unknown_date", 2) in found
    assert ("西工区人民政府", 2022, True, "missing", 0) in found
    assert len(found) == len(set(found)) == 5 + 5


def test_chinese_views(query):
    columns = query("select column_name from duckdb_columns() where table_name like 'v\\_%' escape '\\'")
    assert columns and all(not name.isascii() for (name,) in columns)
    assert query('select "机关名称", "本年新收", "公开率" from "v_机关年度" where "机关名称" like \'甲%\'') == [
        ("甲市人民政府", 13, 0.8)
    ]
    found = query(
        "select 数量, 状态 from v_申请办理 where 报告编号 = ? and 项目 like '%予以公开' and 申请人类别 = '其他'",
        report_id("missing"),
    )
    assert found == [(None, "无法识读")]
    for view, column in query(
        "select table_name, column_name from duckdb_columns() where data_type = 'VARCHAR' "
        "and table_name like 'v\\_%' escape '\\' and column_name not in ('单元格', '缺失单元格', '报告编号')"
    ):
        codes = query(f'select distinct "{column}" from "{view}" where regexp_matches("{column}", \'^[a-z_]+$\')')
        assert codes == [], (view, column)


def test_years(query):
    found = query("select year, due_departments, due_governments, form_expected from dim_year order by 1")
    assert [(row[0], row[3]) for row in found] == [
        (2016, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2022, "2021"), (2023, "2021"),
    ]  # fmt: skip
    assert found[-1][1:3] == (date(2024, 1, 31), date(2024, 3, 31))


def test_cells_of_both_forms_and_hybrids(query):
    found = dict(named(query("select report_id, count(*) from fct_cell group by all")))
    assert {name: found.pop(name) for name in ("hybrid", "corrected", "correction")} == {
        "hybrid": 10 + 161,
        "corrected": 198,
        "correction": 198,
    }
    assert set(found.values()) == {200} and not {"old", "broken"} & set(found)


def test_status_and_value_stay_as_reported(query):
    found = query(
        "select cell, status, value, raw, doubt, evidence from fct_cell "
        "where report_id = ? and (status != 'reported' or doubt is not null) order by cell",
        report_id("missing"),
    )
    assert found == [
        ("disclosure/fees/amount", "not_applicable", None, "?", None, None),
        ("disputes/reconsideration/total", "reported", Decimal(4), "4", "label_lost", "order"),
        ("requests/carried_out/total", "absent", None, None, None, None),
        ("requests/granted/other", "unreadable", None, "?", None, None),
        ("requests/received/business", "blank", None, "", None, None),
    ]


def test_units(query):
    found = named(
        query(
            "select report_id, cell, value, unit, unit_source from fct_cell where cell like '%/amount' and value != 0"
        )
    )
    assert found == [
        ("correction", "disclosure/procurement/amount", Decimal("70487.125"), "元", "stated"),
        ("domain", "disclosure/fees/amount", Decimal("0.123456"), "万元", "form"),
    ]
    assert query("select count(*) from fct_cell where (unit is null) != (unit_source is null)") == [(0,)]


def test_outcomes_of_both_forms_meet_in_groups(query):
    outcomes = {row.row_code for row in declaration().rows if row.kind == "outcome"}
    assert {row for (row,) in query("select outcome from dim_outcome")} == outcomes
    closed = query(
        "select outcome, forms, first_year, last_year, disclosed from dim_outcome "
        "where group_code = 'closed' order by 1"
    )
    assert closed[0] == ("closed", "2019", 2019, 2020, False)
    assert {row[1:] for row in closed[1:]} == {("2021", 2021, None, False)} and len(closed) == 4
    assert query("select outcome, forms from dim_outcome where disclosed order by ordinal") == [
        ("granted", "2019, 2021"),
        ("partially_granted", "2019, 2021"),
    ]


def test_disclosure_items_name_their_measures(query):
    found = dict(query("select item, measures from dim_disclosure_item"))
    assert found["fees"] == "2019: previous_items, change; 2021: amount"
    assert dict(query("select measure, kind from dim_disclosure_measure"))["change"] == "change"


def test_subject_facts_share_the_cells(query):
    found = query(
        "select flow, applicant, value from fct_request_flow where report_id = ? and value != 0 order by 1, 2",
        report_id("first"),
    )
    assert len(found) == 8 and found[0] == ("carried_in", "natural_person", Decimal(1))
    counts = [
        query(f"select count(*) from fct_{name}")[0][0]
        for name in ("request_flow", "request_outcome", "disclosure", "dispute", "cell")
    ]
    assert sum(counts[:4]) == counts[4] == sum(len(report._cells()) for report in REPORTS if report.heading is not None)
    rolled = query(
        "select d.group_code, sum(f.value) from fct_request_outcome f join dim_outcome d using (outcome) "
        "where f.report_id = ? and f.applicant = 'total' and f.value != 0 group by all",
        report_id("hybrid"),
    )
    assert rolled == [("closed", Decimal(5))]


def test_verdicts(query):
    found = query(
        "select report_id, identity, member, left_side, right_side, difference, verdict, missing_count "
        "from fct_identity_check where verdict != 'holds'"
    )
    cell = "disclosure/licences/decisions"
    expected = [
        ("second", "balance", "total", 14, 13, 1, "violated", 0),
        ("second", "applicants", "received", 13, 12, 1, "violated", 0),
        ("missing", "balance", "natural_person", 14, 13, 1, "violated", 0),
        ("missing", "balance", "business", None, 0, None, "unverifiable", 1),
        ("missing", "balance", "total", 13, None, None, "unverifiable", 1),
        ("missing", "outcomes", "natural_person", 10, 7, 3, "violated", 0),
        ("missing", "outcomes", "other", 0, None, None, "unverifiable", 1),
        ("missing", "applicants", "received", 12, None, None, "violated_by_bounds", 1),
        ("missing", "applicants", "granted", 8, None, None, "unverifiable", 1),
        ("missing", "applicants", "carried_out", None, 3, None, "unverifiable", 1),
        ("missing", "dispute_results", "reconsideration", 4, 0, 4, "violated", 0),
        ("domain", "domain", "disclosure/rules/issued", -1, None, None, "violated", 0),
        ("domain", "domain", cell, Decimal("1.5"), None, None, "violated", 0),
        ("domain", "domain", "requests/granted/natural_person", Decimal("0.5"), None, None, "violated", 0),
        ("domain", "domain", "requests/granted/total", Decimal("0.5"), None, None, "violated", 0),
        ("domain", "outcomes", "natural_person", 0, Decimal("0.5"), Decimal("-0.5"), "violated", 0),
        ("domain", "outcomes", "total", 0, Decimal("0.5"), Decimal("-0.5"), "violated", 0),
    ]
    assert {tuple(map(str, row)) for row in plain(found)} == {tuple(map(str, row)) for row in expected}
    per_report = dict(
        named(query("select report_id, count(*) from fct_identity_check where identity != 'domain' group by all"))
    )
    assert per_report["first"] == 42 and per_report["correction"] == 40 and per_report["hybrid"] == 37
    assert query("select count(*) from fct_identity_check where citation is null or severity is null") == [(0,)]


def plain(rows: list[tuple]) -> list[tuple]:
    """Named rows with decimals in their shortest form."""
    shorter = [tuple(v.normalize() + 0 if isinstance(v, Decimal) else v for v in row) for row in rows]
    return [tuple(f"{v:f}" if isinstance(v, Decimal) else v for v in row) for row in named(shorter)]


def test_problems_are_numbered(query):
    found = named(query("select report_id, problem_number, code, kind, line from fct_reading_problem"))
    assert [row for row in found if row[0] == "missing"] == [
        ("missing", 1, "row_not_found", "problem", None),
        ("missing", 2, "values_without_row", "problem", 9),
        ("missing", 3, "values_without_row", "problem", 9),
    ]
    assert ("broken", 1, "broken_file", "set_aside", None) in found
    assert len(found) == sum(len(report.problems) for report in REPORTS)


def test_files_set_aside_say_what_to_do(query):
    rows = query("select report_id, code, name_zh, reason, remedy_zh, remedy_en from set_aside_report order by code")
    problems = {problem.code: problem for problem in declaration().problems}
    assert named(rows) == [
        (name, code, problems[code].name_zh, reason, problems[code].remedy_zh, problems[code].remedy_en)
        for name, code, reason in (("broken", "broken_file", "not a PDF"), ("old", "before_2019", "older"))
    ]
    assert all(bool(p.remedy_zh) == bool(p.remedy_en) == (p.kind == "set_aside") for p in problems.values())


def test_a_file_with_the_same_bytes_is_named_with_the_report_that_counts(query, home):
    rows = query("select report_id, path, copies from dim_report where copies is not null order by report_id")
    assert sorted(named(rows)) == [
        ("broken", "broken.txt", "a copy.txt; z/broken.txt"),
        ("corrected", "corrected.txt", "again/corrected.txt"),
    ]
    assert query("select path, copies from set_aside_report where copies is not null") == [
        ("broken.txt", "a copy.txt; z/broken.txt")
    ]
    sightings = f"read_parquet('{home}/lake/file_sightings/*.parquet')"
    shown = "select path from dim_report union select unnest(string_split(copies, '; ')) from dim_report"
    assert query(f"select path from {sightings} except ({shown})") == []


def test_source_lines_of_reports_that_were_opened(query):
    rows = query("select report_id, line, text from source_line where report_id = ?", report_id("third"))
    assert rows == [(report_id("third"), 1, "2022年，我市收到政府信息公开申请10件。")]


def test_check_history(query):
    assert query("select run_id, checked_at, success from check_history") == [("r1", datetime(2024, 1, 1), True)]
