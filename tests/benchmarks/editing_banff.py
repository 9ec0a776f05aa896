"""Side by side with Banff of Statistics Canada on the same reports: ``python -m tests.benchmarks.editing_banff``.

Prints one line of JSON. Each report of the 2021 form gets one, two or three wrong cells in its request table, or one in
its dispute table, where several answers tie. Both are asked for the fewest cells whose change lets every identity hold
with nothing below 0. Banff picks one such set at random, for each of some seeds; each of its sets must be among those
that are listed here. It runs in an environment of
its own, which `uv` makes from the head of ``banff_worker.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from orchestration.editing.layout import Layout
from orchestration.editing.location.search import complete, sets_of
from orchestration.editing.network import network_of
from tests.benchmarks.editing import Errors, layout, true_reports

WORKER = Path(__file__).with_name("banff_worker.py")
# table and number of wrong cells
KINDS = (("requests", 1), ("requests", 2), ("requests", 3), ("disputes", 1))
FORMS = {"disclosure": None, "requests": "2021", "disputes": "2021"}


def planted(shape: Layout, table: str, size: int, count: int, seed: int) -> np.ndarray:
    """(count, n) reports with ``size`` wrong cells in a table each."""
    rng = np.random.default_rng(seed + size)
    values = true_reports(shape, count, rng)
    errors = Errors(shape, rng, table)
    for row in values:
        errors.plant(f"cells{size}", row)
    return values


def ours(shape: Layout, values: np.ndarray) -> tuple[float, list[list[tuple[int, ...]]]]:
    """Seconds, and for each report every smallest set of cells."""
    network = network_of(shape)
    start = time.perf_counter()
    found: list[list[tuple[int, ...]]] = [[] for _ in values]
    left = np.arange(len(values))
    for size in range(1, 5):
        problems = complete(network, values[left], network.imbalance(values[left]))
        for place, sets in zip(left, sets_of(problems, size), strict=True):
            found[place] = [entry.cells for entry in sets or ()]
        left = np.array([place for place in left if not found[place]], np.int64)
        if not len(left):
            break
    return time.perf_counter() - start, found


def edits(shape: Layout) -> str:
    """The identities and bounds as Banff writes them; cell n is called cn."""
    lines = []
    for identity in shape.identities:
        sides = [" + ".join(f"c{shape.index[cell]}" for _, _, cell in side) for side in (identity.left, identity.right)]
        lines.append(f"{sides[0]} = {sides[1]};")
    return "\n".join(lines + [f"c{number} >= 0;" for number in range(len(shape.cells))])


def banff(shape: Layout, groups: list[np.ndarray], seeds: list[int], seconds: float) -> list[dict]:
    """What Banff finds; raises RuntimeError, with what was said, where it does not run."""
    asked = {
        "edits": edits(shape),
        "names": [f"c{number}" for number in range(len(shape.cells))],
        "groups": [values.tolist() for values in groups],
        "seeds": seeds,
        "seconds": seconds,
    }
    command = ["uv", "run", "--quiet", "--no-project", "--python", sys.executable, "--script", str(WORKER)]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)["groups"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=12, help="of each kind")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0, help="that Banff may spend on a report")
    options = parser.parse_args()
    shape = layout(FORMS)
    groups = [planted(shape, table, size, options.reports, 1) for table, size in KINDS]
    ours(shape, planted(shape, "requests", 1, 2, 9))  # the first call builds tables that stay
    told = banff(shape, groups, list(range(1, options.seeds + 1)), options.seconds)
    parts = []
    for (table, size), values, theirs in zip(KINDS, groups, told, strict=True):
        seconds, mine = ours(shape, values)
        both = [
            (sets, [tuple(int(name[1:]) for name in cells) for cells in chosen])
            for place, (sets, chosen) in enumerate(zip(mine, theirs["chosen"], strict=True))
            if place not in theirs["rejected"] and (sets or chosen)
        ]
        parts.append(
            {
                "table": table,
                "wrong_cells": size,
                "reports": len(values),
                "solved_by_both": len(both),
                "given_up_by_banff": len(theirs["rejected"]),
                "equal_optima": sum({len(cells) for cells in chosen} == {len(sets[0])} for sets, chosen in both),
                "theirs_among_ours": sum({tuple(sorted(c)) for c in chosen} <= set(sets) for sets, chosen in both),
                "with_ties": sum(len(sets) > 1 for sets in mine),
                "smallest_sets_listed": sum(len(sets) for sets in mine),
                "different_sets_shown_by_banff": sum(len({*map(tuple, chosen)}) for _, chosen in both),
                "seconds": round(seconds, 4),
                "banff_seconds": round(theirs["seconds"], 2),
                "times_faster": round(theirs["seconds"] / seconds),
            }
        )
    line = {"benchmark": "editing_banff", "banff": "3.1.3", "load_average": round(os.getloadavg()[0], 1), "by": parts}
    print(json.dumps(line))


if __name__ == "__main__":
    main()
