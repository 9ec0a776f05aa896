"""The search, the general solver and brute force list the same smallest corrections."""

from itertools import combinations

import numpy as np
import pytest
from editing_reports import Errors, layout, located, true_reports, verdicts

from orchestration.editing.layout import Layout
from orchestration.editing.location.events import lines_of
from orchestration.editing.location.locating import locate
from orchestration.editing.location.optimise import Rules, lightest
from orchestration.editing.location.search import complete, sets_of, with_unknown
from orchestration.editing.network import network_of
from orchestration.form import IdentityInstance


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
            if Rules(shape.net, values.astype(float), free, shape.floor).fits():
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
        answers = lightest(shape.net, values.astype(float), known, np.zeros(len(values), bool), shape.floor)
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
            shape.net,
            wrong.astype(float),
            np.ones(len(wrong), bool),
            np.zeros(len(wrong), bool),
            shape.floor,
            is_network=True,
        )
        assert answers.proved and answers.all_listed
        expected = {(cells, values) for cells, values, _ in answers.sets}
        assert {(s.cells, tuple(int(wrong[c]) + d for c, d in zip(s.cells, s.deltas, strict=True))) for s in found} == (
            expected
        )


def test_identities_that_are_no_network_are_left_to_the_general_solver():
    cells = tuple(f"disclosure/licences/{name}" for name in ("previous_items", "change", "decisions"))
    terms = [tuple((weight, 0, cell) for weight, cell in zip(side, cells, strict=True) if weight) for side in SIDES]
    left, right = (np.array([side], float) for side in SIDES)
    identity = IdentityInstance("made_up", "licences", "hard", *terms)
    shape = Layout((), (identity,), cells, left, right, np.array([False, True, False]))
    assert network_of(shape) is None
    values = np.array([[7, -3, 2], [7, -3, 4]])  # 2 x decisions = previous + change
    fine, broken = located(shape, values)
    assert fine == []
    (part,) = broken
    # the decisions fall to 2, or the earlier items rise, or the change does; the change may be of either sign
    assert {(e.cell, e.new) for s in part.solutions for e in s.edits} == {(0, 11), (1, 1), (2, 2)}
    gone = located(shape, values, np.array([[True, False, True]] * 2))
    assert gone == [[], []]  # a change below 0 makes up for anything


SIDES = ((0, 0, 2), (1, 1, 0))


def test_the_lines_of_the_request_table():
    lines = lines_of(network_of(layout()))
    assert sum(line.is_row and len(line.cells) == 7 for line in lines) == 25
    assert sum(not line.is_row and len(line.cells) == 25 for line in lines) == 7
