"""Location: every smallest correction, and nothing else."""

import itertools
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from editing_reports import OLD, WHOLE, Errors, layout, located, lose_row, true_reports

from orchestration.editing import examine_one
from orchestration.editing.location import optimise
from orchestration.editing.location.answers import Edit, Solution
from orchestration.editing.location.tasks import dependent


def planted(truth: np.ndarray, wrong: np.ndarray) -> set[tuple[int, int]]:
    return {(int(cell), int(truth[cell])) for cell in np.flatnonzero(truth != wrong)}


def edits(solution) -> set[tuple[int, int]]:
    return {(edit.cell, edit.new) for edit in solution.edits}


@pytest.mark.parametrize("forms", [WHOLE, OLD])
def test_any_single_wrong_cell_of_a_complete_request_table_is_located_with_its_right_value(forms):
    shape, rng = layout(forms), np.random.default_rng(1)
    cells = [place for place, address in enumerate(shape.cells) if address.startswith("requests")]
    truth = true_reports(shape, len(cells) * 4, rng)
    wrong = truth.copy()
    for number, row in enumerate(wrong):
        cell = cells[number % len(cells)]
        row[cell] = [row[cell] + 1, 0 if row[cell] else 7, row[cell] * 10 + 3, 10**9][number // len(cells)]
    for before, after, found in zip(truth, wrong, located(shape, wrong), strict=True):
        assert [part.certainty for part in found] == ["unique"]
        assert edits(found[0].solutions[0]) == planted(before, after)


def test_permuting_the_applicants_permutes_the_answers():
    shape, rng = layout(), np.random.default_rng(6)
    errors = Errors(shape, rng)
    wrong = true_reports(shape, 60, rng)
    for number, row in enumerate(wrong):
        errors.plant(f"cells{1 + number % 3}", row)
    columns = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
    other = dict(zip(columns, rng.permutation(columns), strict=True))

    def moved(address: str) -> int:
        table, row, column = address.split("/")
        return shape.index[f"{table}/{row}/{other.get(column, column) if table == 'requests' else column}"]

    place = np.array([moved(address) for address in shape.cells])
    permuted = np.zeros_like(wrong)
    permuted[:, place] = wrong

    def cells(found, mapped):
        # events are slips between neighbours, and which cells are neighbours is what a permutation changes
        return {
            frozenset((int(mapped[e.cell]), e.new) for e in solution.edits)
            for part in found
            for solution in part.solutions
            if not solution.events
        }

    same = 0
    for before, after in zip(located(shape, wrong), located(shape, permuted), strict=True):
        if not any(s.events for part in (*before, *after) for s in part.solutions):
            assert cells(before, place) == cells(after, np.arange(len(place)))
            same += 1
    assert same > 45


def test_the_same_report_gets_the_same_answer_alone_and_among_others():
    shape, rng = layout(), np.random.default_rng(7)
    errors = Errors(shape, rng)
    wrong = true_reports(shape, 30, rng)
    for number, row in enumerate(wrong):
        errors.plant(["cells2", "swap_row", "shift", "cells3"][number % 4], row)
    known = np.ones(wrong.shape, bool)
    lose_row(shape, known[:10], rng)
    together = located(shape, wrong, known)
    assert located(shape, wrong, known) == together
    for number in range(len(wrong)):
        assert located(shape, wrong[number : number + 1], known[number : number + 1])[0] == together[number]


@pytest.mark.parametrize("kind", ["swap_row", "swap_column", "shift", "digits", "stale_totals"])
def test_events_count_as_one_change(kind):
    shape, rng = layout(), np.random.default_rng(8)
    errors = Errors(shape, rng)
    truth = true_reports(shape, 200, rng)
    wrong = truth.copy()
    done = [errors.plant(kind, row) for row in wrong]
    listed = first = total = 0
    for before, after, planted_here, found in zip(truth, wrong, done, located(shape, wrong), strict=True):
        if not planted_here:
            continue
        total += 1
        expected = planted(before, after)
        # cells of the processed totals share no identity: there an event falls apart into several components
        listed += all(any(edits(solution) <= expected for solution in part.solutions) for part in found)
        first += set().union(*(edits(part.solutions[0]) for part in found)) == expected
        assert all(solution.cost == 1 for part in found for solution in part.solutions)
    assert total > 30
    assert listed == total
    assert first > total * (0.5 if kind == "swap_column" else 0.7)


def test_two_places_are_two_components_and_each_has_its_own_certainty():
    shape, rng = layout(), np.random.default_rng(9)
    wrong = true_reports(shape, 1, rng)
    index = shape.index
    wrong[0, index["requests/received/other"]] += 4
    wrong[0, [index[f"disputes/reconsideration/{c}"] for c in ("upheld", "corrected", "other", "pending", "total")]] = [
        3,
        2,
        0,
        0,
        6,
    ]
    found = located(shape, wrong)[0]
    names = [sorted({shape.identities[i].identity for i in part.identities}) for part in found]
    assert sorted(zip(names, [part.certainty for part in found], strict=True)) == [
        (["applicants", "balance"], "unique"),
        (["dispute_results"], "ambiguous"),
    ]


def test_a_dispute_and_a_request_are_never_one_component():
    shape, rng = layout(), np.random.default_rng(12)
    requests, disputes = Errors(shape, rng), Errors(shape, rng, "disputes")
    wrong = true_reports(shape, 60, rng)
    known = np.ones(wrong.shape, bool)
    lose_row(shape, known, rng)
    for row in wrong:
        requests.plant("cells1", row)
        disputes.plant("cells1", row)
    both = 0
    for found in located(shape, wrong, known):
        tables = [{shape.identities[i].left[0][2].split("/")[0] for i in part.identities} for part in found]
        assert all(len(names) == 1 for names in tables)
        both += {"requests"} in tables and {"disputes"} in tables
    assert both > 40


def test_parts_are_independent_where_every_combination_fits():
    a, b, c, d, e = (Solution((Edit(number, 0, 1),), 1) for number in range(5))
    assert dependent([[a, a, b, b], [c, d, c, d]]) == [[0], [1]]
    assert dependent([[a, b], [c, d]]) == [[0, 1]]
    assert dependent([[a, b, a, b], [c, d, c, d], [e, e, e, e]]) == [[0, 1], [2]]
    assert dependent([[a, a], [c, d]]) == [[0], [1]]
    # every pair occurs, and of three together only half
    assert dependent([[a, a, b, b], [a, b, a, b], [a, b, b, a]]) == [[0, 1, 2]]


def test_a_value_that_no_cell_can_hold_is_in_every_correction():
    zero = dict.fromkeys(layout().cells, Decimal(0))
    for value in ("-3", "1.5"):
        found = examine_one(WHOLE, zero | {"requests/granted/other": Decimal(value)})
        assert [[(e.cell, e.old, e.new) for s in part.solutions for e in s] for part in found.edits] == [
            [("requests/granted/other", Decimal(value), 0)]
        ]
        assert found.edits[0].certainty == "unique"


def test_a_cell_read_under_doubt_ranks_first():
    zero = dict.fromkeys(layout().cells, Decimal(0))
    values = zero | {"disputes/reconsideration/total": Decimal(7), "disputes/reconsideration/other": Decimal(4)}
    plain = examine_one(WHOLE, values).edits[0]
    doubted = examine_one(WHOLE, values, doubted={"disputes/reconsideration/pending"}).edits[0]
    assert set(plain.solutions) == set(doubted.solutions)
    assert plain.solutions[0][0].cell != "disputes/reconsideration/pending"
    assert [(e.cell, e.new) for e in doubted.solutions[0]] == [("disputes/reconsideration/pending", 3)]


def test_missing_cells_cost_nothing_and_never_fall_below_zero():
    values = dict.fromkeys(layout().cells, Decimal(0)) | {
        "disputes/reconsideration/upheld": Decimal(9),
        "disputes/reconsideration/other": None,
        "disputes/reconsideration/total": Decimal(4),
    }
    found = examine_one(WHOLE, values)
    (part,) = found.edits
    # the sum must grow to at least 9 or the part shrink to at most 4; either value is only a bound
    assert {(e.cell, e.new) for s in part.solutions for e in s} == {
        ("disputes/reconsideration/total", 9),
        ("disputes/reconsideration/upheld", 4),
    }
    assert part.certainty == "ambiguous"
    assert not found.derived


def test_beyond_where_the_search_finds_none_within_its_limits(monkeypatch):
    shape, rng = layout(), np.random.default_rng(10)
    wrong = true_reports(shape, 1, rng)
    cells = [place for place, address in enumerate(shape.cells) if address.startswith("requests")]
    wrong[0, rng.choice(cells, 30, replace=False)] += rng.integers(1, 1000, 30)
    monkeypatch.setattr(optimise, "SECONDS", 0.0)
    assert {part.certainty for part in located(shape, wrong)[0]} == {"beyond"}


def test_a_published_report_with_two_wrong_totals():
    rows = {"reconsideration": (10, 1, 0, 0, 0), "litigation_after_reconsideration": (5, 0, 0, 0, 0)}
    forms = {**WHOLE, "requests": "2019"}
    values = dict.fromkeys(layout(forms).cells, Decimal(0))
    for row, numbers in rows.items():
        for column, number in zip(("upheld", "corrected", "other", "pending", "total"), numbers, strict=True):
            values[f"disputes/{row}/{column}"] = Decimal(number)
    found = examine_one(forms, values)
    shown = [(p.certainty, [[(e.cell.split("/", 1)[1], e.new) for e in s] for s in p.solutions]) for p in found.edits]
    assert shown == [
        ("unique", [[("reconsideration/total", 11)]]),
        (
            "ambiguous",
            [[("litigation_after_reconsideration/total", 5)], [("litigation_after_reconsideration/upheld", 0)]],
        ),
    ]


def test_the_samples_have_nothing_to_mend():
    truth = json.loads((Path(__file__).parents[1] / "fixtures" / "truth.json").read_text(encoding="utf-8"))
    for report in truth.values():
        values = {a: None if v is None else Decimal(str(v)) for a, (v, _) in report["cells"].items()}
        assert examine_one(WHOLE, values).edits == ()


@pytest.mark.parametrize("forms", list(itertools.product((None, "2019", "2021"), repeat=3)))
def test_tables_that_were_not_found_leave_the_rest_to_be_judged(forms):
    found = dict(zip(WHOLE, forms, strict=True))
    values = dict.fromkeys(layout(found).cells, Decimal(0))
    assert examine_one(found, values).edits == ()
    if values:
        cell = next(cell for cell in values if not cell.endswith("/change"))
        (part,) = examine_one(found, values | {cell: Decimal(-3)}).edits
        assert (part.certainty, [(e.cell, e.new) for s in part.solutions for e in s]) == ("unique", [(cell, 0)])
