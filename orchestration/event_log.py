"""Dagster's event log on SQLite without a new engine for every event: a third of a run's time went there.

Belongs here: how connections to the log's files are opened while a run goes on in this process. Does not belong here:
what is logged, and where the files lie (``dagster.yaml``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite import sqlite_event_log
from sqlalchemy import Engine, event
from sqlalchemy.pool import SingletonThreadPool


@contextmanager
def kept_engines() -> Iterator[dict[str, Engine]]:
    """While it lasts, each file of the event log has one engine, whose compiled statements and connections are kept.

    Yields the engines by address. Raises AttributeError where Dagster no longer makes its engines that way.
    """
    made: Callable[..., Engine] = sqlite_event_log.create_engine
    engines: dict[str, Engine] = {}

    def create_engine(url: str, **options: Any) -> Engine:
        if url not in engines:
            # a connection for each thread, since SQLite's may not change hands
            engines[url] = made(url, **(options | {"poolclass": SingletonThreadPool}))
            engines[url].dispose = lambda close=True: None  # Dagster lets go of the engine after every event
            event.listen(engines[url], "connect", _relax)
        return engines[url]

    sqlite_event_log.create_engine = create_engine
    try:
        yield engines
    finally:
        sqlite_event_log.create_engine = made
        for engine in engines.values():
            del engine.dispose
            engine.dispose()


def _relax(connection: Any, _record: Any) -> None:
    """With a write-ahead log this stays whole after a crash, and does not wait for the disk at every event."""
    connection.execute("pragma synchronous=normal")
