"""Processes that open files for this one: started when needed, used again, replaced when a file breaks them."""

from __future__ import annotations

import atexit
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from orchestration.intake.containers.limits import MAX_FILE_BYTES, Limits
from orchestration.intake.containers.worker import HEADER, KINDS, received
from orchestration.intake.document import Document, SetAsideError

ROOT = Path(__file__).parents[3]
COST = {"pdf": 10, "docx": 10, "html": 1}
MOST_COST = 3_000  # for a process: what libraries leak ends with it
CHUNK = 1 << 20
MAX_ANSWER = 8 * MAX_FILE_BYTES
TOO_LONG = "Opening the file took more time than is allowed. Save the report again, or convert it to text."
TOO_MUCH = "Opening the file took more memory than is allowed. Save the report again, or convert it to text."
CRASHED = "The file crashed the program that opens it. Fetch it again, or save it again in another program."


class Worker:
    """One process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._come = b""
        self.cost = 0
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [
                sys.executable,
                *("-m", "orchestration.intake.containers.worker"),
                *(str(limits.memory_bytes), str(limits.cpu_seconds)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        os.set_blocking(self._process.stdin.fileno(), False)
        os.set_blocking(self._process.stdout.fileno(), False)

    def alive(self) -> bool:
        """Whether it can take another file."""
        return self._process.poll() is None

    def open(self, kind: str, data: bytes) -> Document:
        """The document. Raises SetAsideError; afterwards ``alive`` tells whether the process survived."""
        self.cost += COST[kind]
        deadline = time.monotonic() + self._limits.wall_seconds
        try:
            self._send(HEADER.pack(KINDS[kind], len(data)) + data, deadline)
            letter, size = HEADER.unpack(self._receive(HEADER.size, deadline))
            if size > MAX_ANSWER:
                raise EOFError
            payload = self._receive(size, deadline)
        except TimeoutError:
            self.close()
            raise SetAsideError("reading_limit", TOO_LONG) from None
        except (OSError, EOFError):
            raise self._death() from None
        return received(letter, payload)

    def close(self) -> None:
        """End the process."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def _send(self, data: bytes, deadline: float) -> None:
        handle, rest = self._process.stdin.fileno(), memoryview(data)
        while rest:
            _await(handle, select.POLLOUT, deadline)
            rest = rest[os.write(handle, rest[:CHUNK]) :]

    def _receive(self, size: int, deadline: float) -> bytes:
        """So many bytes of the answer; what has come of the rest is kept."""
        handle, parts, more = self._process.stdout.fileno(), [self._come], size - len(self._come)
        while more > 0:
            _await(handle, select.POLLIN, deadline)
            part = os.read(handle, CHUNK)
            if not part:
                raise EOFError
            parts.append(part)
            more -= len(part)
        come = b"".join(parts)
        self._come = come[size:]
        return come[:size]

    def _death(self) -> SetAsideError:
        """Why the process ended, by its signal and the memory that it had."""
        process = self._process
        if process.returncode is None:
            # Not process.kill(), which would take the exit status; and it may have closed its pipes only.
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak, seconds = usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime
        else:
            peak = seconds = 0
        self.close()
        if process.returncode == -signal.SIGXCPU or seconds >= self._limits.cpu_seconds:
            return SetAsideError("reading_limit", TOO_LONG)
        if peak * 2 > self._limits.memory_bytes:
            return SetAsideError("reading_limit", TOO_MUCH)
        return SetAsideError("broken_file", CRASHED)


class Pool:
    """Any number of threads may call ``open``; each call has a process to itself."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self.owner = os.getpid()

    def open(self, kind: str, data: bytes) -> Document:
        """The document. Raises SetAsideError."""
        worker = self._take()
        try:
            return worker.open(kind, data)
        except SetAsideError as error:
            if error.code == "reading_limit":
                worker.close()
            raise
        except BaseException:  # interrupted between a question and its answer
            worker.close()
            raise
        finally:
            if worker.cost >= MOST_COST or not worker.alive():
                worker.close()
            else:
                with self._lock:
                    self._idle.append(worker)

    def close(self) -> None:
        """End all idle processes."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _take(self) -> Worker:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return Worker(self._limits)
            if worker.alive():
                return worker
            worker.close()


_pools: dict[Limits, Pool] = {}
_pools_lock = threading.Lock()


def shared_pool(limits: Limits) -> Pool:
    """The pool of this process for these limits; a forked child gets its own."""
    with _pools_lock:
        pool = _pools.get(limits)
        if pool is None or pool.owner != os.getpid():
            pool = _pools[limits] = Pool(limits)
        return pool


@atexit.register
def close_pools() -> None:
    """End the idle processes of all pools; they would also end with this process."""
    for pool in _pools.values():
        if pool.owner == os.getpid():
            pool.close()


def _await(handle: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(handle, event)
    if not poll.poll(max(0, deadline - time.monotonic()) * 1000):
        raise TimeoutError
