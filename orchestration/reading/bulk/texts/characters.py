"""The characters of many texts: what each byte is, blanks of several bytes, and what the bulk path does not read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from orchestration.form import declaration
from orchestration.reading.labels.normal import RADICALS, key, simplified

TAB, BAR, NEWLINE = 9, 124, 10
BLANK = 32  # all bytes up to it are blanks: space, tab, line end, and the mark of a wide blank
HAN = 0xE4, 6  # the first byte of a Chinese character, and how many such bytes there are
_WIDE_BLANK = 0x1F  # stands for an ideographic or a no-break space: a blank that is no ASCII space
_FULL_STOPS = 0x82
# What a byte is, in an order in which the sets that are asked for stand together: a comparison finds each.
(IS_TAB, IS_BAR, IS_BLANK, IS_NEWLINE, LAST_BLANK, _IS_SIGN, IS_DIGIT, IS_HAN, _IS_OTHER) = range(9)


def _class(byte: int) -> int:
    """A sign is a letter, a slash or what begins a character of several bytes that is not Chinese."""
    known = {TAB: IS_TAB, BAR: IS_BAR, NEWLINE: IS_NEWLINE, BLANK: IS_BLANK}
    if byte < BLANK or byte in known:
        return known.get(byte, LAST_BLANK)
    if 0 <= byte - HAN[0] < HAN[1]:
        return IS_HAN
    if byte >= 0xC2 or chr(byte) == "/" or (byte < 0x80 and chr(byte).isalpha()):
        return _IS_SIGN
    return IS_DIGIT if byte < 0x80 and chr(byte).isdigit() else _IS_OTHER


_CLASSES = bytes(map(_class, range(256)))


@dataclass(slots=True)
class Characters:
    """What the characters of texts are."""

    classes: np.ndarray  # of each byte
    lines: np.ndarray  # places of line ends
    slashes: np.ndarray  # and of slashes
    strange: np.ndarray  # places of characters that a plain table does not hold
    usable: np.ndarray  # which texts have no control characters or rare blanks
    respelt: np.ndarray  # which texts had characters that stand for others


def read_characters(texts: pl.Series, data: np.ndarray, first: np.ndarray) -> Characters:
    """The characters of texts; ``data`` are their bytes, with ``first`` the first byte of each.

    In ``data`` blanks of several bytes are replaced, and characters that stand for others by these.
    """
    classes = np.frombuffer(bytearray(data).translate(_CLASSES), np.uint8)
    sign = np.flatnonzero(classes - np.uint8(IS_NEWLINE) <= _IS_SIGN - IS_NEWLINE)
    byte = data[sign]
    lines, sign, byte = sign[byte == NEWLINE], sign[byte != NEWLINE], byte[byte != NEWLINE]
    lead = sign[byte >= 0xC2]
    respelt = texts.str.contains(f"[{_telling_forms()}]").to_numpy().copy()
    one, two = data[lead], data[lead + 1]
    odd = lead[((one == 0xE2) & (two >= 0xBA)) | ((one == 0xEF) & (two >= 0xA4) & (two <= 0xAB))]
    respelt[np.searchsorted(first, odd, "right") - 1] = True
    if respelt.any():
        _respell(data, first, respelt)
        chinese = data[lead] - np.uint8(HAN[0]) < HAN[1]
        classes[lead[chinese]] = IS_HAN
        lead = lead[~chinese]
        one, two = data[lead], data[lead + 1]
    three = data[np.minimum(lead + 2, len(data) - 1)]
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
            data[place + step], classes[place + step] = _WIDE_BLANK, IS_BLANK
    usable = np.ones(len(texts), bool)
    for place in (sign[byte < BLANK], lead[bad]):
        usable[np.searchsorted(first, place, "right") - 1] = False
    letter = sign[(byte | 32) - np.uint8(97) < 26]
    strange = np.sort(np.concatenate((lead[~fine], letter)))
    return Characters(classes, lines, sign[byte == ord("/")], strange, usable, respelt)


def _respell(data: np.ndarray, first: np.ndarray, chosen: np.ndarray) -> None:
    """Replace the characters of some texts that stand for others, all of which take three bytes."""
    table = str.maketrans(spellings())
    for text in np.flatnonzero(chosen):
        part = data[first[text] : first[text + 1]]
        part[:] = np.frombuffer(part.tobytes().decode().translate(table).encode(), np.uint8)


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Radicals, compatibility forms and Traditional forms by the Chinese character of a label that they stand for."""
    whole = declaration()
    wordings = [form.name_zh for form in whole.forms] + [row.citation for row in whole.rows]
    for form in whole.form_names:
        for table in {f.table_code for f in whole.forms}:
            for kind in ("row", "column", "group"):
                wordings += [text for _, text in whole.labels_of(form, table, kind)]
    known = {character for character in key("".join(wordings)) if "\u4e00" <= character <= "\u9fff"}
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
