"""Running dbt on a home of its own, and what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
RUNNER = """
import json, sys
from dbt.cli.main import dbtRunner

common, commands = json.loads(sys.argv[1])
manifest = dbtRunner().invoke(["parse", *common]).result
sys.exit(0 if manifest and all(dbtRunner(manifest).invoke([*command, *common]).success for command in commands) else 1)
"""


@dataclass(frozen=True)
class Outcome:
    """What dbt said: its exit code, its output, and each node's status, failures and relation by name."""

    code: int
    output: str
    results: dict[str, dict]

    def named(self, *statuses: str) -> set[str]:
        """The nodes that ended with one of the statuses."""
        return {name for name, result in self.results.items() if result["status"] in statuses}


def dbt(home: Path, *commands: list[str]) -> Outcome:
    """Run dbt commands on ``home`` until one fails; whatever dbt writes beside the warehouse goes there too.

    One process that parses once: starting and parsing take most of the time of a small command.
    """
    (home / "warehouse").mkdir(exist_ok=True)
    folders = {
        "project-dir": PROJECT,
        "profiles-dir": PROJECT,
        "target-path": home / "target",
        "log-path": home / "logs",
    }
    common = [part for name, folder in folders.items() for part in (f"--{name}", str(folder))]
    environment = os.environ | {"GONGKAI_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, json.dumps([common, commands])],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
    )
    results = {}
    found = home / "target" / "run_results.json"
    if found.exists():
        for result in json.loads(found.read_text())["results"]:
            kind, _, name, *_ = result["unique_id"].split(".")
            results[name if kind != "unit_test" else result["unique_id"]] = result
    return Outcome(done.returncode, done.stdout + done.stderr, results)
