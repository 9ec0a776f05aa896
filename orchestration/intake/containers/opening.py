"""Bytes to a document, whatever they are: the one way in."""

from __future__ import annotations

import re

from orchestration.intake.containers.kinds import recognise
from orchestration.intake.containers.limits import DEFAULT_LIMITS, MAX_FILE_BYTES, MAX_TEXT_BYTES, Limits
from orchestration.intake.containers.texts import check_size, open_text
from orchestration.intake.document import Document

MAY_BE_A_PAGE = re.compile(rb"<(?:!doctype|html|body|table|t[rdh]|div|p)[\s>]", re.IGNORECASE)


def open_document(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in ``data``. ``name`` is for messages only: the kind is told by the content.

    Raises SetAsideError with a code of ``problems.csv``. PDF and DOCX are opened in a process of their own.
    """
    check_size(len(data), MAX_FILE_BYTES)
    kind = recognise(data)
    if kind == "text":
        return open_text(data)
    from orchestration.intake.containers.pool import shared_pool

    return shared_pool(limits).open(kind, data)


def open_beside(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Document:
    """The same for one file of many: web pages too are opened in a process of their own, so several threads can ask."""
    if not belongs_beside(data):
        return open_document(data, name, limits)
    check_size(len(data), MAX_TEXT_BYTES)
    from orchestration.intake.containers.pool import shared_pool

    return shared_pool(limits).open("html", data)


def belongs_beside(data: bytes) -> bool:
    """Whether a file of an allowed size may be a web page, by its bytes. Raises SetAsideError as ``recognise`` does."""
    check_size(len(data), MAX_FILE_BYTES)
    return recognise(data) == "text" and MAY_BE_A_PAGE.search(data) is not None
