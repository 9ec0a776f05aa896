# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = ["banff==3.1.3"]
# ///
"""Locates errors by Banff, in an environment of its own: it asks for older pyarrow and duckdb than this project has.

Reads JSON from standard input (edits, names, reports, seeds, seconds) and prints one line of JSON: for each group of
reports the seconds, the variables chosen for each report and seed, and the reports that it gave up.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time


def main() -> None:
    asked = json.load(sys.stdin)
    said = os.dup(1)  # what Banff reports of its run would stand in the answer
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    import banff
    import pandas as pd

    groups = []
    for reports in asked["groups"]:
        frame = pd.DataFrame(reports, columns=asked["names"], dtype=float)
        frame.insert(0, "ID", [f"{number:06}" for number in range(len(frame))])
        chosen: list[list[list[str]]] = [[] for _ in reports]
        rejected, seconds = set(), []
        for seed in asked["seeds"]:
            start = time.perf_counter()
            found = banff.errorloc(
                unit_id="ID", edits=asked["edits"], indata=frame, seed=seed, time_per_obs=asked["seconds"]
            )
            seconds.append(time.perf_counter() - start)
            fields: dict[str, list[str]] = {}
            for row in found.outstatus.to_pylist():
                fields.setdefault(row["ID"], []).append(row["FIELDID"])
            for name, cells in fields.items():
                chosen[int(name)].append(sorted(cells))
            rejected |= {int(row["ID"]) for row in found.outreject.to_pylist()}
        groups.append({"seconds": min(seconds), "chosen": chosen, "rejected": sorted(rejected)})
    os.write(said, json.dumps({"version": "3.1.3", "groups": groups}).encode() + b"\n")


main()
