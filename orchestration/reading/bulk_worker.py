"""A process that reads reports carefully: frames come on standard input, frames go back on standard output.

Each message is the number of its frames and, for each, its size and its bytes in Arrow's IPC format.
"""

from __future__ import annotations

import io
import os
import struct
import sys
from collections.abc import Sequence
from typing import BinaryIO

import polars as pl

SIZE = struct.Struct(">Q")


def send(stream: BinaryIO, frames: Sequence[pl.DataFrame]) -> None:
    """Write some frames as one message."""
    stream.write(SIZE.pack(len(frames)))
    for frame in frames:
        buffer = io.BytesIO()
        frame.write_ipc(buffer)
        stream.write(SIZE.pack(buffer.tell()))
        stream.write(buffer.getbuffer())
    stream.flush()


def receive(stream: BinaryIO) -> list[pl.DataFrame]:
    """Read one message; raises EOFError where the stream ends."""
    return [pl.read_ipc(io.BytesIO(_exactly(stream, _number(stream)))) for _ in range(_number(stream))]


def _number(stream: BinaryIO) -> int:
    return SIZE.unpack(_exactly(stream, SIZE.size))[0]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def main() -> None:
    """Answer with the tables of each inventory until standard input ends."""
    from orchestration.reading.bulk_careful import careful_tables

    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)  # what a library prints must not reach the answers
    while True:
        try:
            [inventory] = receive(questions)
        except EOFError:
            return
        send(answers, careful_tables(inventory))


if __name__ == "__main__":
    sys.exit(main())
