"""Bytes of a text into characters: which encoding it is, and which lines are damaged. Nothing else is changed."""

from __future__ import annotations

import codecs
import re

from orchestration.intake.document import LINE_END, Problem, SetAsideError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names that pages declare, as Python knows them; the Chinese ones are subsets of GB18030.
DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
# Tabs, line ends, vertical tabs and form feeds are layout; the rest of C0 is damage.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_BYTES = bytes(code for code in (*range(9), *range(0x0E, 0x20), 0x7F))
COMMON_GB = re.compile(rb"(?:[\xa1-\xa9\xb0-\xf7][\xa1-\xfe])+")
HIGH = re.compile(rb"[\x80-\xff]+")
SAMPLE = 200_000
DAMAGED = "\ufffd"
DAMAGE = re.compile(DAMAGED)


def decode(data: bytes) -> tuple[str, str, list[Problem]]:
    """The text, the name of its encoding, and a problem where bytes were not valid or not text.

    What is valid UTF-8 is never anything else; only then counts what a page declares.

    Raises SetAsideError ``broken_file`` where the bytes are no text at all.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], encoding)
    if encoding := _wide(data):
        return _finish(data, encoding)
    _refuse_binary(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        clean = len(data.translate(None, CONTROL_BYTES)) == len(data)  # a tenth of the time of the pattern
        text, controls = (text, []) if clean else _mark_controls(text)
        return text, "utf-8", controls
    if declared := META_CHARSET.search(data, 0, 4096):
        encoding = DECLARED.get(declared[1].decode().lower())
        if encoding and encoding != "utf-8" and _plausible(data, encoding):
            return _finish(data, encoding)
    return _finish(data, _narrow(data))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: it shows as many NULs, and reads as text in one of the two byte orders."""
    sample = data[: SAMPLE - SAMPLE % 2]
    if len(sample) < 4 or sample.count(0) * 100 < len(sample):
        return None
    shares = {encoding: _readable(sample.decode(encoding, "replace")) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= 0.95 else None


def _readable(text: str) -> float:
    readable = sum(1 for c in text if c in "\t\r\n\f" or " " <= c <= "~" or "\u2010" <= c <= "\u9fff" or c >= "\uf900")
    return (readable - text.count(DAMAGED)) / len(text)


def _refuse_binary(data: bytes) -> None:
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, CONTROL_BYTES))
    if controls * 50 > len(sample) + 200:
        raise SetAsideError(
            "broken_file", "The bytes are neither text nor a kind of file that is known. Fetch the report again."
        )


def _narrow(data: bytes) -> str:
    """UTF-8 with damage, or GB18030: whichever explains the bytes over 0x7F."""
    sample = data[:SAMPLE]
    high = max(1, sum(map(len, HIGH.findall(sample))))
    text = sample.decode("utf-8", "replace")
    sound = sum(len(c.encode()) for c in text if c >= "\x80" and c != DAMAGED)
    if sound * 10 >= high * 7:
        return "utf-8"
    common = sum(map(len, COMMON_GB.findall(sample)))
    if common * 10 >= high * 7 or (_plausible(data, "gb18030") and common * 2 >= high):
        return "gb18030"
    if sound * 2 >= high:
        return "utf-8"
    raise SetAsideError(
        "broken_file",
        "The bytes are no text in UTF-8, UTF-16 or GB18030. Fetch the report again or save it as UTF-8.",
    )


def _plausible(data: bytes, encoding: str) -> bool:
    text = data[:SAMPLE].decode(encoding, "replace")
    if DAMAGED not in text:
        return True
    other = sum(1 for c in text if c >= "\x80")
    return text.count(DAMAGED) * 20 <= other


def _finish(data: bytes, encoding: str) -> tuple[str, str, list[Problem]]:
    problems = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        problems.append(_problem(text, DAMAGE, "bytes that are not valid in the encoding"))
    text, controls = _mark_controls(text)
    return text, encoding, problems + controls


def _mark_controls(text: str) -> tuple[str, list[Problem]]:
    """Control characters become U+FFFD, so that digits around them never join; a final Ctrl-Z of DOS goes."""
    if CONTROL.search(text) is None:
        return text, []
    text = text.removesuffix("\x1a")
    if CONTROL.search(text) is None:
        return text, []
    return CONTROL.sub(DAMAGED, text), [_problem(text, CONTROL, "control characters")]


def _problem(text: str, what: re.Pattern[str], name: str) -> Problem:
    count, first, last = 0, 0, 0
    for match in what.finditer(text):
        first, last, count = first if count else match.start(), match.start(), count + 1
    line = 1 + sum(1 for _ in LINE_END.finditer(text, 0, first))
    end = line + sum(1 for _ in LINE_END.finditer(text, first, last))
    where = f"line {line}" if end == line else f"lines {line} to {end}"
    return Problem("encoding_damaged", f"{count} places with {name} in {where}, shown as U+FFFD.", line)
