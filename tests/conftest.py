"""What the tests of all folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The five reports that come with the project."""
    return sorted((CHECKOUT / "data" / "raw").glob("*.txt"))
