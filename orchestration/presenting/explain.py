"""``gongkai explain``: the source lines around a cell with its value marked, and why the value stands in that cell."""

from __future__ import annotations

from orchestration.form import declaration
from orchestration.presenting.names import cell_name, names_of
from orchestration.presenting.sources import Source

AROUND = 4


def cell(source: Source, address: str) -> str | None:
    """The explanation of a cell, or None where the forms found in the file do not have it."""
    found = next((cell for cell in source.cells if cell.cell == address), None)
    if found is None or source.document is None:
        return None
    table = address.split("/")[0]
    form = source.forms[table]
    lines = [
        f"{source.name}: {address}",
        f"  {cell_name(address, form, 'zh')} / {cell_name(address, form, 'en')} ({form} form)",
        f"  status: {found.status} ({names_of('statuses', 'en')[found.status]})",
    ]
    if found.value is not None:
        lines.append(f"  value: {found.value}{' ' + found.unit if found.unit else ''} (raw: {found.raw!r})")
    elif found.raw:
        lines.append(f"  raw: {found.raw!r}")
    if found.evidence:
        definition = _definition("evidence", found.evidence)
        lines.append(f"  evidence: {found.evidence} ({definition})")
    if found.doubt:
        problem = next(problem for problem in declaration().problems if problem.code == found.doubt)
        lines.append(f"  doubt: {found.doubt} ({problem.definition})")
    if found.place:
        lines.append(f"  place: {found.place}")
    row = next(row for row in declaration().rows_of(form, table) if row.row_code == address.split("/")[1])
    lines.append(f"  row label of the form: {row.label_zh}")
    if found.line:
        lines.append("")
        lines += _source_lines(source.document.lines, found.line, found.raw or "")
    return "\n".join(lines) + "\n"


def _definition(table: str, code: str) -> str:
    return names_of(table, "en")[code]


def _source_lines(lines: list[str], number: int, raw: str) -> list[str]:
    width = len(str(number + AROUND))
    shown = []
    for at in range(max(1, number - AROUND), min(len(lines), number + AROUND) + 1):
        mark = ">" if at == number else " "
        text = lines[at - 1].replace("\t", " ⇥ ")
        shown.append(f"{mark} {at:>{width}} | {text}")
    return shown
