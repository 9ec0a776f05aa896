"""Derivation: what the identities prove about missing cells, and nothing that a wrong cell could have told."""

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from editing_reports import OLD, WHOLE, Errors, layout, lose_row, true_reports
from test_editing_verdicts import frames

from orchestration.editing import examine_one, find, judge
from orchestration.editing.derivation.proofs import Proofs, all_proofs, proofs
from orchestration.editing.examining import TOGETHER, examine
from orchestration.editing.schema import CELL_EDITS, DERIVED_CELLS, IDENTITY_CHECKS_AFTER

TRUTH = json.loads((Path(__file__).parents[1] / "fixtures" / "truth.json").read_text(encoding="utf-8"))


def sample(number: str) -> dict[str, Decimal | None]:
    report = next(report for name, report in TRUTH.items() if name.startswith(number))
    return {a: None if v is None else Decimal(str(v)) for a, (v, _) in report["cells"].items()}


def test_a_total_of_zero_leaves_zero_for_all_42_missing_cells():
    found = examine_one(WHOLE, sample("001"))
    assert len(found.derived) == 42 and not found.bounds and not found.edits
    assert {(d.value, d.conditional) for d in found.derived} == {(0, False)}
    assert all(d.proof.startswith("outcomes[") and "none of which is below 0" in d.proof for d in found.derived)
    assert all(v == "unverifiable" for v in {j.verdict for j in found.judgements} - {"holds"})
    assert set(found.after.values()) == {"holds", "holds_by_construction"}


def test_totals_are_derived_from_the_applicants():
    found = examine_one(WHOLE, sample("004"))
    assert [(d.cell.split("/")[1], d.value, d.conditional) for d in found.derived] == [
        ("received", 12, False),
        ("carried_in", 0, False),
        ("granted", 3, False),
        ("partially_granted", 0, False),
        ("denied.state_secret", 0, False),
    ]
    assert found.derived[0].proof == "applicants[received]: requests/received/total = natural_person 12 = 12"
    chinese = examine_one(WHOLE, sample("004"), language="zh").derived[0].proof
    assert chinese.startswith("applicants[received]：")


@pytest.mark.parametrize("forms", [WHOLE, OLD])
@pytest.mark.parametrize("axis", [1, 2])
def test_any_one_lost_row_or_column_derives_exactly(forms, axis):
    shape, rng = layout(forms), np.random.default_rng(axis)
    lines: dict[str, list[int]] = {}
    for place, address in enumerate(shape.cells):
        if address.startswith("requests"):
            lines.setdefault(address.split("/")[axis], []).append(place)
    truth = true_reports(shape, len(lines) * 5, rng)
    known = np.ones(truth.shape, bool)
    for number, places in enumerate(lines.values()):
        known[number :: len(lines), places] = False
    found = examine(shape, np.where(known, truth, 0).astype(float), known)
    assert (found.derived == found.missing).all()
    assert (found.bounds.low == truth).all()
    assert not any(found.components)
    # only what two neighbours exchanged elsewhere could have altered, which takes a row that is not all 0
    lost_values = np.where(found.missing, truth, 0).any(axis=1)
    assert not found.conditional[~lost_values].any()
    assert found.conditional.any() == (axis == 1)


def test_the_bounds_always_hold_the_truth():
    shape, rng = layout(), np.random.default_rng(3)
    truth = true_reports(shape, 300, rng)
    known = rng.random(truth.shape) > rng.uniform(0.02, 0.6, (300, 1))
    found = examine(shape, np.where(known, truth, 0).astype(float), known)
    there = truth[found.rows]
    assert ((found.bounds.low <= there) & (there <= found.bounds.high)).all()
    assert (found.bounds.low[found.derived] == there[found.derived]).all()
    assert 0.05 < found.derived.sum() / found.missing.sum() < 0.95  # some can be proved, some cannot
    assert not any(found.components)


def wrong_values(count: int, seed: int, kinds: tuple[str, ...]) -> tuple[int, int, int]:
    """Plant errors in reports that lost a row: derived values, wrong ones, and wrong ones that are unconditional."""
    shape, rng = layout(), np.random.default_rng(seed)
    errors = Errors(shape, rng)
    truth = true_reports(shape, count, rng)
    values, known = truth.copy(), np.ones(truth.shape, bool)
    for number, row in enumerate(values):
        errors.plant(kinds[number % len(kinds)], row)
    lose_row(shape, known, rng)
    found = examine(shape, np.where(known, values, 0).astype(float), known)
    wrong = found.derived & (found.bounds.low != truth[found.rows])
    return int(found.derived.sum()), int(wrong.sum()), int((wrong & ~found.conditional).sum())


# one slip each; two that are independent can hide one another in any table
SLIPS = ("cells1", "swap_row", "swap_column", "digits", "stale_totals")


def test_no_wrong_value_is_derived_without_a_condition():
    derived, _, unconditional = wrong_values(1500, 4, ("cells1", "cells1", "cells2"))
    assert derived > 3000 and unconditional == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_no_wrong_value_is_derived_without_a_condition_in_many_cases(seed):
    derived, wrong, unconditional = wrong_values(5000, 100 + seed, SLIPS)
    assert derived > 20_000 and wrong > 0 and unconditional == 0


def test_neighbours_exchanged_beside_a_lost_row_show_nowhere_so_its_values_are_conditional():
    shape = layout()
    values: dict[str, Decimal | None] = dict.fromkeys(shape.cells, Decimal(0))
    for row, numbers in {"granted": (5, 2, 7), "denied.state_secret": (3, 4, 7), "processed_total": (8, 6, 14)}.items():
        for column, number in zip(("natural_person", "business", "total"), numbers, strict=True):
            values[f"requests/{row}/{column}"] = Decimal(number)
            if row == "processed_total":
                values[f"requests/received/{column}"] = Decimal(number)
    lost = [cell for cell in shape.cells if cell.startswith("requests/granted/")]
    values |= dict.fromkeys(lost)
    found = examine_one(WHOLE, values)
    assert not found.edits
    told = {d.cell.split("/")[2]: (d.value, d.conditional) for d in found.derived}
    # had 4 and 3 been exchanged, 6 and 1 would stand here
    assert told["natural_person"] == (5, True) and told["business"] == (2, True)
    assert told["total"] == (7, False) and told["legal_service"] == (0, False)


def test_what_only_several_identities_together_determine():
    shape, rng = layout(), np.random.default_rng(3)
    truth = true_reports(shape, 200, rng)
    known = rng.random(truth.shape) > 0.2
    found = examine(shape, np.where(known, truth, 0).astype(float), known)
    joint = np.argwhere(found.bounds.by == TOGETHER)
    assert len(joint)
    for place, cell in joint.tolist():
        assert found.bounds.low[place, cell] == truth[found.rows[place], cell]
        (step,) = Proofs(found, place).chain(cell)
        assert len(step.identities) > 1 and "together leave only" in Proofs(found, place).text(cell)


def test_a_proof_rests_only_on_what_was_settled_before():
    shape, rng = layout(), np.random.default_rng(8)
    truth = true_reports(shape, 60, rng)
    known = rng.random(truth.shape) > 0.25
    found = examine(shape, np.where(known, truth, 0).astype(float), known)
    for place in range(len(found.rows)):
        prover = Proofs(found, place)
        for cell in np.flatnonzero(found.derived[place]).tolist():
            steps = prover.chain(cell)
            settled: set[int] = set()
            for step in steps:
                assert set(step.after) <= settled
                settled.add(step.cell)
            assert steps[-1].cell == cell and steps[-1].value == truth[found.rows[place], cell]
            assert prover.text(cell).endswith(f"= {steps[-1].value}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_proofs_of_many_reports_are_those_of_each(language):
    shape, rng = layout(), np.random.default_rng(5)
    values, known = true_reports(shape, 150, rng), np.ones((150, len(shape.cells)), bool)
    errors = Errors(shape, rng)
    for row in values[::3]:
        errors.plant("cells1", row)
    lose_row(shape, known, rng)
    known[::2] &= rng.random(known[::2].shape) > 0.1
    found = examine(shape, np.where(known, values, 0).astype(float), known)
    told = all_proofs(found, language)
    assert sum(map(len, told)) > 1000 and any("*" in text for texts in told for text in texts.values())
    for place, texts in enumerate(told):
        assert texts == proofs(found, place, np.flatnonzero(found.derived[place]).tolist(), language)


def test_a_suspect_is_left_out_and_what_it_could_touch_is_conditional():
    shape = layout()
    values: dict[str, Decimal | None] = dict.fromkeys(shape.cells, Decimal(0))
    for row in ("received", "granted", "processed_total"):
        for column in ("natural_person", "total"):
            values[f"requests/{row}/{column}"] = Decimal(9)
    values["requests/received/business"] = Decimal(4)  # planted: breaks balance and applicants
    for column in ("business", "research"):
        values[f"requests/granted/{column}"] = None
    found = examine_one(WHOLE, values)
    (part,) = found.edits
    assert part.certainty == "unique" and [(e.cell, e.new) for e in part.solutions[0]] == [
        ("requests/received/business", 0)
    ]
    assert {(d.cell.split("/")[2], d.value, d.conditional) for d in found.derived} == {
        ("business", 0, True),  # its processed total stands in the violated balance
        ("research", 0, False),
    }


def test_frames_say_the_same_as_single_reports():
    shape, rng = layout(), np.random.default_rng(9)
    errors = Errors(shape, rng)
    numbers = true_reports(shape, 12, rng)
    known = np.ones(numbers.shape, bool)
    lose_row(shape, known[:6], rng)
    for number, row in enumerate(numbers):
        errors.plant(["cells1", "cells2", "swap_row"][number % 3], row)
    reports = {}
    for number, (row, there) in enumerate(zip(numbers, known, strict=True)):
        values = {a: Decimal(int(v)) if k else None for a, v, k in zip(shape.cells, row, there, strict=True)}
        reports[f"r{number:02}"] = (WHOLE, values)
    reports["r90"] = (WHOLE, reports["r00"][1] | {"requests/granted/total": Decimal("2.5")})
    cells, tables = frames(reports)
    findings = find(cells, tables)
    assert findings.edits.schema == CELL_EDITS
    assert findings.derived.schema == DERIVED_CELLS
    assert findings.after.schema == IDENTITY_CHECKS_AFTER
    shared = find(cells, tables, workers=2)
    assert all(getattr(shared, name).equals(getattr(findings, name)) for name in ("edits", "derived", "after"))
    address = pl.concat_str("table_code", "row_code", "column_code", separator="/").alias("cell")
    checks = judge(cells, tables)
    for name, (forms, values) in reports.items():
        one = examine_one(forms, values)
        mine = findings.edits.filter(pl.col("report_id") == name)
        assert [
            (n, p.certainty, rank, e.cell, e.old, e.new)
            for n, p in enumerate(one.edits, 1)
            for rank, s in enumerate(p.solutions, 1)
            for e in s
        ] == mine.select("component", "certainty", "rank", address, "value_from", "value_to").rows()
        theirs = findings.derived.filter((pl.col("report_id") == name) & pl.col("value").is_not_null())
        columns = (address, "value", "proof", "conditional")
        assert [(d.cell, d.value, d.proof, d.conditional) for d in one.derived] == theirs.select(*columns).rows()
        after = findings.after.filter(pl.col("report_id") == name)
        stated = {(i, m): v for i, m, v in after.select("identity", "member", "verdict_after").iter_rows()}
        before = checks.filter((pl.col("report_id") == name) & (pl.col("identity") != "domain"))
        verdicts = {(i, m): v for i, m, v in before.select("identity", "member", "verdict").iter_rows()}
        assert one.after == verdicts | stated


def test_frames_without_reports():
    findings = find(*frames({}))
    assert (findings.edits.height, findings.derived.height, findings.after.height) == (0, 0, 0)
