"""The characters of many texts: blanks of several bytes, and what makes a text or a table unfit for the bulk path."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl

from orchestration.form import declaration
from orchestration.reading.normal import RADICALS, key, simplified

BLANK = 32  # all bytes up to it are blanks: space, tab, line end, and the mark of a wide blank
_WIDE_BLANK = 0x1F  # stands for an ideographic or a no-break space: a blank that is no ASCII space
_FULL_STOPS = 0x82


def read_characters(texts: pl.Series, data: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places of strange characters, which texts are usable, and which had characters that stand for others.

    In ``data`` blanks of several bytes are replaced, and such characters by those that they stand for.
    """
    control = np.flatnonzero((data < BLANK) & (data != 9) & (data != 10))
    letter = np.flatnonzero((data | 32) - np.uint8(97) < 26)
    lead = np.flatnonzero((data >= 0xC2) & (data - np.uint8(0xE4) > 5))
    respelt = texts.str.contains(f"[{_telling_forms()}]").to_numpy().copy()
    one, two = data[lead], data[lead + 1]
    odd = lead[((one == 0xE2) & (two >= 0xBA)) | ((one == 0xEF) & (two >= 0xA4) & (two <= 0xAB))]
    respelt[np.searchsorted(first, odd, "right") - 1] = True
    if respelt.any():
        _respell(data, first, respelt)
        lead = lead[data[lead] - np.uint8(0xE4) > 5]
    one, two, three = data[lead], data[lead + 1], data[np.minimum(lead + 2, len(data) - 1)]
    is_c2, is_e2, is_e3, is_ef = (one == byte for byte in (0xC2, 0xE2, 0xE3, 0xEF))
    e2_80, e3_80 = is_e2 & (two == 0x80), is_e3 & (two == 0x80)
    narrow, wide = is_c2 & (two == 0xA0), e3_80 & (three == 0x80)
    bad = (is_c2 & (two < 0xA0)) | ((one == 0xE1) & (two == 0x9A) & (three == 0x80))
    bad |= e2_80 & ((three <= 0x8A) | (three == 0xA8) | (three == 0xA9) | (three == 0xAF))
    bad |= is_e2 & (two == 0x81) & (three == 0x9F)
    fine = narrow | (is_c2 & (two == 0xB7))
    fine |= e2_80 & (three >= 0x90)  # dashes, quotation marks, dots
    fine |= e3_80 & ((three <= _FULL_STOPS + 1) | (three >= 0x88))  # without 々 〆 〇, which are letters
    fine |= is_ef & (two == 0xBC) & ((three < 0x90) | ((three >= 0x9A) & (three <= 0xA0)) | (three >= 0xBB))
    fine |= is_ef & (two == 0xBD) & (three >= 0x9B) & (three <= 0xA0) & (three != 0x9C)
    for place, size in ((lead[narrow], 2), (lead[wide], 3)):
        for step in range(size):
            data[place + step] = _WIDE_BLANK
    usable = np.ones(len(texts), bool)
    for place in (control, lead[bad]):
        usable[np.searchsorted(first, place, "right") - 1] = False
    return np.sort(np.concatenate((lead[~fine], letter))), usable, respelt


def _respell(data: np.ndarray, first: np.ndarray, chosen: np.ndarray) -> None:
    """Replace the characters of some texts that stand for others, all of which take three bytes."""
    table = str.maketrans(spellings())
    for text in np.flatnonzero(chosen):
        part = data[first[text] : first[text + 1]]
        part[:] = np.frombuffer(part.tobytes().decode().translate(table).encode(), np.uint8)


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Radicals, compatibility forms and Traditional forms by the character of a label that they stand for."""
    whole = declaration()
    wordings = [form.name_zh for form in whole.forms] + [row.citation for row in whole.rows]
    for form in whole.form_names:
        for table in {f.table_code for f in whole.forms}:
            for kind in ("row", "column", "group"):
                wordings += [text for _, text in whole.labels_of(form, table, kind)]
    known = set(key("".join(wordings)))
    codes = [*RADICALS, *range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *simplified(all_forms=True)]
    found = {chr(code): key(chr(code)) for code in codes if key(chr(code)) in known and chr(code) not in known}
    return {old: new for old, new in found.items() if len(old.encode()) == len(new.encode()) == 3}


@lru_cache(maxsize=1)
def _telling_forms() -> str:
    """As few Traditional characters as are needed to know a table in Traditional characters by one of them.

    They are sought in headings, citations and the first and last rows, where the bulk path must not overlook one.
    """
    whole = declaration()
    texts = [form.name_zh for form in whole.forms] + [row.citation for row in whole.rows if row.citation]
    for form in whole.form_names:
        rows = whole.rows_of(form, "requests")
        texts += [rows[0].label_zh, rows[-1].label_zh]
    forms = [(old, new) for old, new in spellings().items() if ord(old) in simplified()]
    left, told = set(texts), ""
    while left and forms:
        best = max(forms, key=lambda form: sum(form[1] in text for text in left))[1]
        told += "".join(old for old, new in forms if new == best)
        forms = [form for form in forms if form[1] != best]
        left = {text for text in left if best not in text}
    return told
