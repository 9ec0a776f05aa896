"""What a container opens into: one text in lines, and the grids of cells that the container itself draws.

The text is what ``line`` numbers count in. For text files it is the decoded file; for HTML, DOCX and PDF it is a
rendition in which each paragraph, and each row of a table (cells parted by tabs), is one line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from orchestration.intake.grids import Grid, pack, unpack

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Problem:
    """A reading problem: a code of ``problems.csv``, a sentence that names the place, and a line or None."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An opened report. ``container`` is text, html, pdf or docx; ``pages`` holds the first line of each PDF page."""

    container: str
    text: str
    encoding: str | None = None
    grids: tuple[Grid, ...] = ()
    pages: tuple[int, ...] = ()
    images: int = 0
    problems: tuple[Problem, ...] = field(default=())

    @property
    def lines(self) -> list[str]:
        """The text by lines; a line ends with \\n, \\r\\n or \\r."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def layout(self) -> str | None:
        """Everything but the text as compact JSON, or None for a text that draws nothing."""
        if self.container == "text" and not self.problems and not self.grids:
            return None
        problems = [[p.code, p.message, p.line] for p in self.problems]
        whole = {
            "grids": pack(self.grids, self.lines),
            "pages": self.pages,
            "images": self.images,
            "problems": problems,
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def restore(cls, container: str, text: str, encoding: str | None, layout: str | None) -> Document:
        """The document that ``layout`` was made from."""
        plain = cls(container, text, encoding)
        if layout is None:
            return plain
        whole = json.loads(layout)
        grids = tuple(unpack(whole["grids"], plain.lines))
        problems = tuple(Problem(*problem) for problem in whole["problems"])
        return cls(container, text, encoding, grids, tuple(whole["pages"]), whole["images"], problems)


class PackedDocument(Document):
    """A document whose layout is unpacked when something in it is asked for: most are only written down again."""

    __slots__ = ("_layout",)

    def __init__(self, container: str, text: str, encoding: str | None, layout: str | None) -> None:
        for name, value in (("container", container), ("text", text), ("encoding", encoding), ("_layout", layout)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> object:
        if name not in _PACKED:
            raise AttributeError(name)
        whole = self.unpacked()
        for part in _PACKED:
            object.__setattr__(self, part, getattr(whole, part))
        return getattr(whole, name)

    def __eq__(self, other: object) -> bool:
        return self.unpacked() == (other.unpacked() if isinstance(other, PackedDocument) else other)

    __hash__ = Document.__hash__

    def layout(self) -> str | None:
        """The layout as it came."""
        return self._layout

    def unpacked(self) -> Document:
        """The same as a plain document."""
        return Document.restore(self.container, self.text, self.encoding, self._layout)


_PACKED = ("grids", "pages", "images", "problems")


class SetAsideError(Exception):
    """A file that cannot be read: ``code`` of ``problems.csv`` (kind set_aside) and a reason that names a remedy."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
