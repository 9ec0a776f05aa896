"""Cells as people are shown them in a printed table: what stands there, its mark, and what is told of it.

Whatever a mark says by colour it says by a sign or a pattern too. Drawing is the template's (``templates/official``),
which escapes all text of the reports.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import jinja2

from orchestration.presenting.names import names_of
from orchestration.presenting.official import printed, title
from orchestration.presenting.words import WORDS

_TEMPLATES = Path(__file__).with_name("templates")
_SIGNS = {"blank": "", "not_applicable": "/", "unreadable": "?", "absent": "∅"}


@dataclass
class Shown:
    """A cell: its text, its ``kind`` (a status, doubt, touched, suspect or derived), lines told of it, notes beside it.

    ``sign`` stands before the text, so that the kind can be told without its colour; ``line`` is where it was read.
    """

    text: str
    kind: str
    told: list[str]
    notes: list[str] = field(default_factory=list)
    sign: str = ""
    line: int | None = None

    def touch(self, said: str) -> None:
        """An identity that does not hold speaks of this cell."""
        if self.kind in ("reported", "doubt"):
            self.kind, self.sign = "touched", "≠"
        self.told.append(said)

    def suspect(self, note: str, said: str | None = None) -> None:
        """A correction would change this cell; ``note`` is the value that it suggests."""
        self.kind, self.sign = "suspect", "≠"
        self.notes.append(f"→ {note}")
        if said:
            self.told.append(said)

    def derive(self, value: str, said: str) -> None:
        """The identities prove what this cell must be."""
        self.kind = "derived"
        self.notes.append(f"= {value}")
        self.told.append(said)


def shown_cell(
    lang: str,
    value: Decimal | None,
    unit: str | None,
    status: str,
    raw: str | None,
    line: int | None,
    evidence: str | None,
    doubt: str | None,
) -> Shown:
    """A cell as reported, with everything that reading says of it."""
    words = WORDS[lang]
    told = [f"{words['status']}: {names_of('statuses', lang)[status]}"]
    if raw is not None:
        told.append(f"{words['raw']}: {raw}")
    if line:
        told.append(f"{words['line']}: {line}")
    if evidence:
        told.append(f"{words['evidence']}: {names_of('evidence', lang)[evidence]}")
    if doubt:
        told.append(f"{words['doubt']}: {names_of('problems', lang)[doubt]}")
    doubtful = bool(doubt) and status == "reported"
    text = _SIGNS[status] if value is None else f"{number(value)}{unit or ''}"
    return Shown(text, "doubt" if doubtful else status, told, sign="?" if doubtful else "", line=line)


def number(value: Decimal) -> str:
    """A number without the zeros that its type brings, and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def legend(lang: str) -> list[tuple[str, str, str]]:
    """Kind, sign and meaning of each mark."""
    words, statuses = WORDS[lang], names_of("statuses", lang)
    return [
        ("suspect", "≠ →", words["suggestions"]),
        ("touched", "≠", words["violated"]),
        ("doubt", "?", words["doubt"]),
        ("derived", "=", words["derived"]),
        ("blank", "\u3000", statuses["blank"]),
        ("not_applicable", "/", statuses["not_applicable"]),
        ("unreadable", "?", statuses["unreadable"]),
        ("absent", "∅", statuses["absent"]),
    ]


@lru_cache(maxsize=1)
def engine() -> jinja2.Environment:
    """The template engine; it escapes whatever is put into a page."""
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def drawn(
    forms: Mapping[str, str | None],
    shown: Mapping[str, Shown],
    lang: str,
    *,
    interactive: bool = False,
    linked: Collection[int] = (),
) -> str:
    """The tables found as HTML, without a page around them.

    ``interactive``: what is told of a cell stands at the foot of the window while the cell has the focus or the
    pointer, and what is marked can be reached by keyboard; else it is the cell's title. ``linked`` are the lines of
    the source to which there a link leads (``#line-N``).
    """
    tables = [
        {"title": f"{title(form, table, lang)} ({form})", "grid": printed(form, table, lang), "code": table}
        for table, form in forms.items()
        if form
    ]
    template = engine().get_template("official.html")
    return template.render(
        tables=tables,
        shown=shown,
        legend=legend(lang),
        interactive=interactive,
        linked=linked,
        lang=lang,
        words=WORDS[lang],
    )
