"""Location: every smallest correction, and nothing else."""

import json
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from editing_reports import OLD, WHOLE, Errors, layout, lose_row, true_reports, verdicts

from orchestration.editing import examine_one, optimise
from orchestration.editing.events import lines_of
from orchestration.editing.layout import Layout
from orchestration.editing.locating import locate
from orchestration.editing.network import network_of
from orchestration.editing.optimise import Rules, lightest
from orchestration.editing.search import complete, sets_of, with_unknown
from orchestration.form import IdentityInstance


def located(shape: Layout, values: np.ndarray, known: np.ndarray | None = None):
    known = np.ones(values.shape, bool) if known is None else known
    values = np.where(known, values, 0).astype(float)
    return locate(shape, values, known, verdicts(shape, values, known))


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


def small(columns: int = 2, outcomes: int = 2) -> Layout:
    """A request table in little: the same sums and balance over fewer rows and columns."""
    names = [*(f"c{number}" for number in range(columns)), "total"]
    rows = ["received", "carried_in", *(f"o{number}" for number in range(outcomes)), "processed", "carried_out"]
    cells = tuple(f"requests/{row}/{name}" for row in rows for name in names)

    def terms(*addresses: str):
        return tuple((1, 0, f"requests/{address}") for address in addresses)

    identities = [
        *(
            IdentityInstance(
                "balance",
                name,
                "hard",
                terms(f"received/{name}", f"carried_in/{name}"),
                terms(f"processed/{name}", f"carried_out/{name}"),
            )
            for name in names
        ),
        *(
            IdentityInstance(
                "outcomes",
                name,
                "hard",
                terms(f"processed/{name}"),
                terms(*(f"o{number}/{name}" for number in range(outcomes))),
            )
            for name in names
        ),
        *(
            IdentityInstance(
                "applicants", row, "hard", terms(f"{row}/total"), terms(*(f"{row}/{name}" for name in names[:-1]))
            )
            for row in rows
        ),
    ]
    left, right = (np.zeros((len(identities), len(cells))) for _ in range(2))
    for number, identity in enumerate(identities):
        for matrix, side in ((left, identity.left), (right, identity.right)):
            for _, _, address in side:
                matrix[number, cells.index(address)] = 1
    return Layout((), tuple(identities), cells, left, right, np.zeros(len(cells), bool))


def by_force(shape: Layout, values: np.ndarray, known: np.ndarray, most: int) -> tuple[int, set[tuple[int, ...]]]:
    """The smallest size at which changing some cells lets all identities hold, and all sets of that size."""
    for size in range(most + 1):
        sets = set()
        for cells in combinations(np.flatnonzero(known).tolist(), size):
            free = ~known
            free[list(cells)] = True
            if Rules(shape.net, values.astype(float), free).fits():
                sets.add(cells)
        if sets:
            return size, sets
    return most + 1, set()


@pytest.mark.parametrize("missing", [0, 2, 4])
def test_the_list_of_smallest_sets_equals_brute_force(missing):
    shape, rng = small(), np.random.default_rng(missing)
    network = network_of(shape)
    assert network is not None
    checked = {1: 0, 2: 0, 3: 0}
    for _ in range(25):
        # small numbers, so that what would fall below 0 matters
        values = rng.poisson(0.8, len(shape.cells))
        known = np.ones(len(values), bool)
        known[rng.choice(len(values), missing, replace=False)] = False
        if rng.random() < 0.7:
            values = true_reports(shape, 1, rng)[0]
            for cell in rng.choice(len(values), 2, replace=False):
                values[cell] = rng.integers(4)
        values = np.where(known, values, 0)
        size, sets = by_force(shape, values, known, 3)
        if not 0 < size < 4:
            continue
        gap = network.imbalance(values[None].astype(float))
        problems = (
            complete(network, values[None], gap)
            if known.all()
            else with_unknown(network, values[None], known[None], gap)
        )
        found: set[tuple[int, ...]] = set()
        for tried in range(1, size + 1):
            found = {entry.cells for entry in sets_of(problems, tried)[0]}
            if known.all():
                assert bool(found) == (tried == size)
        if known.all():
            assert found == sets
        answers = lightest(shape.net, values.astype(float), known, np.zeros(len(values), bool))
        assert answers.proved and answers.all_listed
        assert {cells for cells, _, _ in answers.sets} == sets
        codes = verdicts(shape, values[None], known[None])
        parts = locate(shape, values[None].astype(float), known[None], codes)[0]
        if not any(solution.events for part in parts for solution in part.solutions) and len(parts) == 1:
            assert {solution.cells for solution in parts[0].solutions} == sets
        checked[size] += 1
    assert all(count > 1 for size, count in checked.items() if size < 3), checked


def test_the_search_and_the_general_solver_agree():
    shape, rng = layout(), np.random.default_rng(5)
    network, errors = network_of(shape), Errors(shape, rng)
    for number in range(24):
        wrong = true_reports(shape, 1, rng)[0]
        errors.plant(f"cells{1 + number % 4}", wrong)
        problems = complete(network, wrong[None], network.imbalance(wrong[None].astype(float)))
        found = next(sets for sets in (sets_of(problems, size)[0] for size in (1, 2, 3, 4)) if sets)
        answers = lightest(
            shape.net, wrong.astype(float), np.ones(len(wrong), bool), np.zeros(len(wrong), bool), is_network=True
        )
        assert answers.proved and answers.all_listed
        expected = {(cells, values) for cells, values, _ in answers.sets}
        assert {(s.cells, tuple(int(wrong[c]) + d for c, d in zip(s.cells, s.deltas, strict=True))) for s in found} == (
            expected
        )


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


def test_the_lines_of_the_request_table():
    lines = lines_of(network_of(layout()))
    assert sum(line.is_row and len(line.cells) == 7 for line in lines) == 25
    assert sum(not line.is_row and len(line.cells) == 25 for line in lines) == 7


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
