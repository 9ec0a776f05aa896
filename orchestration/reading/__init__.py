"""From a document to headings and cells.

Belongs here: what a text says and where. Does not belong here: how a file is opened (intake), which place a name
means (agencies), whether numbers agree (editing). ``read_report`` reads one document without loading Polars;
``frames`` reads an inventory.

From the ground up: ``labels`` (what the form calls its rows and columns), ``pieces`` (what a line or cell holds),
``rows`` and ``columns`` (where a value belongs), ``disputes`` and ``tables`` (a table as a whole), ``headings`` and
``prose`` beside them; ``bulk`` does for many reports at once what needs none of the doubts of these.
"""

from orchestration.reading.columns.columns import CellReading
from orchestration.reading.headings.headings import Heading
from orchestration.reading.report import Report, read_report

__all__ = ["CellReading", "Heading", "Report", "Tables", "read_headings", "read_report", "read_tables"]


def __getattr__(name: str) -> object:
    # Polars takes longer to load than a report takes to read.
    if name in ("Tables", "read_headings", "read_tables"):
        from orchestration.reading import frames

        return getattr(frames, name)
    raise AttributeError(name)
