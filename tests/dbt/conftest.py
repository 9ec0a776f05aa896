"""One build of the dbt project on a made-up lake, shared by all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from dbt_runs import Outcome, dbt
from synthetic_lake import REPORTS, frames, write


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose path holds what paths may hold: a blank and Chinese characters."""
    folder = tmp_path_factory.mktemp("公开 home")
    write(frames(REPORTS), folder)
    return folder


@pytest.fixture(scope="session")
def built(home: Path) -> Outcome:
    """``dbt build`` of the whole project."""
    return dbt(home, ["build"])


@pytest.fixture(scope="session")
def query(home: Path, built: Outcome) -> Iterator[Callable]:
    """Rows of the warehouse that was built."""
    with duckdb.connect(str(home / "warehouse" / "gongkai.duckdb"), read_only=True) as connection:
        yield lambda sql, *parameters: connection.execute(sql, parameters).fetchall()


@pytest.fixture(scope="session")
def manifest(home: Path, built: Outcome) -> dict:
    """The manifest of the build."""
    return json.loads((home / "target" / "manifest.json").read_text())
