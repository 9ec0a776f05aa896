"""What the tests of all folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The five reports that come with the project."""
    return sorted((CHECKOUT / "data" / "raw").glob("*.txt"))


@pytest.hookimpl(tryfirst=True)  # the groups are read where items are handed out, which is such a hook too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a run of the pipeline, or a build of dbt, go to the same process where several run."""
    for item in items:
        folder = item.path.relative_to(CHECKOUT / "tests").parts[0]
        if folder in ("integration", "dbt"):
            item.add_marker(pytest.mark.xdist_group(folder))
