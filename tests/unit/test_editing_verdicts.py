"""The verdicts: what they mean, and that one report and a million get the same."""

import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.editing import judge, judge_one
from orchestration.editing.schema import IDENTITY_CHECKS
from orchestration.form import declaration
from orchestration.reading.schema import REPORT_CELLS, REPORT_TABLES

TABLES = ("disclosure", "requests", "disputes")
WHOLE = dict.fromkeys(TABLES, "2021")
TRUTH = Path(__file__).parents[1] / "fixtures" / "truth.json"


def addresses(forms: dict) -> list[str]:
    return [c.address for table, form in forms.items() if form for c in declaration().cells_of(form, table)]


def zeros(forms: dict, **changed: int | str | None) -> dict:
    """A report of zeros, with some cells changed: ``received__total=3`` for requests/received/total."""
    values: dict = dict.fromkeys(addresses(forms), Decimal(0))
    for name, value in changed.items():
        found = [address for address in values if address.endswith("/" + name.replace("__", "/").replace("_dot_", "."))]
        assert len(found) == 1, name
        values[found[0]] = None if value is None else Decimal(value)
    return values


def frames(reports: dict[str, tuple[dict, dict]], year: int = 2022) -> tuple[pl.DataFrame, pl.DataFrame]:
    """REPORT_CELLS and REPORT_TABLES of reports: id -> (forms, values)."""
    cells, tables = [], []
    for report_id, (forms, values) in reports.items():
        for table, form in forms.items():
            tables.append((report_id, year, table, form, 1, 2, "test"))
        for address in addresses(forms):
            value = values.get(address)
            status = "blank" if value is None else "reported"
            form = forms[address.split("/")[0]]
            cells.append((report_id, year, form, *address.split("/"), value, None, status, "", 1, None, "label", None))
    return (
        pl.DataFrame(cells, schema=REPORT_CELLS, orient="row"),
        pl.DataFrame(tables, schema=REPORT_TABLES, orient="row"),
    )


def as_rows(checks: pl.DataFrame, report_id: str) -> list[tuple]:
    columns = ["identity", "member", "left", "right", "difference", "verdict", "missing"]
    rows = checks.filter(pl.col("report_id") == report_id).select(columns).iter_rows()
    return [(*row[:-1], tuple(row[-1])) for row in rows]


def as_judged(forms: dict, values: dict) -> list[tuple]:
    return [
        (j.identity, j.member, j.left, j.right, j.difference, j.verdict, j.missing) for j in judge_one(forms, values)
    ]


def verdict(found: list, identity: str, member: str):
    return next(j for j in found if (j.identity, j.member) == (identity, member))


@pytest.mark.parametrize(("requests", "members"), [("2021", 42), ("2019", 40), (None, 3)])
def test_members_follow_the_detected_forms(requests, members):
    forms = {**WHOLE, "requests": requests}
    values = zeros(forms)
    found = judge_one(forms, values)
    assert len(found) == members
    assert {j.verdict for j in found} == {"holds"}
    cells, tables = frames({"a": (forms, values)})
    assert as_rows(judge(cells, tables), "a") == as_judged(forms, values)


def test_both_sides_and_the_difference():
    found = judge_one(WHOLE, zeros(WHOLE, received__business=12, carried_in__business=1, processed_total__business=11))
    balance = verdict(found, "balance", "business")
    assert (balance.left, balance.right, balance.difference, balance.verdict) == (13, 11, 2, "violated")
    assert verdict(found, "outcomes", "business").difference == 11
    assert verdict(found, "applicants", "received").left == 0


@pytest.mark.parametrize(
    ("changed", "identity", "member", "expected", "left", "right"),
    [
        ({"reconsideration__total": None}, "dispute_results", "reconsideration", "unverifiable", None, 0),
        # a part is missing, and the known parts are already more than the total
        (
            {"reconsideration__total": 1, "reconsideration__upheld": 2, "reconsideration__other": None},
            "dispute_results",
            "reconsideration",
            "violated_by_bounds",
            1,
            None,
        ),
        # a missing part can make up what lacks
        (
            {"reconsideration__total": 3, "reconsideration__other": None},
            "dispute_results",
            "reconsideration",
            "unverifiable",
            3,
            None,
        ),
        # missing on both sides: anything can be made up
        ({"received__other": None, "carried_out__other": None}, "balance", "other", "unverifiable", None, None),
        # both missing terms stand on the left, which is already too great
        (
            {"received__other": 5, "carried_in__other": None},
            "balance",
            "other",
            "violated_by_bounds",
            None,
            0,
        ),
    ],
)
def test_missing_terms(changed, identity, member, expected, left, right):
    values = zeros(WHOLE, **changed)
    found = verdict(judge_one(WHOLE, values), identity, member)
    assert (found.verdict, found.left, found.right, found.difference) == (expected, left, right, None)
    assert set(found.missing) == {address for address, value in values.items() if value is None}
    cells, tables = frames({"a": (WHOLE, values)})
    assert as_rows(judge(cells, tables), "a") == as_judged(WHOLE, values)


def test_domain_only_where_violated():
    values = zeros(WHOLE, granted__other="1.5", rules__issued=-1, fees__amount="-0.000001", licences__decisions=3) | {
        "requests/granted/total": Decimal("1.5")
    }
    domain = [j for j in judge_one(WHOLE, values) if j.identity == "domain"]
    assert [(j.member, j.left, j.verdict) for j in domain] == [
        ("disclosure/rules/issued", -1, "violated"),
        ("disclosure/fees/amount", Decimal("-0.000001"), "violated"),
        ("requests/granted/other", Decimal("1.5"), "violated"),
        ("requests/granted/total", Decimal("1.5"), "violated"),
    ]
    old = dict.fromkeys(TABLES, "2019")
    changes = zeros(old, licences__change=-4, fees__change="0.5", procurement__amount="8040.125")
    domain = [j for j in judge_one(old, changes) if j.identity == "domain"]
    assert [j.member for j in domain] == ["disclosure/fees/change"]  # only a change may be below zero, none a fraction
    cells, tables = frames({"a": (WHOLE, values), "b": (old, changes)})
    checks = judge(cells, tables)
    assert sorted(as_rows(checks, "a")) == sorted(as_judged(WHOLE, values))
    assert sorted(as_rows(checks, "b")) == sorted(as_judged(old, changes))


def test_exact_in_decimals_and_for_huge_numbers():
    values = zeros(WHOLE, reconsideration__upheld="0.1", reconsideration__other="0.2", reconsideration__total="0.3")
    values |= zeros(WHOLE, litigation_direct__upheld=10**17, litigation_direct__total=10**17 + 1) | {
        address: values[address] for address in values if "reconsideration/" in address and "after" not in address
    }
    found = judge_one(WHOLE, values)
    assert verdict(found, "dispute_results", "reconsideration").verdict == "holds"
    assert verdict(found, "dispute_results", "litigation_direct").difference == 1
    cells, tables = frames({"a": (WHOLE, values)})
    assert sorted(as_rows(judge(cells, tables), "a")) == sorted(as_judged(WHOLE, values))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_one_report_and_many_get_the_same(data):
    number = st.one_of(st.none(), st.integers(-3, 9), st.integers(0, 10**14), st.just(Decimal("2.5")))
    reports = {}
    for report_id in data.draw(st.permutations(["b", "a", "c"])):
        forms = {table: data.draw(st.sampled_from(["2019", "2021", None])) for table in TABLES}
        changed = data.draw(st.dictionaries(st.sampled_from(addresses(WHOLE)), number, max_size=12))
        values = {address: Decimal(0) for address in addresses(forms)} | changed
        reports[report_id] = (forms, {a: None if v is None else Decimal(v) for a, v in values.items()})
    cells, tables = frames(reports)
    checks = judge(cells, tables)
    assert checks.schema == IDENTITY_CHECKS
    for report_id, (forms, values) in reports.items():
        assert sorted(as_rows(checks, report_id), key=str) == sorted(as_judged(forms, values), key=str)
    shuffled = judge(cells.sample(fraction=1, shuffle=True, seed=1), tables.reverse())
    assert shuffled.equals(checks)


def test_without_cells_or_tables():
    cells, tables = frames({})
    assert judge(cells, tables).schema == IDENTITY_CHECKS
    cells, tables = frames({"a": (WHOLE, {})})
    checks = judge(cells.clear(), tables)  # a detected table of which no cell was found at all
    assert checks["verdict"].to_list() == ["unverifiable"] * 42


def test_the_samples():
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    reports = {}
    for name, report in truth.items():
        values = {a: None if v is None else Decimal(str(v)) for a, (v, _) in report["cells"].items()}
        reports[name] = (WHOLE, values)
    cells, tables = frames(reports)
    checks = judge(cells, tables)
    for name, (forms, values) in reports.items():
        assert as_rows(checks, name) == as_judged(forms, values)
    counts = checks.group_by("report_id", "verdict").len().rows_by_key(["report_id", "verdict"])
    assert all(verdict in ("holds", "unverifiable") for _, verdict in counts)
    first, last = (next(name for name in truth if name.startswith(number)) for number in ("001", "004"))
    # six rows lost: their six sums, and the outcomes of seven columns; five totals lost: five sums, and two columns
    assert counts[first, "unverifiable"] == [(13,)]
    assert counts[last, "unverifiable"] == [(7,)]
