"""The identities across years: which pairs, which forms, and that one pair and many get the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from year_reports import NEW, OLD, TABLES, addresses, frames, published, zeros

from orchestration.editing.across.years import judge_years
from orchestration.editing.across.years_one import YearJudgement, judge_years_one
from orchestration.editing.across.years_reports import neighbours
from orchestration.editing.review.exceptions import KnownException
from orchestration.editing.schema import YEAR_CHECKS
from orchestration.form import declaration, years


def as_rows(checks: pl.DataFrame, report_id: str) -> list[tuple]:
    rows = checks.filter(pl.col("report_id") == report_id).sort("identity", "member")
    names = ("identity", "member", "left", "right", "difference", "verdict", "missing", "missing_previous")
    return [tuple(tuple(v) if isinstance(v, list) else v for v in row) for row in rows.select(names).iter_rows()]


def as_judged(found: list[YearJudgement]) -> list[tuple]:
    limit = Decimal(10) ** 20
    return sorted(
        (
            j.identity,
            j.member,
            *(None if v is None or abs(v) >= limit else v for v in (j.left, j.right, j.difference)),
            j.verdict,
            j.missing,
            j.missing_previous,
        )
        for j in found
    )


def only(found: list[YearJudgement], identity: str, member: str) -> YearJudgement:
    return next(j for j in found if (j.identity, j.member) == (identity, member))


def test_planted_violations_are_found():
    before = zeros(NEW, carried_out__total=7, carried_out__other=7, rules__in_force=10, normative_documents__in_force=4)
    now = zeros(
        NEW, carried_in__total=7, carried_in__business=7, rules__in_force=11, rules__issued=3, rules__repealed=2
    )
    found = judge_years_one(NEW, now, NEW, before)
    assert only(found, "carry_over", "total").verdict == "holds"
    broken = {(j.identity, j.member): (j.left, j.right, j.difference) for j in found if j.verdict == "violated"}
    assert broken == {
        ("carry_over", "business"): (7, 0, 7),
        ("carry_over", "other"): (0, 7, -7),
        ("in_force_roll", "normative_documents"): (0, 4, -4),
    }
    assert len(found) == 7 + 2


def test_forms_are_bridged_only_where_both_have_the_cells():
    old, new = zeros(OLD), zeros(NEW)
    kinds = {
        (a, b): {j.identity for j in judge_years_one(now[0], now[1], before[0], before[1])}
        for a, now in {"old": (OLD, old), "new": (NEW, new)}.items()
        for b, before in {"old": (OLD, old), "new": (NEW, new)}.items()
    }
    assert kinds == {
        ("old", "old"): {"carry_over", "items_roll"},
        ("old", "new"): {"carry_over"},
        ("new", "old"): {"carry_over"},
        ("new", "new"): {"carry_over", "in_force_roll"},
    }
    hybrid = NEW | {"disclosure": "2019"}
    found = judge_years_one(NEW | {"requests": None}, new, hybrid, zeros(hybrid))
    assert found == []  # no request table now, and published_total is no in_force
    rolled = judge_years_one(
        OLD, zeros(OLD, licences__previous_items=8), OLD, zeros(OLD, licences__change=-2, licences__previous_items=10)
    )
    assert only(rolled, "items_roll", "licences").verdict == "holds"
    assert {j.member for j in rolled if j.identity == "items_roll"} == {
        "licences", "other_services", "penalties", "coercive_measures", "fees",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "expected", "missing", "missing_previous"),
    [
        ({"rules__in_force": None}, {}, "unverifiable", 1, 0),
        ({"rules__in_force": 1}, {"rules__in_force": None}, "unverifiable", 0, 1),
        ({"rules__in_force": 3, "rules__issued": 5}, {"rules__in_force": None}, "violated_by_bounds", 0, 1),
        ({"rules__in_force": 3, "rules__issued": 5, "rules__repealed": None}, {}, "unverifiable", 1, 0),
        ({"rules__in_force": 9, "rules__issued": 5, "rules__repealed": None}, {}, "violated_by_bounds", 1, 0),
    ],
)
def test_missing_terms(now, before, expected, missing, missing_previous):
    now, before = zeros(NEW, **now), zeros(NEW, **before)
    found = only(judge_years_one(NEW, now, NEW, before), "in_force_roll", "rules")
    assert (found.verdict, len(found.missing), len(found.missing_previous)) == (expected, missing, missing_previous)
    assert found.difference is None
    checks = judge_years(*frames({"b": ("甲局", 2022, NEW, now), "a": ("甲局", 2021, NEW, before)}))
    assert as_rows(checks, "b") == as_judged(judge_years_one(NEW, now, NEW, before))


def test_a_change_may_be_negative():
    before = zeros(OLD, licences__previous_items=9, licences__change=None)
    found = judge_years_one(OLD, zeros(OLD, licences__previous_items=2), OLD, before)
    assert only(found, "items_roll", "licences").verdict == "unverifiable"


def test_pairs_are_current_reports_of_one_agency_in_consecutive_years():
    zero = zeros(NEW)
    reports = {
        "a21": ("甲局", 2021, NEW, zero),
        "a22x": ("甲局", 2022, NEW, zero, published(5)),
        "a22y": ("甲局", 2022, NEW, zero, published(9)),
        "a22z": ("甲局", 2022, NEW, zero, published(None, 28)),  # an unknown date comes last
        "a23": ("甲局", 2023, NEW, zero),
        "b21": ("乙局", 2021, NEW, zero),
        "b23": ("乙局", 2023, NEW, zero),  # 2022 is missing: no pair
        "c22": ("丙局", 2022, NEW, zero, published(9)),
        "c22v": ("丙局", 2022, NEW, zero, published(1, corrects="c22")),
        "c23": ("丙局", 2023, NEW, zero),
        "d22": ("丁局", 2022, NEW, zero, {"set_aside": "not_a_report"}),
        "d23": ("丁局", 2023, NEW, zero),
        "e22": (None, 2022, NEW, zero),
        "e23": (None, 2023, NEW, zero),
    }
    pairs = neighbours(frames(reports)[2])
    assert set(pairs.select("report_id", "previous_report_id").iter_rows()) == {
        ("a22y", "a21"), ("a23", "a22y"), ("c23", "c22v"),
    }  # fmt: skip
    checks = judge_years(*frames(reports), years=[2023])
    assert checks["report_id"].unique().sort().to_list() == ["a23", "c23"]


def test_nothing_to_judge():
    cells, tables, headings = frames({})
    assert judge_years(cells, tables, headings).schema == YEAR_CHECKS
    cells, tables, headings = frames({"a": ("甲局", 2021, NEW, {}), "b": ("甲局", 2022, NEW, {})})
    assert judge_years(cells.clear(), tables, headings)["verdict"].to_list() == ["unverifiable"] * 9
    assert judge_years(cells, tables.clear(), headings).is_empty()


def test_an_exception_is_shown_beside_the_verdict():
    one = KnownException("e1", "carry_over", "total", "甲局", None, 2022, "并入", "某文", "张三", date(2026, 1, 1))
    all_ = replace(one, exception_id="e2", member=None, agency_name=None, agency_pattern=".局", year=None)
    now, before = zeros(NEW, carried_in__total=3, carried_in__other=1), zeros(NEW)
    given_ = frames({"b": ("甲局", 2022, NEW, now), "a": ("甲局", 2021, NEW, before)})
    checks = judge_years(*given_, exceptions=[one, all_])
    shown = checks.filter(pl.col("exception").is_not_null()).select("member", "verdict", "exception").rows()
    assert shown == [("other", "violated", "e2"), ("total", "violated", "e1")]
    assert judge_years(*given_, exceptions=[]).drop("exception").equals(checks.drop("exception"))


def test_a_declared_identity_needs_no_code(monkeypatch):
    whole = declaration()
    identity = replace(next(i for i in whole.identities if i.identity == "carry_over"), identity="pending_roll")
    identity = replace(identity, table_code="disputes", member_axis="row")
    term = replace(next(t for t in whole.terms if t.identity == "carry_over"), identity="pending_roll")
    term = replace(term, table_code="disputes", row_code="*", column_code="total")
    terms = (term, replace(term, side="right", weight=2, year_offset=-1, column_code="pending"))
    more = replace(whole, identities=(*whole.identities, identity), terms=(*whole.terms, *terms))
    years._instances.cache_clear()
    monkeypatch.setattr(years, "declaration", lambda: more)
    now, before = zeros(NEW, reconsideration__total=6), zeros(NEW, reconsideration__pending=3)
    found = only(judge_years_one(NEW, now, NEW, before), "pending_roll", "reconsideration")
    assert (found.left, found.right, found.verdict) == (6, 6, "holds")
    checks = judge_years(*frames({"b": ("甲局", 2022, NEW, now), "a": ("甲局", 2021, NEW, before)}), exceptions=[])
    assert as_rows(checks, "b") == as_judged(judge_years_one(NEW, now, NEW, before))
    far = replace(more, terms=tuple(replace(t, year_offset=min(t.year_offset * 2, 0)) for t in more.terms))
    monkeypatch.setattr(years, "declaration", lambda: far)
    years._instances.cache_clear()
    with pytest.raises(ValueError, match="must be 0 or -1"):
        judge_years_one(NEW, now, NEW, before)
    monkeypatch.undo()
    years._instances.cache_clear()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_pair_and_many_get_the_same(data):
    number = st.one_of(st.none(), st.integers(-3, 9), st.integers(0, 10**20 - 1), st.just(Decimal("2.5")))
    places = [a for a in {*addresses(NEW), *addresses(OLD)} if "carried" in a or "rules" in a or "licences" in a]
    reports = {}
    for agency, year in data.draw(st.permutations([(a, y) for a in ("甲局", "乙局") for y in (2020, 2021, 2022)])):
        forms = {table: data.draw(st.sampled_from(["2019", "2021", None])) for table in TABLES}
        changed = data.draw(st.dictionaries(st.sampled_from(sorted(places)), number, max_size=8))
        values = {a: Decimal(0) for a in addresses(forms)} | changed
        reports[f"{agency}{year}"] = (
            agency,
            year,
            forms,
            {a: None if v is None else Decimal(v) for a, v in values.items()},
        )
    cells, tables, headings = frames(reports)
    checks = judge_years(cells, tables, headings, exceptions=[])
    assert checks.schema == YEAR_CHECKS
    for name, (agency, year, forms, values) in reports.items():
        before = reports.get(f"{agency}{year - 1}")
        expected = judge_years_one(forms, values, before[2], before[3]) if before else []
        assert as_rows(checks, name) == as_judged(expected)
    assert judge_years(cells.lazy(), tables, headings, exceptions=[]).equals(checks)
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=1) for frame in (cells, tables, headings)]
    assert judge_years(*shuffled, exceptions=[]).equals(checks)
