"""Where releases stand, and how one takes the place of another: all its files at once.

    <folder>/gongkai.duckdb -> current/gongkai.duckdb
    <folder>/current        -> releases/000012
    <folder>/releases/000012/  gongkai.duckdb, parquet/, datapackage.json, manifest.json

One rename of ``current`` is the publication. Who reads several files resolves ``current`` first and reads there.
"""

from __future__ import annotations

import os
import shutil
import time
from itertools import pairwise
from pathlib import Path

CURRENT, RELEASES = "current", "releases"
GRACE_SECONDS = 600  # how long a release stays after it was replaced, for those who are opening its files


def current_release(folder: Path) -> Path | None:
    """The folder of the release in place, or None."""
    link = folder / CURRENT
    return link.resolve() if link.is_symlink() and link.resolve().is_dir() else None


def place(made: Path, folder: Path, name: str) -> Path:
    """Make the folder ``made``, which holds the DuckDB file ``name``, the current release of ``folder``.

    Returns the release's folder. Raises OSError; then what was in place still is.
    """
    releases = folder / RELEASES
    releases.mkdir(exist_ok=True)
    target = releases / _next(releases)
    made.rename(target)
    try:
        sync(releases)
        _link(folder / CURRENT, Path(RELEASES, target.name))
    except BaseException:
        shutil.rmtree(target)
        raise
    entrance = folder / name
    if not entrance.is_symlink() or entrance.readlink() != Path(CURRENT, name):
        _link(entrance, Path(CURRENT, name))  # the first time, or in place of a plain file
    sync(folder)
    return target


def prune(folder: Path) -> None:
    """Remove what never came into place, and releases replaced more than GRACE_SECONDS ago; never the one before."""
    current = current_release(folder)
    releases = sorted((folder / RELEASES).glob("*")) if (folder / RELEASES).is_dir() else []
    if current is None:
        for release in releases:
            shutil.rmtree(release)
        return
    live = [release for release in releases if release.name <= current.name]
    for release in releases[len(live) :]:
        shutil.rmtree(release)
    for release, successor in pairwise(live[:-1]):
        if successor.stat().st_ctime < time.time() - GRACE_SECONDS:
            shutil.rmtree(release)


def _next(releases: Path) -> str:
    numbers = [int(path.name) for path in releases.iterdir() if path.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"


def _link(path: Path, target: Path) -> None:
    """A symbolic link that takes the place of whatever file or link stands at ``path``, in one step."""
    made = path.with_name(f".{path.name}.new")
    made.unlink(missing_ok=True)
    made.symlink_to(target)
    try:
        if path.is_dir() and not path.is_symlink():  # a home that was copied with its links followed
            shutil.rmtree(path)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make sure that a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
