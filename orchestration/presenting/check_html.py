"""``gongkai check --format html``: an officer's marked-up page, the official tables with each cell coloured.

One file without scripts or anything from elsewhere. All text of the reports is escaped by the template engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import jinja2

from orchestration.form import declaration
from orchestration.presenting.checked import Checked
from orchestration.presenting.names import names_of
from orchestration.presenting.words import WORDS, derivation, instance_of, member_label, sides, suggestion, verdict_name
from orchestration.reading import CellReading

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass
class Shown:
    """A cell of the page: what it prints, its class for the colour, and what a reader sees on pointing at it."""

    text: str
    kind: str
    title: str
    notes: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def _engine() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def page(all_checked: Sequence[Checked], lang: str) -> str:
    """The page of all files, the worst first."""
    ordered = sorted(all_checked, key=lambda checked: checked.badness)
    reports = [_report(checked, lang) for checked in ordered]
    return _engine().get_template("check.html").render(lang=lang, words=WORDS[lang], reports=reports)


def _report(checked: Checked, lang: str) -> dict:
    source = checked.source
    return {
        "name": source.name,
        "agency": source.agency.name if source.agency and source.agency.name else WORDS[lang]["unknown"],
        "year": source.year,
        "failed": source.failed,
        "problems": source.problems,
        "violations": [
            {
                "name": names_of("identities", lang)[j.identity],
                "member": member_label(checked, j, lang),
                "sides": sides(checked, j),
                "verdict": verdict_name(j.verdict, lang),
            }
            for j in checked.violations
        ],
        "open": sum(j.verdict == "unverifiable" for j in checked.judgements),
        "held": sum(j.verdict == "holds" for j in checked.judgements),
        "suggestions": [suggestion(checked, part, lang) for part in checked.edits],
        "derived": [derivation(checked, entry, lang) for entry in checked.derived],
        "claims": [
            {
                "line": j.claim.line,
                "sentence": j.claim.sentence.strip(),
                "said": WORDS[lang]["says"].format(value=j.claim.value, expected=j.expected),
            }
            for j in checked.conflicts
        ],
        "tables": [_table(checked, code, lang) for code, form in source.forms.items() if form],
    }


def _table(checked: Checked, table: str, lang: str) -> dict:
    """The grid of a table as the form prints it: rows of label and cells; crossings that the form lacks are None."""
    whole = declaration()
    form = checked.source.forms[table]
    label = "label_zh" if lang == "zh" else "label_en"
    columns = whole.columns_of(form, table)
    shown = {cell.cell: _shown(checked, cell, lang) for cell in checked.source.cells if cell.cell.startswith(table)}
    _mark(checked, shown, lang)
    rows = [
        (
            getattr(row, label),
            [shown.get(f"{table}/{row.row_code}/{column.column_code}") for column in columns],
        )
        for row in whole.rows_of(form, table)
    ]
    heading = next(f for f in whole.forms if f.form == form and f.table_code == table)
    title = heading.name_zh if lang == "zh" else heading.name_en
    return {"title": f"{title} ({form})", "columns": [getattr(c, label) for c in columns], "rows": rows}


def _shown(checked: Checked, cell: CellReading, lang: str) -> Shown:
    words = WORDS[lang]
    status = names_of("statuses", lang)[cell.status]
    told = [f"{words['status']}: {status}"]
    if cell.raw is not None:
        told.append(f"{words['raw']}: {cell.raw}")
    if cell.line:
        told.append(f"{words['line']}: {cell.line}")
    if cell.evidence:
        told.append(f"{words['evidence']}: {names_of('evidence', lang)[cell.evidence]}")
    if cell.doubt:
        told.append(f"{words['doubt']}: {names_of('problems', lang)[cell.doubt]}")
    text = (
        f"{cell.value}{cell.unit or ''}"
        if cell.value is not None
        else {"blank": "", "not_applicable": "/"}.get(cell.status, "?")
    )
    return Shown(text, "doubt" if cell.doubt and cell.status == "reported" else cell.status, "\n".join(told))


def _mark(checked: Checked, shown: dict[str, Shown], lang: str) -> None:
    """Colour the cells of violated identities and put suggestions and derived values beside them, never into them."""
    for judgement in checked.violations:
        instance = instance_of(checked, judgement.identity, judgement.member)
        for address in instance.cells if instance else (judgement.member,):
            if address in shown and shown[address].kind in ("reported", "doubt"):
                shown[address].kind = "touched"
                shown[address].title += f"\n{judgement.identity}: {sides(checked, judgement)}"
    for part in checked.edits:
        for rank, solution in enumerate(part.solutions):
            for edit in solution:
                if edit.cell in shown:
                    shown[edit.cell].kind = "suspect"
                    shown[edit.cell].notes.append(
                        f"→ {edit.new}" + ("" if part.certainty == "unique" else f" ({rank + 1})")
                    )
    for entry in checked.derived:
        if entry.cell in shown:
            shown[entry.cell].kind = "derived"
            shown[entry.cell].notes.append(f"= {entry.value}")
            shown[entry.cell].title += f"\n{WORDS[lang]['derived']}: {entry.proof}"
