"""Pandas, which only larger tables need: loaded when first asked for, and never seen half loaded.

Altair takes pandas for loaded as soon as its name is among the modules, so that a chart made for one visitor would fail
while pandas is being imported for another. Who makes a chart, or a part of one, holds ``PANDAS``; who needs pandas
calls ``load``.
"""

from __future__ import annotations

import importlib
import threading

PANDAS = threading.Lock()


def load() -> None:
    """Import pandas while no chart is being made."""
    importlib.import_module("altair")  # whole before pandas begins
    with PANDAS:
        importlib.import_module("pandas")
