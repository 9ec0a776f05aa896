"""How much a file may cost before it is set aside: sizes in bytes, times in seconds, memory in bytes."""

from dataclasses import dataclass

MAX_TEXT_BYTES = 20_000_000  # text and HTML; the longest real reports are under 1 MB
MAX_FILE_BYTES = 64_000_000  # PDF and DOCX, which may carry pictures
MAX_PART_BYTES = 32_000_000  # one unpacked part of a DOCX
MAX_TAGS = 400_000  # elements of an HTML page, opening and closing
MAX_DEPTH = 3_000  # open elements of one name; the parser's work grows with the square
MAX_REBUILT = 1_000_000  # formatting elements that the HTML rules would open again, block by block
MAX_TABLE_DEPTH = 30  # tables within tables; deeper ones lose their grid and keep their text
MAX_ROW_CELLS = 1_000  # cells in one row of a table
MAX_CELLS = 200_000  # cells of one document
MAX_COLUMN_SPAN = 100
MAX_PAGES = 500
MAX_CHARACTERS = 3_000_000  # drawn on the pages of one PDF
MAX_DRAWN = 30_000  # paths on one PDF page whose tables are looked for


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use in the process that opens it."""

    memory_bytes: int = 1_000_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 30.0


DEFAULT_LIMITS = Limits()
