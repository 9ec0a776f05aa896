"""Opening a container: the bytes of a report into one document of lines and drawn tables.

Text, HTML, DOCX and PDF are told apart by content. What cannot be opened raises ``SetAsideError`` with the reason.
Nothing here knows the statutory form, and importing it loads no parser.
"""

from orchestration.intake.containers.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES, Limits
from orchestration.intake.containers.opening import check_size, open_beside, open_document

__all__ = ["MAX_FILE_BYTES", "MAX_TEXT_BYTES", "Limits", "check_size", "open_beside", "open_document", "open_many"]


def __getattr__(name: str) -> object:
    if name == "open_many":  # brings the process pool with it
        from orchestration.intake.containers.bulk import open_many

        return open_many
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
