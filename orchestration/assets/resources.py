"""The one resource of the project's own: the folders of a warehouse, held by one run at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext

from orchestration.settings import Settings

_held: dict[Path, int] = {}  # homes that this process writes, with how often it entered


class HomeBusyError(RuntimeError):
    """Another run is writing the same home."""


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """Hold a home for writing; raises HomeBusyError at once where another process does. May be entered again within."""
    home.mkdir(parents=True, exist_ok=True)
    if _held.get(home):
        _held[home] += 1
        try:
            yield
        finally:
            _held[home] -= 1
        return
    with (home / ".lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            raise HomeBusyError(
                f"another run (process {owner}) is writing {home}; wait until it has ended, or choose another --home"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        _held[home] = 1
        try:
            yield
        finally:
            _held[home] = 0


class Warehouse(ConfigurableResource):
    """The folders that assets read and write; see `Settings`. Holds the home while a run is under way."""

    home: str
    reports: str

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Warehouse"]:
        settings = self.settings
        os.environ.update(settings.environment())  # dbt and its profile take the home from there
        with exclusive(settings.home):
            yield self

    @property
    def settings(self) -> Settings:
        """The folders as paths."""
        return Settings(Path(self.home), Path(self.reports))

    def folder(self, name: str) -> Path:
        """The folder of one kind of Parquet files."""
        return self.settings.lake / name

    @classmethod
    def of(cls, settings: Settings) -> "Warehouse":
        """The resource for given settings."""
        return cls(home=str(settings.home), reports=str(settings.reports))
