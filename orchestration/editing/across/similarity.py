"""Text copied from the year before: how much of a report's prose stands in that of its agency's last report.

Each report is reduced once to a sketch (the least hashes of its runs of characters), so that a million comparisons
need no text. Exact where both have up to SKETCH distinct runs; beyond, the standard error is about 2 points for
texts of like length, more where a short one is held against a much longer one.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl
import pyarrow as pa

from orchestration.editing.across.similarity_prose import prose
from orchestration.editing.across.years_reports import neighbours
from orchestration.editing.schema import PROSE_FEATURES, REPORT_SIMILARITY

RUN = 8  # characters of a run; shorter ones are the common phrases of the field
SKETCH = 512  # runs kept of a report
SHORTEST = 150  # characters of masked prose below which nothing is said
COPIED = 0.80  # set by the labelled pairs of tests/fixtures/similarity_pairs.json
CHUNK = 2_000  # reports or pairs at once
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_LINE, _REPORT = 10, 0  # the characters that end a sentence and a report


def prose_features(inventory: pl.DataFrame, tables: pl.DataFrame, headings: pl.DataFrame) -> pl.DataFrame:
    """PROSE_FEATURES of the opened reports of RAW_REPORTS; tables and headings as for ``prose``."""
    texts = [prose(part, tables, headings) for part in inventory.iter_slices(CHUNK)]
    parts = [_features(text) for text in texts if text.height]
    return pl.concat([PROSE_FEATURES.to_frame(), *parts])


def similar_years(features: pl.DataFrame, headings: pl.DataFrame, years: Collection[int] | None = None) -> pl.DataFrame:
    """REPORT_SIMILARITY of each agency's current report and that of the year before, from PROSE_FEATURES.

    ``years`` limits the years judged. Pairs of which one has hardly any prose (SHORTEST) are left out.
    """
    pairs = neighbours(headings)
    if years is not None:
        pairs = pairs.filter(pl.col("year").is_in(list(years)))
    return compare(pairs.select("report_id", "year", "previous_report_id"), features, "previous_year")


def compare(pairs: pl.DataFrame, features: pl.DataFrame, relation: str) -> pl.DataFrame:
    """REPORT_SIMILARITY of pairs (report_id, year, previous_report_id), sorted by these."""
    told = features.filter(pl.col("characters") >= SHORTEST)
    before = told.rename({name: f"previous_{name}" for name in features.columns})
    both = (
        pairs.join(told, on="report_id").join(before, on="previous_report_id").sort("report_id", "previous_report_id")
    )
    parts = [
        _compared(part)
        .with_columns(relation=pl.lit(relation), copied=pl.col("similarity") >= COPIED)
        .select(REPORT_SIMILARITY.names())
        for part in both.iter_slices(CHUNK)
        if part.height
    ]
    return pl.concat([REPORT_SIMILARITY.to_frame(), *parts])


def _compared(pairs: pl.DataFrame) -> pl.DataFrame:
    number = np.arange(pairs.height, dtype=np.uint64)
    now, now_pair = _flat(pairs["shingles"], number)
    then, then_pair = _flat(pairs["previous_shingles"], number)
    # of two sketches only the part below the lower of both ends is a fair sample of either text
    ends = [_end(pairs[name]) for name in ("shingles", "previous_shingles")]
    end = np.minimum(*ends)
    in_now, in_then = now <= end[now_pair], then <= end[then_pair]
    mine = (now_pair[in_now] << np.uint64(32)) | now[in_now]
    theirs = (then_pair[in_then] << np.uint64(32)) | then[in_then]
    shared = np.bincount(now_pair[in_now][_among(mine, theirs)].astype(np.int64), minlength=pairs.height)
    base = np.bincount(now_pair[in_now].astype(np.int64), minlength=pairs.height)
    said, said_pair = _flat(pairs["sentences"], number)
    before, before_pair = _flat(pairs["previous_sentences"], number)
    # the hash of a sentence has 64 bits: mixed with the pair it stays one number
    same = _among(said ^ (said_pair * _MIX), np.sort(before ^ (before_pair * _MIX)))
    sentences = np.bincount(said_pair[same].astype(np.int64), minlength=pairs.height)
    return pairs.with_columns(
        pl.Series("similarity", np.divide(shared, base, out=np.zeros(pairs.height), where=base > 0)),
        pl.Series("shared_sentences", sentences, pl.Int32),
        pl.col("sentences").list.len().cast(pl.Int32),
    )


def _flat(lists: pl.Series, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The elements of all lists, and for each the number of its list."""
    lengths = lists.list.len().to_numpy()
    flat = lists.explode(empty_as_null=False).to_numpy().astype(np.uint64)
    return flat, np.repeat(number, lengths)


def _end(lists: pl.Series) -> np.ndarray:
    """Up to which hash a sketch is whole: all of them where nothing was left out."""
    last = lists.list.last().cast(pl.UInt64).fill_null(0).to_numpy()
    return np.where(lists.list.len().to_numpy() < SKETCH, np.uint64(2**32 - 1), last)


def _among(these: np.ndarray, those: np.ndarray) -> np.ndarray:
    """Which of these numbers are among those, which are sorted."""
    if not len(those):
        return np.zeros(len(these), bool)
    place = np.minimum(np.searchsorted(those, these), len(those) - 1)
    return those[place] == these


def _features(texts: pl.DataFrame) -> pl.DataFrame:
    """PROSE_FEATURES of report_id and prose."""
    joined = "\0".join(texts["prose"].to_list()) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    ends = codes == _REPORT
    breaks = ends | (codes == _LINE)
    report = (np.cumsum(ends) - ends).astype(np.uint64)
    count = texts.height
    return pl.DataFrame(
        {
            "report_id": texts["report_id"],
            "characters": np.bincount(report[~breaks].astype(np.int64), minlength=count),
            "shingles": _lists(*_runs(codes, breaks, report), count, SKETCH),
            "sentences": _lists(*_sentences(codes, breaks, report), count),
        }
    ).cast(dict(PROSE_FEATURES))


def _runs(codes: np.ndarray, breaks: np.ndarray, report: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Reports and 32-bit hashes of all runs that lie within a sentence, sorted and without repetition."""
    size = len(codes) - RUN + 1
    hashed = np.zeros(max(size, 0), np.uint64)
    broken = np.zeros(max(size, 0), bool)
    for shift in range(RUN):
        hashed = hashed * _BASE + codes[shift : shift + len(hashed)]
        broken |= breaks[shift : shift + len(hashed)]
    whole = ~broken
    short = _mixed(hashed[whole]) >> np.uint64(32)
    keys = np.sort((report[: len(hashed)][whole] << np.uint64(32)) | short)
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    return keys >> np.uint64(32), keys & np.uint64(2**32 - 1)


def _sentences(codes: np.ndarray, breaks: np.ndarray, report: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Reports and hashes of all sentences, sorted and without repetition."""
    stops = np.flatnonzero(breaks)
    starts = np.append(0, stops[:-1] + 1)
    place = np.arange(len(codes), dtype=np.int64) - np.repeat(starts, stops - starts + 1)
    powers = np.cumprod(np.full(int(place.max(initial=0)) + 1, _BASE))
    sums = np.add.reduceat(np.where(breaks, np.uint64(0), codes) * powers[place], starts)
    filled = stops > starts
    owner, hashed = report[starts[filled]], _mixed(sums[filled])
    order = np.lexsort((hashed, owner))
    owner, hashed = owner[order], hashed[order]
    first = np.append(True, (owner[1:] != owner[:-1]) | (hashed[1:] != hashed[:-1]))[: len(owner)]
    return owner[first], hashed[first]


def _mixed(hashed: np.ndarray) -> np.ndarray:
    """Spread over all bits, as polynomials modulo 2^64 are not."""
    hashed = (hashed ^ (hashed >> np.uint64(30))) * _MIX
    return hashed ^ (hashed >> np.uint64(31))


def _lists(owner: np.ndarray, numbers: np.ndarray, count: int, limit: int | None = None) -> pl.Series:
    """The numbers of each owner (0 to ``count``) as a list, the first ``limit`` of them."""
    sizes = np.bincount(owner.astype(np.int64), minlength=count)
    if limit is not None:
        start = np.cumsum(sizes) - sizes
        numbers = numbers[np.arange(len(numbers)) - np.repeat(start, sizes) < limit]
        sizes = np.minimum(sizes, limit)
    offsets = pa.array(np.append(0, np.cumsum(sizes)), pa.int64())
    return pl.from_arrow(pa.LargeListArray.from_arrays(offsets, pa.array(numbers)))
