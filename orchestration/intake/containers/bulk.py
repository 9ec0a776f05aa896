"""Many files in their order: PDF, DOCX and HTML in processes beside this one, text here meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from orchestration.intake.containers.kinds import recognise
from orchestration.intake.containers.limits import DEFAULT_LIMITS, Limits
from orchestration.intake.containers.opening import belongs_beside, check_size, open_beside
from orchestration.intake.document import Document, SetAsideError

AHEAD = 4  # files in flight for each process


def open_many(
    sources: Iterable[bytes | str | Path], workers: int = 2, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | SetAsideError]:
    """A document, or the reason why there is none, for each file (its bytes or its path), in the order given.

    At most ``AHEAD`` files for each worker are held at once. Nothing is raised for a file, whatever it holds.
    """
    waiting: deque[Future[Document | SetAsideError] | Document | SetAsideError] = deque()
    with ThreadPoolExecutor(workers) as threads:
        for source in sources:
            waiting.append(_begin(source, threads, limits))
            while len(waiting) > workers * AHEAD or (waiting and not isinstance(waiting[0], Future)):
                yield _end(waiting.popleft())
        while waiting:
            yield _end(waiting.popleft())


def _begin(
    source: bytes | str | Path, threads: ThreadPoolExecutor, limits: Limits
) -> Future[Document | SetAsideError] | Document | SetAsideError:
    try:
        data = source if isinstance(source, bytes) else read_file(Path(source))
        check_size(len(data))
        here = recognise(data) == "text" and not belongs_beside(data)
    except SetAsideError as error:
        return error
    return _opened(data, limits) if here else threads.submit(_opened, data, limits)


def _end(waited: Future[Document | SetAsideError] | Document | SetAsideError) -> Document | SetAsideError:
    return waited.result() if isinstance(waited, Future) else waited


def _opened(data: bytes, limits: Limits) -> Document | SetAsideError:
    try:
        return open_beside(data, limits=limits)
    except SetAsideError as error:
        return error


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises SetAsideError ``too_large`` before reading, ``broken_file`` where it cannot."""
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise SetAsideError("broken_file", f"The file cannot be read: {error.strerror or error}.") from error
