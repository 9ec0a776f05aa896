"""Small documents that the careful path reads once, to prove that what many reports share is read plainly.

The header of a table, or the whole dispute table, is put into an otherwise plain document, with numbers that tell
their places. Many reports share one, so the answers are kept.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from orchestration.form import declaration
from orchestration.intake.document import Document
from orchestration.reading.bulk.tables.separated import SEPARATORS
from orchestration.reading.columns.headers import MOST_TEXT_BEFORE, named_columns
from orchestration.reading.disputes.bounds import BEYOND, beyond_labels, count_labels
from orchestration.reading.labels.labels import column_words, in_order, labels_of
from orchestration.reading.tables.tables import Reading, read_alone

_FIRST = 11
_MARK = "/"
_KEPT = 8192
_MOST_BEHIND = 4  # of the labels of a table, one in so many may stand behind it
_WITHOUT_SEPARATORS = str.maketrans("", "", SEPARATORS)


def _rows(form: str, table: str) -> tuple[tuple[str, int], ...]:
    """The label and the number of columns of each row."""
    columns = declaration().columns_by_row(form, table)
    return tuple((row.label_zh, len(columns[row.row_code])) for row in declaration().rows_of(form, table))


def _numbers(start: int, count: int) -> str:
    return " ".join(str(number) for number in range(start, start + count))


def _document(lines: list[str]) -> Document:
    return Document("text", "\n".join([*lines, ""]))


def _heading(table: str) -> str:
    return next(form.name_zh for form in declaration().forms if form.table_code == table)


@lru_cache(maxsize=4)
def _plain_disclosure(form: str) -> tuple[str, ...]:
    """The lines of a disclosure table: its labels in order, each row with its numbers."""
    lines, number = [_heading("disclosure")], _FIRST
    widths = iter(_rows(form, "disclosure"))
    for label in labels_of(form, "disclosure"):
        if label.kind == "row":
            name, width = next(widths)
            lines.append(f"{name} {_numbers(number, width)}")
            number += width
        elif label.kind != "heading":
            lines.append(label.words[0])
    return tuple(lines)


@lru_cache(maxsize=4)
def _plain_requests(form: str) -> tuple[str, ...]:
    lines, number = [_heading("requests")], _FIRST
    for name, width in _rows(form, "requests"):
        lines.append(f"{name} {_numbers(number, width)}")
        number += width
    return tuple(lines)


def _is_plain(
    reading: Reading, table: str, form: str, missing: bytes = b"", evidence: tuple[str, ...] | None = None
) -> bool:
    """Whether a table holds the numbers from 11 on in the order of the form, or marks, asserted by their labels."""
    found = reading.tables[table]
    wanted = [("reported", Decimal(number)) for number in range(_FIRST, _FIRST + len(found.cells))]
    wanted = [("not_applicable", None) if missing[at : at + 1] == b"\1" else cell for at, cell in enumerate(wanted)]
    told = evidence or ("label",) * len(wanted)
    asserted = [(*cell, by, None) for cell, by in zip(wanted, told, strict=True)]
    return (
        found.form == form
        and bool(wanted)
        and asserted == [(cell.status, cell.value, cell.evidence, cell.doubt) for cell in found.cells]
    )


@lru_cache(maxsize=_KEPT)
def plain_disclosure(form: str, text: str, ends: bytes) -> bool:
    """Whether a disclosure table with this label text is read plainly; ``ends`` are the rows' ends, in bytes, int32."""
    data, at, number, lines = text.encode(), 0, _FIRST, []
    places = memoryview(ends).cast("i")
    for (_, width), end in zip(_rows(form, "disclosure"), places, strict=True):
        lines.append(f"{data[at:end].decode()} {_numbers(number, width)}")
        at, number = end, number + width
    document = _document([*lines, *_plain_requests(declaration().form_names[-1])])
    return _items_in_order(form, data, places) and _is_plain(read_alone(document, "disclosure"), "disclosure", form)


def _items_in_order(form: str, data: bytes, ends: Iterable[int]) -> bool:
    """Whether the header above each row names the columns in the order of the form, whatever its lines are."""
    citations = [word for label in labels_of(form, "disclosure") if label.kind == "citation" for word in label.words]
    for columns, end in zip(declaration().columns_by_row(form, "disclosure").values(), ends, strict=True):
        text = data[:end].decode()
        above = max((text.rfind(word) + len(word) for word in citations if word in text), default=0)
        if len(columns) > 1 and not in_order(text[above:], column_words(form, "disclosure", columns)):
            return False
    return True


@lru_cache(maxsize=_KEPT)
def header_in_order(form: str, header: str) -> bool:
    """Whether the label text of a header names the columns of the request table in the order of the form."""
    columns = next(iter(declaration().columns_by_row(form, "requests").values()))
    return named_columns(header[-MOST_TEXT_BEFORE:], columns, form)[1]


@lru_cache(maxsize=_KEPT)
def plain_requests(form: str, header: str) -> bool:
    """Whether a request table below this header (its section heading first) is read plainly."""
    lines = [*_plain_disclosure(declaration().form_names[-1]), header, *_plain_requests(form)[1:]]
    return _is_plain(read_alone(_document(lines), "requests"), "requests", form)


_lock = threading.Lock()
_evidences: dict[tuple[str, ...], int] = {("label",): 0}


def evidences() -> list[tuple[str, ...]]:
    """The evidence of the cells of a table, as ``listed_table`` numbers it; the first is by label throughout."""
    return list(_evidences)


@lru_cache(maxsize=_KEPT)
def listed_table(table: str, form: str, text: str, places: bytes, begins: bytes, missing: bytes) -> int:
    """A number of ``evidences`` if a table whose values have lines of their own is read without doubt, else -1.

    ``text`` runs from its heading to the next one; ``places`` are where the values stand in it, in bytes, int32;
    ``begins`` is 1 for each with which a line begins, ``missing`` for each that is a mark for no value.
    """
    data, at, tape = text.encode(), 0, ""
    values = [_MARK if gone else str(number) for number, gone in enumerate(missing, _FIRST)]
    for value, place, begin in zip(values, memoryview(places).cast("i"), begins, strict=True):
        between = data[at:place].decode().strip(SEPARATORS)
        tape += "\n" + between if between else ""
        tape += ("\n" if begin else " ") + value
        at = place
    tape += "\n" + data[at:].decode().strip(SEPARATORS)
    first, last = _plain_disclosure(declaration().form_names[-1]), _plain_requests(declaration().form_names[-1])
    if table == "requests":
        contexts = [[*first, tape, _heading("disputes")]]
    else:  # it is read after the request table, which may be plain or not
        contexts = [[tape, *last], [tape, _heading("requests")]]
    found = [read_alone(_document(lines), table) for lines in contexts]
    cells = [reading.tables[table].cells for reading in found]
    told = {tuple(cell.evidence or "" for cell in one) for one in cells}
    if len(told) > 1 or not all(_is_plain(reading, table, form, missing, told.copy().pop()) for reading in found):
        return -1
    with _lock:
        return _evidences.setdefault(told.pop(), len(_evidences))


@lru_cache(maxsize=4)
def form_like(form: str) -> str:
    """The first form whose dispute table has the rows and columns of this one: the same proofs hold for both."""
    whole = declaration()

    def codes(name: str) -> list[tuple[str, str]]:
        return [(cell.row_code, cell.column_code) for cell in whole.cells_of(name, "disputes")]

    return next(name for name in whole.form_names if codes(name) == codes(form))


@lru_cache(maxsize=_KEPT)
def plain_disputes(form: str, text: str, places: bytes, marks: bytes, missing: bytes) -> int:
    """Where the table begins in a label text, in bytes without separators, if its values are read plainly; else -1.

    ``text`` runs from the end of the request table to a little behind the values; ``places`` are where they stand in
    it, in bytes, int32; ``marks`` are bits for each value: 1 a line begins with it, 2 it stands in a cell, and the
    empty cells before it (times 4) and behind it (times 32); ``missing`` is 1 for each that is a mark for no value.
    """
    data, last = text.encode(), memoryview(places).cast("i")[-1]
    return _plain_disputes(form, data[:last].decode(), _near(data[last:].decode()), places, marks, missing)


def _near(behind: str) -> str:
    """The text behind the values as far as it tells where the table ends, if no label of the table follows."""
    bare = behind.translate(_WITHOUT_SEPARATORS)
    end = len(bare) - beyond_labels(bare) + BEYOND
    if end >= len(bare) or count_labels(bare[end:]):
        return behind
    return re.match(rf"(?:[{SEPARATORS}]*[^{SEPARATORS}]){{{end}}}", behind)[0]


@lru_cache(maxsize=_KEPT)
def _plain_disputes(form: str, text: str, behind: str, places: bytes, marks: bytes, missing: bytes) -> int:
    """The same for the text before the last value, and that behind it as far as it may tell something."""
    data, at, tape = (text + behind).encode(), 0, ""
    values = [_MARK if gone else str(number) for number, gone in enumerate(missing, _FIRST)]
    for value, place, mark in zip(values, memoryview(places).cast("i"), marks, strict=True):
        between = data[at:place].decode().strip(SEPARATORS)
        tape += ("\n" if between and tape else "") + between + ("\n" if mark & 1 else "\t" if mark & 2 else " ")
        tape += "\t" * (mark >> 2 & 7) + value + "\t" * (mark >> 5)
        at = place
    # A letter that the table may hold, put behind: the text is long enough if the table ends before it.
    letter = next(column.label_zh for column in declaration().columns_of(form, "disputes"))[0]
    lines = [*_plain_disclosure(form), *_plain_requests(declaration().form_names[-1])]
    reading = read_alone(_document([*lines, tape, data[at:].decode().strip(SEPARATORS) + letter]), "disputes")
    start, table = reading.tables["requests"].end, reading.tables["disputes"]
    bare = (text + behind).translate(_WITHOUT_SEPARATORS)
    first, last = table.start - start, table.end - start
    if not _is_plain(reading, "disputes", form, missing) or last > len(bare):
        return -1
    if _MOST_BEHIND * count_labels(bare[last:]) >= count_labels(bare[first:last]):
        return -1  # cut off, these may be the labels of the table: where the text goes on, they may be more
    return len(bare[:first].encode())
