"""Text files and web pages, told apart by what they hold."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.intake.containers.decoding import decode
from orchestration.intake.containers.joining import visible
from orchestration.intake.containers.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES
from orchestration.intake.document import Document, SetAsideError

RULED = re.compile("[+┌┏╔╒╓╭][-=─━═+┬┳╦╤╥:]{3}")  # what a table that is drawn with lines begins with


def check_size(size: int, limit: int = MAX_FILE_BYTES) -> None:
    """Raises SetAsideError ``too_large``; to be asked before a file is read into memory."""
    if size > limit:
        raise SetAsideError(
            "too_large", f"The file has {size} bytes; the limit is {limit}. Check that it is a report and split it."
        )


def open_text(data: bytes) -> Document:
    """The document in the bytes of a text or a web page. Raises SetAsideError."""
    check_size(len(data), MAX_TEXT_BYTES)
    from orchestration.intake.containers.html import looks_like_html, open_html

    text, encoding, problems = decode(data)
    if "<" in text and looks_like_html(text):
        return open_html(text, encoding, problems)
    if not text.strip("\ufffd\ufeff \t\r\n\v\f\xa0\u3000"):
        raise SetAsideError("empty_file", "The file holds no text. Ask the agency for the report again.")
    plain = Document("text", visible(text), encoding, problems=tuple(problems))
    if not RULED.search(plain.text):
        return plain
    from orchestration.intake.containers.ruled import ruled_tables

    return replace(plain, grids=ruled_tables(plain.lines))
