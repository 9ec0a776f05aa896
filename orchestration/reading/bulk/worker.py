"""A process that reads reports: questions come on standard input, frames go back on standard output.

A question is its name and one frame. Each message is a count of parts and, for each, its size and its bytes; frames
are in Arrow's IPC format.
"""

from __future__ import annotations

import gc
import os
import struct
import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO

import polars as pl
import pyarrow as pa

SIZE = struct.Struct(">Q")


def send(stream: BinaryIO, parts: Sequence[bytes | pl.DataFrame]) -> None:
    """Write one message."""
    stream.write(SIZE.pack(len(parts)))
    for part in parts:
        data = part if isinstance(part, bytes) else _packed(part)
        stream.write(SIZE.pack(len(data)))
        stream.write(data)
    stream.flush()


def _packed(part: pl.DataFrame) -> pa.Buffer:
    """A frame in Arrow's IPC format; that Polars writes it takes twice as long, for texts five times."""
    table = part.to_arrow(compat_level=pl.CompatLevel.oldest())
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def receive(stream: BinaryIO) -> list[bytes]:
    """Read one message; raises EOFError where the stream ends."""
    return [_exactly(stream, _number(stream)) for _ in range(_number(stream))]


def frame(part: bytes) -> pl.DataFrame:
    """The frame in a part of a message."""
    return pl.DataFrame(pa.ipc.open_stream(part).read_all())


def _number(stream: BinaryIO) -> int:
    return SIZE.unpack(_exactly(stream, SIZE.size))[0]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def answer(question: str, inventory: pl.DataFrame) -> Sequence[pl.DataFrame]:
    """The frames that a question about opened reports asks for: ``headings``, ``tables`` or those of ``drawn`` ones.

    ``plain`` asks for what the bulk path finds, packed (see ``plain.packed_plain``).
    """
    return _reader(question)(inventory)


def _reader(question: str) -> Callable[[pl.DataFrame], Sequence[pl.DataFrame]]:
    if question == "headings":
        from orchestration.reading.bulk.headings.headings import other_headings

        return lambda inventory: (other_headings(inventory),)
    if question == "drawn":
        from orchestration.reading.bulk.drawn import drawn_tables

        return drawn_tables
    if question == "plain":
        from orchestration.reading.bulk.plain import packed_plain

        return packed_plain
    from orchestration.reading.bulk.careful import careful_tables

    return careful_tables


def main() -> None:
    """Answer until standard input ends."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)  # what a library prints must not reach the answers
    _reader("headings"), _reader("tables"), _reader("plain")
    gc.disable()  # what was read refers to nothing in a circle; what libraries leave goes between answers
    while True:
        try:
            name, inventory = receive(questions)
        except EOFError:
            return
        send(answers, answer(name.decode(), frame(inventory)))
        gc.collect(1)


if __name__ == "__main__":
    sys.exit(main())
