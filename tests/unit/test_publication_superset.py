"""Apache Superset, in an environment of its own, asks a dataset through eight connections during publications."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from publications import environment, put

# the two behind Superset: it needs the first without naming it, and does not start with a newer second
PACKAGES = ("apache-superset==6.1.0", "duckdb==1.5.*", "duckdb-engine==0.17.0", "cachetools", "flask-caching==2.3.1")
PUBLICATIONS = 100
LONGEST = 30  # seconds of one publication while all cores are taken
CONFIGURATION = """
SECRET_KEY = "of-a-test-that-nobody-else-reaches-0123456789"
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
WTF_CSRF_ENABLED = TALISMAN_ENABLED = PREVENT_UNSAFE_DB_CONNECTIONS = False
FILTER_STATE_CACHE_CONFIG = EXPLORE_FORM_DATA_CACHE_CONFIG = {{"CACHE_TYPE": "SimpleCache"}}
"""


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_superset_asks_during_a_hundred_publications(tmp_path: Path) -> None:
    warehouse, target, stop = tmp_path / "w.duckdb", tmp_path / "p" / "gongkai.duckdb", tmp_path / "stop"
    put(warehouse, target, 0)
    python = environment(tmp_path / "superset", *PACKAGES)
    (tmp_path / "superset_config.py").write_text(CONFIGURATION.format(folder=tmp_path))
    command = [python, Path(__file__).with_name("superset_reader.py"), target, stop]
    variables = {**os.environ, "PYTHONPATH": str(tmp_path), "SUPERSET_HOME": str(tmp_path)}
    log = tmp_path / "superset.log"
    with log.open("w") as errors:
        reader = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=variables, cwd=tmp_path
        )
        try:
            while (line := reader.stdout.readline()) and not line.startswith("ready"):
                pass
            assert line == "ready 0\n", log.read_text()[-3000:]
            took = []
            for number in range(1, PUBLICATIONS + 1):
                begun = time.monotonic()
                put(warehouse, target, number)
                took.append(time.monotonic() - begun)
            stop.touch()
            out, _ = reader.communicate(timeout=300)
            assert reader.returncode == 0, log.read_text()[-3000:]
        finally:
            reader.kill()
            reader.wait()
    told = json.loads(out.splitlines()[-1])
    assert told["last"] == PUBLICATIONS
    assert told["publications"] > 1 and told["answers"] >= told["publications"]
    assert max(took) < LONGEST
