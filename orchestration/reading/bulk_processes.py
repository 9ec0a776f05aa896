"""The careful path in processes beside this one, where there is enough to read; they stay for the next time."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from orchestration.reading.bulk_careful import Frames, careful_tables
from orchestration.reading.bulk_worker import receive, send

_ROOT = Path(__file__).resolve().parents[2]
_PROCESSES = 2
_ENOUGH = 100  # reports for which starting processes pays
_AT_ONCE = 40  # reports in one message

_idle: list[subprocess.Popen] = []
_owner = os.getpid()
_lock = threading.Lock()


def read_carefully(inventory: pl.DataFrame) -> list[Frames]:
    """The tables of opened reports (with ``year`` and ``known``), part by part in their order."""
    if inventory.height < _ENOUGH:
        return [careful_tables(inventory)]
    parts = [inventory[at : at + _AT_ONCE] for at in range(0, inventory.height, _AT_ONCE)]
    with ThreadPoolExecutor(_PROCESSES) as threads:
        return list(threads.map(_read, parts))


def _read(part: pl.DataFrame) -> Frames:
    """Ask a process; what a process cannot answer is read here."""
    process = None
    try:
        process = _take()
        send(process.stdin, [part])
        cells, tables, problems = receive(process.stdout)
    except (OSError, EOFError):
        if process is not None:
            _end(process)
        return careful_tables(part)
    except BaseException:  # interrupted between a question and its answer
        if process is not None:
            _end(process)
        raise
    with _lock:
        _idle.append(process)
    return cells, tables, problems


def _take() -> subprocess.Popen:
    global _owner
    with _lock:
        if _owner != os.getpid():  # a forked child leaves its parent's processes alone
            _idle.clear()
            _owner = os.getpid()
        if _idle:
            return _idle.pop()
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.reading.bulk_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "POLARS_MAX_THREADS": "1"},
    )


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


@atexit.register
def end_processes() -> None:
    """End the processes that wait; they would also end with this one."""
    if _owner == os.getpid():
        while _idle:
            _end(_idle.pop())
