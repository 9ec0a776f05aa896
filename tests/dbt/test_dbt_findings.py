"""Suggestions, derived values, claims and decisions in the marts: beside what was reported, never in its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from synthetic_lake import ACROSS, report_id


def test_suggestions_stand_beside_the_reported_cell(query):
    found = query(
        "select e.cell, e.certainty, e.value_from, e.value_to, e.layer, c.value, e.decision, e.decided_by, e.why "
        "from fct_cell_edit as e join fct_cell as c using (report_id, cell) where e.report_id = ?",
        report_id("second"),
    )
    cell, was, should = "requests/received/total", Decimal(13), Decimal(12)
    assert found == [(cell, "unique", was, should, "suggested", was, "accept", "审核员", "原件为12")]
    ambiguous = query(
        "select edit_number, solution_rank, decision from fct_cell_edit where report_id = ? order by edit_number",
        report_id("missing"),
    )
    assert [row[0] for row in ambiguous] == list(range(1, len(ambiguous) + 1))
    assert [row[1] for row in ambiguous] == sorted(row[1] for row in ambiguous) and len(ambiguous) > 3
    assert {row[2] for row in ambiguous} == {None}


def test_derived_values_are_nowhere_reported(query):
    found = query(
        "select d.cell, d.value, d.conditional, d.layer, c.value, c.status "
        "from fct_derived_cell as d join fct_cell as c using (report_id, cell) order by d.cell"
    )
    assert found == [
        ("requests/carried_out/total", Decimal(3), True, "derived", None, "absent"),
        ("requests/granted/other", Decimal(0), False, "derived", None, "unreadable"),
        ("requests/received/business", Decimal(0), True, "derived", None, "blank"),
    ]
    assert query("select count(*) from fct_derived_cell where value is not null and proof is null") == [(0,)]


def test_verdicts_after_derivation_leave_the_verdicts_as_they_are(query):
    found = query(
        "select distinct verdict, verdict_after from fct_identity_check "
        "where report_id = ? and identity = 'balance' and member = 'business'",
        report_id("missing"),
    )
    assert found == [("unverifiable", "holds_by_construction")]
    changed = query("select count(*) from fct_identity_check where verdict != verdict_after")
    assert changed[0][0] <= query("select count(*) from fct_identity_check where missing_count > 0")[0][0]


def test_decisions_and_exceptions_stand_beside_the_verdict(query):
    found = query(
        "select identity, member, verdict, decision_id, decision, decided_on, decision_citation, exception_id "
        "from fct_identity_check where report_id = ? and decision_id is not null",
        report_id("second"),
    )
    assert found == [("balance", "total", "violated", "d2", "exception", date(2024, 5, 1), "来函", None)]
    assert query("select verdict, exception_id, decision, severity from fct_year_check") == [
        ("violated", "e1", None, "soft")
    ]


def test_claims(query):
    found = query("select report_id, claim_number, value, expected, cells, layer, verdict from fct_prose_claim")
    cell = "requests/received/total"
    assert found == [(report_id("third"), 1, Decimal(10), Decimal(12), cell, "reported", "conflicts")]


def test_other_reports(query):
    similar = query("select report_id, other_report_id, similarity, copied from fct_report_similarity")
    assert similar == [(report_id("domain"), report_id("hybrid"), ACROSS["report_similarity"]["similarity"], True)]
    told = query("select cell, value, other_value, corrected from fct_report_difference order by 4, 1")
    assert told[0] == told[1] == ("requests/received/total", Decimal(13), Decimal(12), False)
    assert [row[3] for row in told[2:]] == [True, True]
    found = query("select report_id, check_number, rule, limit_value, severity from fct_plausibility_check")
    assert found == [(report_id("domain"), 1, "four_decimals", Decimal(4), "soft")]


def test_quality_of_agencies(query):
    columns = (
        "identities_holds, identities_violated, identities_violated_by_bounds, identities_unverifiable, "
        "values_out_of_domain, suspects_unique, suspects_ambiguous, cells_derived, cells_derived_conditionally, "
        "year_breaks, year_breaks_excused, cells_told_differently, implausible, problems, doubts"
    )
    found = dict(query(f"select report_id, [{columns}] from mart_agency_quality"))
    assert found[report_id("second")] == [40, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert found[report_id("domain")] == [40, 2, 0, 0, 4, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0]
    assert found[report_id("missing")] == [33, 3, 1, 5, 0, 1, 1, 1, 2, 0, 0, 0, 0, 3, 1]
    assert len(found) == query("select count(*) from dim_report where is_current")[0][0]
    years = query("select report_id, similarity, copied, year_before_missing from mart_agency_quality")
    assert (report_id("domain"), 0.9, True, True) in years
    assert (report_id("second"), None, None, False) in years
