"""A hundred publications under eight readers: no error, no torn read, and publication is not held up."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from publications import ROWS, put
from test_publication_readers import FOLLOWS, KEEPS

PUBLICATIONS = 100
LONGEST = 30  # seconds of one publication on a machine where nine processes share two cores
# Resolves the release first and then reads its files one by one, as a script that takes the Parquet files does.
RELEASE = f"""
    import sys, time, hashlib, json, pathlib, duckdb
    path, stop = map(pathlib.Path, sys.argv[1:])
    seen, last = set(), False
    print("ready", flush=True)
    while not last:
        last = stop.exists()
        folder = (path.parent / "current").resolve()
        manifest = json.loads((folder / "manifest.json").read_text())
        for file in manifest["files"]:
            content = (folder / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]
        with duckdb.connect() as connection:
            query = f"select number, count(*) from '{{folder}}/parquet/m.fct.parquet' group by 1"
            rows = connection.execute(query).fetchall()
        assert rows == [(int(manifest["lineage"]["run_id"]), {ROWS})], rows
        seen.add(rows[0][0])
        time.sleep(0.1)
    assert max(seen) == int(stop.read_text()) and len(seen) > 1, seen
"""


def start(script: str, target: Path, stop: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", textwrap.dedent(script), target, stop]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_a_hundred_publications_under_eight_readers(tmp_path: Path) -> None:
    warehouse, target, stop = tmp_path / "w.duckdb", tmp_path / "p" / "gongkai.duckdb", tmp_path / "stop"
    put(warehouse, target, 0)
    readers = [start(script, target, stop) for script in (KEEPS, KEEPS, *[FOLLOWS] * 4, RELEASE, RELEASE)]
    try:
        for reader in readers:
            assert reader.stdout.readline() == "ready\n", reader.stderr.read()
        took = []
        for number in range(1, PUBLICATIONS + 1):
            begun = time.monotonic()
            put(warehouse, target, number)
            took.append(time.monotonic() - begun)
            assert [reader.poll() for reader in readers] == [None] * len(readers)
        stop.with_name("stopping").write_text(str(PUBLICATIONS))
        stop.with_name("stopping").replace(stop)
        for reader in readers:
            _, errors = reader.communicate(timeout=120)
            assert reader.returncode == 0, errors
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
    assert max(took) < LONGEST
