"""The published copy of the warehouse: complete, readable by older DuckDB clients, replaced in one step or not at all.

Belongs here: what is copied, how it is checked, stamped and put in place, and when that is refused. Does not belong
here: running the checks, or changing what stands in a table.
"""

from orchestration.publication.copying import CopyError
from orchestration.publication.gate import CheckOutcome, PublicationRefused, refusals
from orchestration.publication.publishing import Published, publish
from orchestration.publication.versions import Stamp, form_version

__all__ = [
    "CheckOutcome",
    "CopyError",
    "PublicationRefused",
    "Published",
    "Stamp",
    "form_version",
    "publish",
    "refusals",
]
