"""The process that opens PDF and DOCX files, and HTML where there is much: one by one, within limits of the kernel.

It reads jobs from standard input (a letter for the kind, eight bytes of length, the file) and answers on standard
output (a letter, eight bytes of length, and JSON in one line, behind which the text and the layout stand as they are).
It imports only what a file needs, and writes no files.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

from orchestration.intake.containers.limits import DEFAULT_LIMITS
from orchestration.intake.document import Document, PackedDocument, SetAsideError

HEADER = struct.Struct(">cQ")
KINDS = {"pdf": b"p", "docx": b"d", "html": b"h"}
OPENED, SET_ASIDE = b"o", b"s"
LONE = "surrogatepass"  # half a character, as a damaged font gives
MANY_OBJECTS = 100_000  # more than a usual page leaves: only what is large is searched for circles meanwhile


def main(arguments: list[str]) -> None:
    """Serve until standard input ends. Arguments: bytes of memory, seconds of processor time for each file."""
    memory, seconds = map(int, arguments or (DEFAULT_LIMITS.memory_bytes, DEFAULT_LIMITS.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)
    os.dup2(silent, 1)  # what a library prints must not reach the answers
    gc.set_threshold(MANY_OBJECTS)
    while header := jobs.read(HEADER.size):
        letter, size = HEADER.unpack(header)
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, -1))
        _answer(answers, *_open(letter, jobs.read(size)))


def _open(letter: bytes, data: bytes) -> tuple[bytes, dict[str, object], str, str | None]:
    try:
        document = _reader(letter)(data)
        told = {"container": document.container, "encoding": document.encoding}
        return OPENED, told, document.text, document.layout()
    except SetAsideError as error:
        return _refused(error.code, error.reason)
    except MemoryError:
        reason = "Opening the file took more memory than is allowed. Save the report again, or convert it to text."
        return _refused("reading_limit", reason)
    except Exception as error:  # whatever a damaged file brings about is its own
        reason = f"The file could not be opened ({type(error).__name__}: {str(error)[:200]}). Fetch it again."
        return _refused("broken_file", reason)


def _refused(code: str, reason: str) -> tuple[bytes, dict[str, object], str, None]:
    return SET_ASIDE, {"code": code, "reason": reason}, "", None


def _reader(letter: bytes) -> Callable[[bytes], Document]:
    if letter == KINDS["pdf"]:
        from orchestration.intake.containers.pdf import open_pdf

        return open_pdf
    if letter == KINDS["html"]:
        from orchestration.intake.containers.texts import open_text

        return open_text
    from orchestration.intake.containers.docx import open_docx

    return open_docx


def _answer(answers: BinaryIO, letter: bytes, told: dict[str, object], text: str, layout: str | None) -> None:
    words = text.encode("utf-8", LONE)
    drawn = b"" if layout is None else layout.encode("utf-8", LONE)
    head = json.dumps({**told, "size": len(words), "drawn": layout is not None}).encode() + b"\n"
    size = len(head) + len(words) + len(drawn)
    answers.write(b"".join((HEADER.pack(letter, size), head, words, drawn)))
    answers.flush()


def received(letter: bytes, payload: bytes) -> Document:
    """The document in an answer. Raises the SetAsideError that it reports instead."""
    start = payload.index(b"\n") + 1
    told = json.loads(payload[:start])
    if letter == SET_ASIDE:
        raise SetAsideError(told["code"], told["reason"])
    end = start + told["size"]
    layout = payload[end:].decode("utf-8", LONE) if told["drawn"] else None
    return PackedDocument(told["container"], payload[start:end].decode("utf-8", LONE), told["encoding"], layout)


if __name__ == "__main__":
    main(sys.argv[1:])
