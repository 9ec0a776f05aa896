"""How fast reports are read: ``python -m tests.benchmarks.reading``. Prints one line of JSON.

Text reports are rendered in all text layouts with random values, prose and agencies, a tenth of them with a twist, no
text twice. They are read in bulk from their inventory to the frames of headings and cells, in batches as the pipeline
does; ``floor`` is Polars' own NFKC pass over the same texts, in the same process, with the streaming engine. ``ratio``
compares what a clock tells, ``processor_ratio`` the seconds of all processors that were used, which other programs on
the machine disturb less. HTML and PDF files are read from their bytes to the same frames. Medians of several runs;
memory is the peak of the process and of those it starts, each size in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median

import numpy as np
import polars as pl

from orchestration.intake.containers.bulk import open_many
from orchestration.intake.document import Document
from orchestration.reading.bulk.plain import read_plain
from orchestration.reading.frames import read_headings, read_tables
from tests.rendering.layouts import LAYOUTS
from tests.rendering.model import random_report
from tests.rendering.render import MIXED, corpus, render

BATCH = 2000  # reports, as orchestration.assets.partitions reads them
SCHEMA = dict.fromkeys(("report_id", "container", "text", "encoding", "layout"), pl.String)
TEXT_LAYOUTS = [name for name, layout in LAYOUTS.items() if layout.family == "text"]
LAYOUTS_OF = {"all": TEXT_LAYOUTS, "mixed": list(MIXED)}


def rows_of(documents: Iterable[Document]) -> pl.DataFrame:
    """Opened documents as an inventory."""
    rows = [
        (hashlib.sha256(d.text.encode()).hexdigest(), d.container, d.text, d.encoding, d.layout()) for d in documents
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def texts(job: tuple[int, int, str]) -> pl.DataFrame:
    """A part of the corpus."""
    count, seed, layouts = job
    found = corpus(count, seed, LAYOUTS_OF[layouts])
    return rows_of(Document("text", r.text.replace("\n", "\r\n") if r.plan.look.crlf else r.text) for r in found)


def make(count: int, layouts: str, path: Path) -> None:
    """Write ``count`` reports to a file."""
    sizes = [min(BATCH, count - at) for at in range(0, count, BATCH)]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        parts = list(pool.map(texts, [(size, 1000 + number, layouts) for number, size in enumerate(sizes)]))
    reports = pl.concat(parts)
    assert reports["report_id"].is_unique().all(), "a text is repeated"
    reports.write_parquet(path, row_group_size=BATCH)


def batches(path: Path) -> Iterable[pl.DataFrame]:
    """The reports, a batch in memory at a time."""
    count = pl.scan_parquet(path).select(pl.len()).collect().item()
    for at in range(0, count, BATCH):
        yield pl.scan_parquet(path).slice(at, BATCH).collect()


def clock() -> np.ndarray:
    """Seconds by the clock, and of the processors for this process and its children."""
    ticks = 0
    for child in children():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return np.array([time.perf_counter(), time.process_time() + ticks / os.sysconf("SC_CLK_TCK")])


def children() -> list[str]:
    """The processes that this one started and that still live."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found += (task / "children").read_text().split()
    return found


def floor(path: Path) -> np.ndarray:
    """Seconds of the NFKC pass, as ``clock`` tells them."""
    seconds = np.zeros(2)
    for batch in batches(path):
        start = clock()
        normal = batch.lazy().select(pl.col("text").str.normalize("NFKC").str.len_bytes().sum())
        normal.collect(engine="streaming")
        seconds += clock() - start
    return seconds


def bulk(path: Path) -> tuple[np.ndarray, np.ndarray, int]:
    """Seconds of reading headings and cells, and how many cells there are."""
    first, second, cells = np.zeros(2), np.zeros(2), 0
    for batch in batches(path):
        start = clock()
        headings = read_headings(batch)
        middle = clock()
        cells += read_tables(batch, headings).cells.height
        first, second = first + middle - start, second + clock() - middle
    return first, second, cells


def share(path: Path) -> float:
    """The share of the reports whose tables take the fast path."""
    taken = [read_plain(batch.with_columns(year=pl.lit(2023, pl.Int16)))[0] for batch in batches(path)]
    return sum(int(part.sum()) for part in taken) / sum(map(len, taken))


def peak() -> float:
    """MB of this process and of those that it started, each at its own peak."""
    found = 0
    for process in ["self", *children()]:
        status = Path(f"/proc/{process}/status").read_text()
        found += int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
    return found / 1024


def measured(path: Path, runs: int) -> dict:
    """Medians for one corpus; the floor is taken before and after each run."""
    first = next(iter(batches(path)))
    read_tables(first[:400], read_headings(first[:400]))  # starts the processes
    floors, headings, tables, cells = [floor(path)], [], [], 0
    for _ in range(runs):
        one, two, cells = bulk(path)
        headings.append(one)
        tables.append(two)
        floors.append(floor(path))
    base = np.median(floors, axis=0)
    seconds = np.array(headings) + np.array(tables)
    ratio, processors = (np.median(seconds, axis=0) / base).round(1).tolist()
    return {
        "floor_seconds": base.round(2).tolist(),
        "headings_seconds": np.median(headings, axis=0).round(2).tolist(),
        "tables_seconds": np.median(tables, axis=0).round(2).tolist(),
        "cells": cells,
        "ratio": ratio,
        "ratio_low_high": (np.sort(seconds[:, 0])[[0, -1]] / base[0]).round(1).tolist(),
        "processor_ratio": processors,
    }


def files_per_second(family: str, count: int, runs: int) -> float:
    """Files of a family, from bytes to frames, in a second; each run reads others, as nothing is read twice."""
    names = [name for name, layout in LAYOUTS.items() if layout.family == family]
    rng = Random(f"benchmark/{family}")

    def files(run: int) -> list[bytes]:
        return [render(random_report(rng), rng.choice(names), (), run * count + number).data for number in range(count)]

    def read(given: list[bytes]) -> None:
        opened = rows_of(document for document in open_many(given) if isinstance(document, Document))
        assert opened.height > 0.95 * count
        read_tables(opened, read_headings(opened))

    first, *others = map(files, range(runs + 1))
    read(first)  # starts the processes
    return count / median(timed(lambda given=given: read(given)) for given in others)


def timed(work: Callable[[], object]) -> float:
    """Seconds of some work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def one_file(runs: int) -> float:
    """Seconds of the whole command ``gongkai read`` on one file."""
    sample = sorted((Path(__file__).parents[2] / "data" / "raw").glob("*.txt"))[0]
    command = [sys.executable, "-m", "orchestration.cli", "read", str(sample)]
    return median(timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(runs))


def apart(*arguments: object) -> dict:
    """What another process of this module prints."""
    command = [sys.executable, "-m", "tests.benchmarks.reading", *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> None:
    """Measure all; with ``--path`` only the memory that reading one corpus takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mix", choices=list(LAYOUTS_OF), nargs="+", default=list(LAYOUTS_OF))
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.path:
        bulk(options.path)
        print(json.dumps({"peak_mb": round(peak())}))
        return
    line = {"benchmark": "reading", "reports": options.reports, "runs": options.runs}
    with tempfile.TemporaryDirectory() as folder:
        for layouts in options.mix:
            path, fifth = Path(folder, f"{layouts}.parquet"), Path(folder, f"{layouts}_fifth.parquet")
            make(options.reports, layouts, path)
            line[f"text_{layouts}"] = measured(path, options.runs) | {"fast_share": round(share(path), 3)}
            pl.scan_parquet(path).head(options.reports // 5).sink_parquet(fifth)
            sizes = {options.reports // 5: fifth, options.reports: path}
            line[f"text_{layouts}"]["peak_mb"] = {n: apart("--path", p)["peak_mb"] for n, p in sizes.items()}
    line["html_per_second"] = round(files_per_second("html", 600, options.runs))
    line["pdf_per_second"] = round(files_per_second("pdf", 60, options.runs), 1)
    line["read_one_file_seconds"] = round(one_file(5), 2)
    line["load_average"] = round(os.getloadavg()[0], 1)  # well below the number of cores, or the figures say little
    print(json.dumps(line))


if __name__ == "__main__":
    main()
