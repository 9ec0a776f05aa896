"""Expectations across years, on the prose and on plausibility: they say what editing says, asked of DuckDB alone."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from small_warehouse import FORM, FORM_2019, build, report

from expectations import CLAIMS, PLAUSIBILITY, YEARS, declared_expectations
from expectations.relations import reading, relations
from orchestration.editing.across.years import judge_years
from orchestration.editing.plausibility import judge_plausibility
from orchestration.form import declaration
from orchestration.form.claims import claim_declaration, meaning_terms
from orchestration.form.plausibility import plausibility_rules
from orchestration.reading.schema import REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

VALUES = (0, 0, 1, 2, 5, -1, Decimal("0.5"), Decimal("0.12345"), "blank", "absent")


def asked(path: Path, suite: str) -> tuple[dict[str, list[dict]], dict[str, int]]:
    """The failing rows and the number of those judged, by expectation of a suite."""
    names, found, judged = relations(path), {}, {}
    with reading(path) as connection:
        for one in (one for one in declared_expectations() if one.suite == suite):
            result = connection.execute(one.query(names).format(batch=names.fct_cell))
            columns = [column[0] for column in result.description]
            found[one.name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
            judged[one.name] = connection.execute(one.evaluated(names).format(batch=names.fct_cell)).fetchone()[0]
    return found, judged


def lake(cells: list[dict]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The same reports as editing takes them: cells, tables, headings."""
    frame = pl.DataFrame([{name: cell.get(name) for name in REPORT_CELLS} for cell in cells], schema=REPORT_CELLS)
    tables = frame.select("report_id", "year", "table_code", "form").unique()
    reports = {cell["report_id"]: (cell["agency_id"], cell["year"]) for cell in cells}
    headings = [
        {"report_id": name, "agency_name": agency, "year": year, "level": LEVELS[agency]}
        for name, (agency, year) in reports.items()
    ]
    headings = [{name: row.get(name) for name in REPORT_HEADINGS} for row in headings]
    tables = pl.DataFrame([{name: row.get(name) for name in REPORT_TABLES} for row in tables.to_dicts()], REPORT_TABLES)
    return frame, tables, pl.DataFrame(headings, REPORT_HEADINGS)


LEVELS = {f"agency-{number}": "county" if number % 2 else "prefecture" for number in range(12)}


@pytest.fixture(scope="module")
def cells() -> list[dict]:
    """Twelve agencies over three years in both forms, most of them with errors and gaps."""
    chance, found = random.Random(5), []
    for agency in LEVELS:
        for year in (2020, 2021, 2022):
            forms = dict(chance.choice((FORM, FORM, FORM, FORM_2019, {**FORM, "disclosure": "2019"})))
            addresses = [cell["cell"] for cell in report("any", forms=forms)]
            # many of the cells that rules across years speak of
            chosen = [a for a in addresses if "carried" in a or a.startswith("disclosure")]
            changes = {
                address: chance.choice(VALUES) for address in chance.sample(chosen, chance.choice((0, 3, len(chosen))))
            }
            found += report(f"{agency}-{year}", year, forms, agency, **changes)
    return found


def test_across_years_as_editing_says(cells: list[dict], tmp_path: Path) -> None:
    found, judged = asked(build(tmp_path / "w.duckdb", cells), YEARS)
    checks = judge_years(*lake(cells), exceptions=())
    expected = {
        (row["identity"], row["report_id"], row["member"]): tuple(
            row[name] for name in ("previous_report_id", "verdict", "left", "right", "difference")
        )
        for row in checks.filter(pl.col("verdict").str.starts_with("violated")).to_dicts()
    }
    columns = ("previous_report_id", "verdict", "left", "right", "difference")
    told = {
        (identity, row["report_id"], row["member"]): tuple(row[name] for name in columns)
        for identity, rows in found.items()
        for row in rows
    }
    assert told == expected
    across = {identity.identity for identity in declaration().identities if identity.scope == "years"}
    assert {identity for identity, _, _ in told} == across
    assert "violated_by_bounds" in {row[1] for row in told.values()}
    wanted = checks.filter(pl.col("verdict") != "unverifiable")["identity"].value_counts().rows()
    assert judged == dict(wanted)


def test_an_exception_stands_beside_the_violation(tmp_path: Path) -> None:
    before = report("a", 2021, agency="x", requests__carried_out__total=3)
    check = {"report_id": "b", "identity": "carry_over", "member": "total", "exception_id": "e1"}
    path = build(tmp_path / "w.duckdb", before + report("b", 2022, agency="x"), fct_year_check=[check])
    (row,) = asked(path, YEARS)[0]["carry_over"]
    assert (row["exception"], row["left"], row["right"], row["forms"]) == ("e1", 0, 3, "2021/2021")
    assert asked(path, YEARS)[0]["in_force_roll"] == []


def test_years_that_do_not_follow_and_reports_that_are_not_current_are_not_compared(tmp_path: Path) -> None:
    gap = report("a", 2020, agency="x", requests__carried_out__total=3) + report("b", 2022, agency="x")
    old = report("c", 2021, agency="x", requests__carried_out__total=4)
    for cell in old:
        cell["is_current"] = False
    assert asked(build(tmp_path / "w.duckdb", gap + old), YEARS)[1]["carry_over"] == 0


def claim(**told: object) -> dict:
    usual = {"report_id": "r", "agency_id": "agency-r", "year": 2022, "claim_number": 1, "line": 3, "layer": "reported"}
    return usual | told


def test_the_prose_is_held_against_the_weighted_sum_of_its_cells(tmp_path: Path) -> None:
    (meaning,) = {t.meaning for t in claim_declaration().meanings if t.meaning == "processed_of_the_year"}
    cells = ", ".join(address for _, address in meaning_terms(meaning, "2021"))
    made = report(
        "r", requests__processed_total__total=9, requests__carried_in__total=2, requests__received__total="blank"
    )
    claims = [
        claim(line=1, value=8, cells=cells, expected=7, verdict="conflicts", sentence="办结8件"),
        claim(claim_number=2, value=7, cells=cells, expected=7, verdict="agrees"),
        claim(claim_number=3, value=4, cells="requests/received/total", expected=5, verdict="conflicts"),
        claim(claim_number=4, value=4, cells=cells, expected=7, verdict="not_judged"),
    ]
    derived = [
        {"report_id": "r", "cell": "requests/received/total", "value": 5, "conditional": False},
        {"report_id": "r", "cell": "requests/granted/total", "value": 5, "conditional": False},
    ]
    path = build(tmp_path / "w.duckdb", made, fct_prose_claim=claims, fct_derived_cell=derived)
    found, judged = asked(path, CLAIMS)
    rows = found.pop("prose_agrees_with_requests")
    assert [(row["claimed"], row["table"]) for row in rows] == [(8, 7), (4, 5)]
    assert rows[0]["sentence"] == "办结8件" and rows[0]["agency"] == "机关agency-r"
    assert found == {"prose_agrees_with_disputes": [], "prose_agrees_with_disclosure": []}
    assert judged["prose_agrees_with_requests"] == 3


def test_a_conditional_value_is_no_ground_for_a_conflict(tmp_path: Path) -> None:
    """Editing never asserts one on it; were it to, that is our fault and blocks."""
    made = report("r", requests__received__total="blank")
    claims = [claim(value=4, cells="requests/received/total", expected=5, verdict="conflicts")]
    derived = [{"report_id": "r", "cell": "requests/received/total", "value": 5, "conditional": True}]
    path = build(tmp_path / "w.duckdb", made, fct_prose_claim=claims, fct_derived_cell=derived)
    names = relations(path)
    ours = next(one for one in declared_expectations() if one.name == "claims_recomputed")
    with reading(path) as connection:
        assert len(connection.execute(ours.query(names).format(batch=names.fct_cell)).fetchall()) == 1


def test_plausible_as_editing_says(cells: list[dict], tmp_path: Path) -> None:
    levels = [{"report_id": cell["report_id"], "level": LEVELS[cell["agency_id"]]} for cell in cells]
    found, judged = asked(build(tmp_path / "w.duckdb", cells, headings=levels), PLAUSIBILITY)
    frame, _, headings = lake(cells)
    checks = judge_plausibility(frame, headings, exceptions=())
    told = {(name, row["report_id"], row["member"], row["value"]) for name, rows in found.items() for row in rows}
    assert told == set(checks.select("rule", "report_id", "member", "value").rows())
    assert {name for name, *_ in told} == {rule.rule for rule in plausibility_rules() if rule.subject == "cell"}
    assert judged["rules_level"] > len(found["rules_level"])


def test_what_the_text_says_is_tested_once_more(tmp_path: Path) -> None:
    found_in = {
        "report_id": "r",
        "agency_id": "agency-r",
        "year": 2022,
        "member": "9",
        "sentence": "收取信息处理费25元",
    }
    checks = [
        found_in | {"rule": "fee_multiple", "value": 25, "limit_value": 10},
        found_in | {"rule": "fee_multiple", "value": 30, "limit_value": 10},
        found_in | {"rule": "fee_not_administrative", "value": 25, "limit_value": 25},
    ]
    found, judged = asked(build(tmp_path / "w.duckdb", report("r"), fct_plausibility_check=checks), PLAUSIBILITY)
    assert {name: [row["value"] for row in rows] for name, rows in found.items() if rows} == {
        "fee_multiple": [25],
        "fee_not_administrative": [25],
    }
    assert judged["fee_multiple"] == 2


def test_every_declared_rule_has_its_expectation() -> None:
    declared = {(one.suite, one.name): one for one in declared_expectations()}
    for identity in (one for one in declaration().identities if one.scope == "years"):
        one = declared[YEARS, identity.identity]
        assert (one.severity, one.citation, one.name_zh) == (identity.severity, identity.citation, identity.name_zh)
    for rule in plausibility_rules():
        one = declared[PLAUSIBILITY, rule.rule]
        assert (one.severity, one.citation, one.name_zh) == (rule.severity, rule.citation, rule.name_zh)
    tables = set(claim_declaration().meaning_tables.values())
    assert {name for suite, name in declared if suite == CLAIMS} == {f"prose_agrees_with_{table}" for table in tables}
    assert not any(one.blocking for (suite, _), one in declared.items() if suite in (YEARS, CLAIMS, PLAUSIBILITY))
    assert all(one.name_zh and (one.citation or one.blocking) for one in declared.values())
