"""The processes that open PDF and DOCX files: limits, crashes, reuse, and many files in order."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from orchestration.intake.containers import MAX_FILE_BYTES, Limits, open_beside, open_document, open_many
from orchestration.intake.containers.pool import Pool, Worker, shared_pool
from orchestration.intake.document import Document, SetAsideError
from tests.fixtures.containers.small_pdf import TEXT, pdf

ROOT = Path(__file__).parents[2]
SLOW = pdf(TEXT + b"q " * 100_000_000)  # some seconds of work


def refused(worker: Worker | Pool, data: bytes) -> SetAsideError:
    with pytest.raises(SetAsideError) as caught:
        worker.open("pdf", data)
    return caught.value


def test_time_is_limited() -> None:
    start = time.perf_counter()
    worker = Worker(Limits(wall_seconds=0.8, memory_bytes=8_000_000_000))
    assert refused(worker, SLOW).code == "reading_limit"
    assert not worker.alive()
    assert time.perf_counter() - start < 2
    worker = Worker(Limits(cpu_seconds=1, memory_bytes=8_000_000_000))
    error = refused(worker, SLOW)
    assert (error.code, "time" in error.reason) == ("reading_limit", True)


def test_memory_is_limited() -> None:
    worker = Worker(Limits(memory_bytes=250_000_000))
    error = refused(worker, SLOW)
    assert (error.code, "memory" in error.reason) == ("reading_limit", True)
    worker.close()


def test_a_crash_costs_one_file() -> None:
    pool = Pool(Limits(memory_bytes=8_000_000_000))
    assert pool.open("pdf", pdf(TEXT)).lines == ["12 34"]
    worker = pool._idle[0]
    timer = threading.Timer(0.2, os.kill, (worker._process.pid, signal.SIGSEGV))
    timer.start()
    assert refused(pool, SLOW).code == "broken_file"
    assert pool.open("pdf", pdf(TEXT)).lines == ["12 34"]
    assert pool._idle[0] is not worker
    pool.close()


def test_a_process_that_ended_while_idle_is_replaced() -> None:
    pool = Pool(Limits())
    pool.open("pdf", pdf(TEXT))
    os.kill(pool._idle[0]._process.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert pool.open("pdf", pdf(TEXT)).lines == ["12 34"]
    pool.close()


def test_processes_are_used_again() -> None:
    pool = shared_pool(Limits())
    open_document(pdf(TEXT))
    first = pool._idle[-1]
    for _ in range(5):
        open_document(pdf(TEXT))
    assert pool._idle[-1] is first


def test_a_process_leaves_with_its_parent() -> None:
    program = (
        "from orchestration.intake.containers import open_document, Limits\n"
        "from orchestration.intake.containers.pool import shared_pool\n"
        "from tests.fixtures.containers.small_pdf import TEXT, pdf\n"
        "import os\n"
        "open_document(pdf(TEXT))\n"
        "print(shared_pool(Limits())._idle[0]._process.pid, flush=True)\n"
        "os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    pid = int(done.stdout)
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the process outlives its parent")


def test_the_worker_is_light() -> None:
    program = (
        "import sys; from orchestration.intake.containers import worker; worker._reader(b'p'); worker._reader(b'd'); "
        "print([m for m in ('polars', 'numpy', 'selectolax', 'orchestration.form') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_many_files_come_in_their_order(tmp_path: Path) -> None:
    sources: list[bytes | Path] = []
    for number in range(12):
        text = f"BT /F1 12 Tf 60 700 Td ({number}) Tj ET\n".encode()
        path = tmp_path / f'it\'s "{number}"; 报告.txt'
        path.write_bytes(pdf(text))
        sources += [path, f"{number}".encode(), b"", pdf(text)]
    sources += [tmp_path / "missing.pdf", tmp_path]
    found = list(open_many(sources, workers=2))
    for number in range(12):
        four = found[4 * number : 4 * number + 4]
        assert [item.text if isinstance(item, Document) else item.code for item in four] == [
            *(str(number), str(number), "empty_file", str(number))
        ]
    assert [item.code for item in found[-2:]] == ["broken_file", "broken_file"]


def test_many_files_are_taken_as_they_are_needed() -> None:
    taken = []

    def sources():
        for number in range(1_000):
            taken.append(number)
            yield pdf(TEXT)

    found = open_many(sources(), workers=1)
    next(found)
    found.close()
    assert len(taken) < 10


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(40 * MAX_FILE_BYTES)
    assert [item.code for item in open_many([path])] == ["too_large"]


def test_pages_among_many_are_the_same_as_alone() -> None:
    """Opened in processes beside this one, with the same lines, grids and reasons."""
    cells = "<tr><td rowspan=2>规章<td>1<td>&nbsp;<tr><td colspan=2>12<sup>①</sup>"
    page = f"<html><title>报告</title><body><p>一、总体情况</p><table>{cells}</table><img src=a.png width=900>"
    gbk = page.replace("<title>", "<meta charset=gbk><title>").encode("gbk")
    sources = [page.encode(), gbk, ("<div>" * 100_000 + "1").encode(), b"<p></p><p> </p><p></p>", b"1 < 2"]
    for source, found in zip(sources, open_many(sources), strict=True):
        try:
            alone = open_document(source)
        except SetAsideError as error:
            assert isinstance(found, SetAsideError)
            assert (found.code, found.reason) == (error.code, error.reason)
        else:
            assert isinstance(found, Document)
            assert found.layout() == alone.layout()
            assert found == alone and alone == found
            assert (found.grids, found.images, found.problems) == (alone.grids, alone.images, alone.problems)
    assert open_beside(page.encode()).grids[0].cells[0].text == "规章"
