"""Reading in processes beside this one, where there is enough to read; they stay for the next time."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import polars as pl

from orchestration.reading.bulk.worker import answer, frame, receive, send

_ROOT = Path(__file__).resolve().parents[3]
_PROCESSES = 2
Frames = Sequence[pl.DataFrame]


class Readers:
    """``ask`` answers in its own time, by a process if the reports are worth one; use it as a context."""

    def __init__(self, in_processes: bool) -> None:
        self._threads = ThreadPoolExecutor(_PROCESSES) if in_processes else None

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._threads:
            self._threads.shutdown(cancel_futures=True)

    def ask(self, question: str, inventory: pl.DataFrame) -> Future[Frames]:
        """The frames that a question (see ``worker.answer``) about opened reports asks for."""
        if self._threads:
            return self._threads.submit(_ask, question, inventory)
        found: Future[Frames] = Future()
        found.set_result(answer(question, inventory))
        return found


_idle: list[subprocess.Popen] = []
_owner = os.getpid()
_lock = threading.Lock()


def _ask(question: str, inventory: pl.DataFrame) -> Frames:
    """Ask a process; what a process cannot answer is read here."""
    process = None
    try:
        process = _take()
        send(process.stdin, [question.encode(), inventory])
        found = [frame(part) for part in receive(process.stdout)]
    except (OSError, EOFError):
        if process is not None:
            _end(process)
        return answer(question, inventory)
    except BaseException:  # interrupted between a question and its answer
        if process is not None:
            _end(process)
        raise
    with _lock:
        _idle.append(process)
    return found


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
        [sys.executable, "-m", "orchestration.reading.bulk.worker"],
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
