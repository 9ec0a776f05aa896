"""How often location is right, by kind of error, as Markdown: ``python -m tests.benchmarks.editing_precision``.

Each report of the 2021 form gets one error of the kind. A component is right where every edit of its first solution
names a wrong cell and its right value; ``listed`` where one of its solutions does.
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np

from orchestration.editing.examining import examine
from orchestration.editing.location.answers import Component, Solution
from tests.benchmarks.editing import KINDS, Errors, layout, lose_row, true_reports

ALL = (*KINDS, "cells4", "disputes", "lost row, cells1", "lost row, cells2")
HEAD = ("kind", "reports", "components", "unique, right", "unique, wrong", "ambiguous, first", "ambiguous, listed")


def counts(kind: str, count: int, seed: int = 11) -> Counter:
    """The answers for ``count`` reports with one error of a kind."""
    rng = np.random.default_rng(seed)
    shape = layout()
    truth = true_reports(shape, count, rng)
    values, known = truth.copy(), np.ones(truth.shape, bool)
    errors = Errors(shape, rng, "disputes" if kind == "disputes" else "requests")
    planted = [errors.plant("cells1" if kind == "disputes" else kind.split(", ")[-1], row) for row in values]
    if kind.startswith("lost row"):
        lose_row(shape, known, rng)
    found = examine(shape, np.where(known, values, 0).astype(float), known)
    seen = Counter(reports=sum(planted))
    for row, components in enumerate(found.components):
        seen["silent"] += planted[row] and not components and bool((known[row] & (values[row] != truth[row])).any())
        for part in components:
            seen[answer(part, truth[row], values[row])] += 1
            seen["components"] += 1
    return seen


def answer(part: Component, truth: np.ndarray, values: np.ndarray) -> str:
    """The label of a component and whether it is right."""

    def right(solution: Solution) -> bool:
        return all(truth[e.cell] == e.new != values[e.cell] for e in solution.edits)

    if not part.solutions:
        return "beyond"
    if part.certainty == "unique":
        return f"unique, {'right' if right(part.solutions[0]) else 'wrong'}"
    if right(part.solutions[0]):
        return "ambiguous, first"
    return f"ambiguous, {'listed' if any(right(solution) for solution in part.solutions) else 'not listed'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000, help="of each kind")
    options = parser.parse_args()
    head = (*HEAD, "ambiguous, not listed", "beyond", "silent")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    total: Counter = Counter()
    for kind in ALL:
        seen = counts(kind, options.reports)
        total += seen
        print(f"| {' | '.join([kind, *(str(seen[name]) for name in head[1:])])} |")
    unique = total["unique, right"] + total["unique, wrong"]
    print(f"\nOf {unique} answers called unique {total['unique, right'] / unique:.3%} are right.")


if __name__ == "__main__":
    main()
