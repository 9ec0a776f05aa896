"""Tables whose values do not stand with their labels: all labels and then all values, or values before labels.

Only a whole table tells which value is whose. Its label text with the places of its values is put to the careful path
once for all reports that share it (see ``proofs``).
"""

from __future__ import annotations

import numpy as np

from orchestration.reading.bulk.tables.chains import Chains
from orchestration.reading.bulk.tables.proofs import listed_table
from orchestration.reading.bulk.tables.rows import Rows, Values
from orchestration.reading.bulk.tables.separated import Separated
from orchestration.reading.bulk.tables.values import last_line
from orchestration.reading.bulk.texts.lines import Lines
from orchestration.reading.bulk.texts.texts import Texts
from orchestration.reading.bulk.texts.words import MARK


def place_listed(
    texts: Texts, lines: Lines, values: Values, chains: Chains, reports: np.ndarray, following: np.ndarray
) -> Rows:
    """The values of a table in ``reports``; ``following`` is the heading of what follows, in ``Texts.kept``."""
    form, kept = chains.form, texts.kept
    heading, high = chains.heading[reports], chains.high[reports][:, -1]
    count = sum(form.widths)
    first = np.searchsorted(values.place, kept[heading])
    plain = np.searchsorted(values.place, kept[following]) - first == count
    first = np.where(plain, first, 0)
    own = np.minimum(first[:, None] + np.arange(count), len(values.place) - 1)
    line = values.line[own]
    top, bottom = lines.line(kept[heading]), lines.line(kept[following])
    plain &= (lines.drawn[bottom] == lines.drawn[top]) & (lines.empty[bottom] == lines.empty[top])
    start, stop = lines.start[line], lines.of[line]
    plain &= (texts.keeps.before(start) == texts.keeps.before(stop)).all(axis=1)
    at = texts.keeps.before(values.place[own]) - heading[:, None]
    begins = np.ones(own.shape, bool)
    begins[:, 1:] = line[:, 1:] != line[:, :-1]
    # A column of single numbers may run down or across the table, which no label tells.
    plain &= ~(begins & (at == at[:, :1])).all(axis=1)
    missing = texts.kind[values.word[own]] == MARK
    evidence = np.zeros(len(reports), np.int64)
    chosen = np.flatnonzero(plain)
    header = chains.low[reports[chosen]][:, form.rows[0]]  # how its words stand may tell the order of the columns
    labels = Separated(texts, heading[chosen], following[chosen], until=header)
    strings, places = labels.strings(), labels.places(np.arange(len(chosen))[:, None], at[chosen])
    arrays = places, begins[chosen].astype(np.uint8), missing[chosen].astype(np.uint8)
    for index, text, *row in zip(chosen.tolist(), strings, *arrays, strict=True):
        evidence[index] = listed_table(form.table, form.form, text, *(array.tobytes() for array in row))
    plain &= evidence >= 0
    last = np.maximum(line[:, -1], lines.line(kept[high - 1]))
    last, fine = last_line(texts, lines, kept, high, following, last)
    return Rows(plain & fine, first, top, last, np.maximum(evidence, 0))
