"""Statistical data editing of the statutory tables: cells in; verdicts, suspects and derived values out.

Belongs here: judging the declared identities, locating wrong cells, deriving missing ones; all pure functions. Does not
belong here: any identity or cell of its own (they are declared), and changing a reported value: nothing is applied.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Findings": "findings",
    "Judgement": "judging",
    "Report": "one",
    "examine_one": "one",
    "find": "findings",
    "judge": "verdicts",
    "judge_one": "judging",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Import on first use: judging one report for the command line needs neither Polars nor NumPy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
