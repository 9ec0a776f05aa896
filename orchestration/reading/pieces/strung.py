"""Numbers strung on one line behind the label of their row, with signs between them: 予以公开：0、0、0、0、0、0、0.

Belongs here: where such a list stands, and whether its signs part it for certain: one that also stands within numbers
or dates (1,234 and 2023/01/01) only where none of these can be meant. Does not belong here: whose the numbers are.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from orchestration.form import declaration
from orchestration.reading.labels.labels import label_tails
from orchestration.reading.labels.normal import key
from orchestration.reading.pieces import numbers

_ITEM = r"[\d０-９][\d０-９.．]*(?:件|项|条|宗|个)?"
_SIGN = r"(?:[ \u3000]*[、；;/／][ \u3000]*|[,，|｜\-－—~～·])"
_STRUNG = re.compile(rf"(?P<head>.*?)(?<![\d０-９.．,，/／+＋\-－])(?P<list>{_ITEM}(?:{_SIGN}{_ITEM})+)[。；;]?\s*")
_PARTED = re.compile(_SIGN)
MAY_BE_STRUNG = re.compile(rf"[\d０-９](?:件|项|条|宗|个)?{_SIGN}[\d０-９]")
_LONGEST = 200  # characters of a line: the longest label, and a number for each of its columns
_SURE = "、；"  # stand between numbers and never within one
_BARE = "/,"  # stand within dates and numbers too
_FEWEST = 5  # numbers parted by such signs: no date has as many
_FEW = 3  # numbers alone on a line, of which fewer may be anything
_MARK = re.compile(r"\s[/／]|[/／]\s")  # a mark for no value between numbers
_YEARS = range(1990, 2100)
_LIST_ITEMS = range(1, 10)  # what may be the number of a label and not a value, alone on a line
_DIGIT = re.compile(r"[\d０-９]")


def strung(line: str) -> tuple[str, str, tuple[str, ...]] | None:
    """What stands before a list that ends a line, the list, and its numbers: none where nothing parts it for certain.

    None where a line ends in no list, or in one that neither follows the label of a row nor stands alone.
    """
    if len(line) > _LONGEST or "\t" in line or MAY_BE_STRUNG.search(line) is None:
        return None
    if (found := _STRUNG.fullmatch(line)) is None:
        return None
    head, text = found["head"], found["list"]
    if numbers.parse(text).kind != "other":
        return None  # 1,234
    before = key(head)
    signs, told = _signs(text), parted(text)
    if before and not before.endswith(label_tails()):
        return None
    if signs == {"|"} and not head.rstrip().endswith((":", "：")):
        return None  # cells of a table, the first of them with the end of a label
    if not told and (_MARK.search(text) or (not before and len(_PARTED.split(text)) < _FEW)):
        return None
    if not before and signs == {"、"} and told and numbers.parse(told[0]).value in _LIST_ITEMS:
        told = ()
    return head, text, told


def parted(text: str) -> tuple[str, ...]:
    """The numbers of a list, if it is certain what parts them and they are as many as a row of the form has columns."""
    if len(text) > _LONGEST or not _DIGIT.match(text):
        return ()
    items = tuple(_PARTED.split(text))
    signs = _signs(text)
    if len(signs) != 1 or len(items) not in _widths():
        return ()
    readings = [numbers.parse(item) for item in items]
    if any(reading.kind != "number" or reading.doubt for reading in readings):
        return ()
    if all(reading.value in _YEARS for reading in readings):
        return ()
    sign = signs.pop()
    if sign in _SURE or sign == "|":
        return items
    # Behind the comma of 1,234 stand three digits.
    whole = all(item.isdecimal() and (sign == "/" or len(item) < 3) for item in items[1:])
    return items if sign in _BARE and whole and len(items) >= _FEWEST else ()


def _signs(text: str) -> set[str]:
    """The signs of a list, each in one of its forms."""
    found = {sign.strip(" \u3000") for sign in _PARTED.findall(text)}
    return {{";": "；", "，": ",", "／": "/", "｜": "|"}.get(sign, sign) for sign in found}


@lru_cache(maxsize=1)
def _widths() -> frozenset[int]:
    """How many columns rows have, and the dispute table, which is one row: more than two, as a fraction has none."""
    cells = declaration().cells
    counts = Counter((cell.form, cell.table_code, cell.row_code) for cell in cells)
    whole = Counter(cell.form for cell in cells if cell.table_code == "disputes")
    return frozenset(count for count in (*counts.values(), *whole.values()) if count > 2)
